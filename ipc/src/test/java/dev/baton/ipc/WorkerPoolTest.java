package dev.baton.ipc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.baton.engine.spi.RemoteCounters;
import dev.baton.ipc.transport.TransportOptions;
import dev.baton.ipc.worker.ProcessMemory;
import dev.baton.ipc.worker.RunDirectory;
import dev.baton.ipc.worker.WorkerCommand;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Tag("process")
@Timeout(120)
class WorkerPoolTest {
  private static void neverCancelled() {}

  @TempDir Path folder;

  private RunDirectory directory;

  @BeforeEach
  void open() throws Exception {
    directory = RunDirectory.create(folder);
  }

  @AfterEach
  void nothingIsLeft() throws Exception {
    directory.close();
    try (Stream<Path> left = Files.list(folder)) {
      assertEquals(List.of(), left.filter(Files::isDirectory).toList());
    }
  }

  private WorkerPool pool(List<String> moreFlags) {
    WorkerCommand like =
        WorkerCommand.likeThisJvm(WorkerMain.class.getName(), Runtime.getRuntime().maxMemory());
    List<String> flags = new ArrayList<>(like.flags());
    flags.addAll(moreFlags);
    return new WorkerPool(
        TransportOptions.defaults(),
        directory,
        directory.path(),
        new WorkerCommand(
            like.java(), like.mainClass(), like.classPath(), like.heapBytes(), flags));
  }

  /** A pool that started one after the other would never have the second while the first waits. */
  @Test
  void workersStartSideBySide() throws Exception {
    CountDownLatch bothStarting = new CountDownLatch(2);
    ExecutorService lanes = Executors.newFixedThreadPool(2);
    try (WorkerPool pool = pool(List.of())) {
      Callable<Worker> lane =
          () ->
              pool.acquire(
                  new RemoteCounters(),
                  () -> {
                    // Called while the worker is waited for.
                    bothStarting.countDown();
                    try {
                      bothStarting.await();
                    } catch (InterruptedException e) {
                      throw new IllegalStateException(e);
                    }
                  });
      Future<Worker> first = lanes.submit(lane);
      Future<Worker> second = lanes.submit(lane);
      assertTrue(first.get().process().pid() != second.get().process().pid());
      pool.release(first.get());
      pool.release(second.get());
    } finally {
      lanes.shutdownNow();
    }
  }

  @Test
  void memoryIsThatOfAllProcessesWithEachPageCountedOnce() throws Exception {
    try (WorkerPool pool = pool(List.of())) {
      long alone = pool.memoryBytes();
      List<Worker> workers = new ArrayList<>();
      for (int i = 0; i < 2; i++) {
        workers.add(pool.acquire(new RemoteCounters(), WorkerPoolTest::neverCancelled));
      }
      long sum = ProcessMemory.pss(ProcessHandle.current().pid());
      for (Worker worker : workers) {
        sum += worker.process().memoryBytes();
      }
      // They go on living between the two looks.
      assertEquals(sum, pool.memoryBytes(), 0.2 * sum);
      assertTrue(pool.memoryBytes() > alone + (20 << 20));
      assertTrue(pool.residentBytes() > pool.memoryBytes());
      workers.forEach(pool::release);
    }
  }

  @Test
  void aWarmWorkerIsTakenAgainAndADeadOneIsNot() throws Exception {
    try (WorkerPool pool = pool(List.of())) {
      Worker first = pool.acquire(new RemoteCounters(), WorkerPoolTest::neverCancelled);
      pool.release(first);
      assertEquals(first, pool.acquire(new RemoteCounters(), WorkerPoolTest::neverCancelled));
      pool.release(first);
      first.process().kill();
      first.process().exit().get();
      Worker second = pool.acquire(new RemoteCounters(), WorkerPoolTest::neverCancelled);
      assertTrue(second.process().isAlive());
      pool.release(second);
    }
  }

  @Test
  void aWorkerThatDoesNotStartSaysWhy() throws Exception {
    try (WorkerPool pool = pool(List.of("-XX:+NoSuchFlag"))) {
      WorkerLost lost =
          assertThrows(
              WorkerLost.class,
              () -> pool.acquire(new RemoteCounters(), WorkerPoolTest::neverCancelled));
      assertTrue(lost.getMessage().contains("ended with exit code 1"), lost::getMessage);
      assertTrue(lost.getMessage().contains("NoSuchFlag"), lost::getMessage);
    }
    try (Stream<Path> left = Files.walk(folder)) {
      assertFalse(left.anyMatch(path -> path.toString().contains("-worker-")));
    }
  }
}
