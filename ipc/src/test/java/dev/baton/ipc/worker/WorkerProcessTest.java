package dev.baton.ipc.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.baton.engine.testkit.Watch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TimeZone;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("process")
class WorkerProcessTest {
  @TempDir Path directory;

  @Test
  void anExitCodeIsReported() throws Exception {
    try (WorkerProcess worker = new Workers(directory).start("exit", "7")) {
      WorkerExit exit = Workers.end(worker);
      assertEquals(7, exit.code());
      assertEquals("ended with exit code 7", exit.toString());
      assertFalse(worker.isAlive());
    }
  }

  @Test
  void aKilledWorkerIsNoticedWithinASecondAndNamesTheSignal() throws Exception {
    Workers workers = new Workers(directory);
    try (WorkerProcess worker = workers.start("wait")) {
      workers.hear("ready");
      new ProcessBuilder("kill", "-9", Long.toString(worker.pid())).start().waitFor();
      Watch watch = new Watch();
      while (!worker.exit().isDone()) {
        assertTrue(watch.passed().compareTo(Duration.ofSeconds(1)) < 0, "not noticed in a second");
      }
      WorkerExit exit = worker.exit().get();
      assertEquals("SIGKILL", exit.signal());
      assertTrue(exit.toString().startsWith("was killed by SIGKILL"), exit.toString());
    }
  }

  @Test
  void outOfMemoryIsAnExitCodeWithAMeaning() throws Exception {
    try (WorkerProcess worker = new Workers(directory).start("out-of-memory")) {
      WorkerExit exit = Workers.end(worker);
      assertTrue(exit.isOutOfMemory(), exit.describe());
      assertTrue(exit.toString().startsWith("ran out of Java heap"), exit.toString());
    }
  }

  @Test
  void theLastLinesAreKeptAndNeverMore() throws Exception {
    Workers workers = new Workers(directory);
    try (WorkerProcess worker = workers.start("chatter")) {
      WorkerExit exit = Workers.end(worker);
      List<String> last = exit.lastLines();
      assertEquals(OutputTail.LINES, last.size());
      assertEquals("the last one", last.get(last.size() - 1));
      String cut = last.get(last.size() - 2);
      assertEquals("x".repeat(OutputTail.LINE_LENGTH) + "…", cut);
      assertEquals("line 9999", last.get(last.size() - 3));
      assertTrue(exit.describe().endsWith("the last one"), exit.describe());
      assertEquals("worker 0 (pid " + worker.pid() + "): line 0", workers.hear("line 0"));
    }
  }

  @Test
  void aListenerThatFailsDoesNotStopTheWorker() throws Exception {
    WorkerLauncher launcher =
        new WorkerLauncher(
            Workers.command(ClassPath.ofThisJvm()),
            directory,
            Optional.empty(),
            line -> {
              throw new IllegalStateException("deaf");
            });
    try (WorkerProcess worker = launcher.start(3, List.of("chatter"))) {
      WorkerExit exit = Workers.end(worker);
      assertEquals(0, exit.code());
      assertEquals(OutputTail.LINES, exit.lastLines().size());
    }
  }

  @Test
  void codeInAWorkerFindsStandardInputEmpty() throws Exception {
    Workers workers = new Workers(directory);
    try (WorkerProcess worker = workers.start("read")) {
      assertTrue(workers.hear("read").endsWith("read -1"));
      assertEquals(0, Workers.end(worker).code());
    }
  }

  @Test
  void aPoliteStopRunsTheHooks() throws Exception {
    Workers workers = new Workers(directory);
    try (WorkerProcess worker = workers.start("hook")) {
      workers.hear("ready");
      WorkerExit exit = worker.stop(Duration.ofSeconds(30));
      assertEquals("SIGTERM", exit.signal());
      assertEquals("bye", exit.lastLines().get(1));
    }
  }

  @Test
  void aWorkerThatDoesNotStopIsForcedTo() throws Exception {
    Workers workers = new Workers(directory);
    try (WorkerProcess worker = workers.start("stubborn")) {
      workers.hear("ready");
      assertEquals("SIGKILL", worker.stop(Duration.ofMillis(100)).signal());
    }
  }

  @Test
  void workersStartSideBySideAndSayHowLongItTook() throws Exception {
    Workers workers = new Workers(directory);
    List<WorkerProcess> all = new ArrayList<>();
    try {
      for (int i = 0; i < 3; i++) {
        all.add(workers.launcher.start(i, List.of("wait")));
      }
      for (int i = 0; i < all.size(); i++) {
        workers.hear("ready");
      }
      for (WorkerProcess worker : all) {
        worker.markReady();
        Duration start = worker.ready().get(1, TimeUnit.SECONDS);
        assertTrue(start.compareTo(Duration.ZERO) > 0);
        assertTrue(worker.cpuTime().orElseThrow().compareTo(Duration.ZERO) > 0);
      }
      assertEquals(List.of(0, 1, 2), all.stream().map(WorkerProcess::number).toList());
    } finally {
      all.forEach(WorkerProcess::close);
    }
    assertTrue(all.stream().noneMatch(WorkerProcess::isAlive));
  }

  @Test
  void aWorkerThatEndsBeforeItIsReadySaysWhy() throws Exception {
    try (WorkerProcess worker = new Workers(directory).start("exit", "9")) {
      ExecutionException e =
          assertThrows(ExecutionException.class, () -> worker.ready().get(30, TimeUnit.SECONDS));
      assertInstanceOf(WorkerException.class, e.getCause());
      String message = e.getCause().getMessage();
      assertTrue(
          message.contains(
              "worker 0 (pid " + worker.pid() + ") ended before it was ready: it ended with"),
          message);
    }
  }

  @Test
  void itsMemoryIsKnownWhileItLives() throws Exception {
    Workers workers = new Workers(directory);
    try (WorkerProcess worker = workers.start("wait")) {
      workers.hear("ready");
      long most = Files.isDirectory(Path.of("/proc/self")) ? 1L << 20 : 0;
      assertTrue(worker.memoryBytes() >= most);
      assertTrue(ProcessMemory.pss(ProcessHandle.current().pid()) >= most);
      worker.kill();
      Workers.end(worker);
      assertEquals(0, worker.memoryBytes());
    }
  }

  @Test
  void aWorkerHasTheTimeZoneOfItsParent() throws Exception {
    TimeZone before = TimeZone.getDefault();
    TimeZone.setDefault(TimeZone.getTimeZone("Asia/Kathmandu"));
    Workers workers = new Workers(directory);
    try (WorkerProcess worker = workers.start("zone")) {
      workers.hear("Asia/Kathmandu");
      assertEquals(0, Workers.end(worker).code());
    } finally {
      TimeZone.setDefault(before);
    }
  }

  @Test
  void aJavaThatIsNotThereIsAnErrorThatNamesIt() {
    WorkerCommand like = Workers.command(ClassPath.ofThisJvm());
    WorkerCommand none =
        new WorkerCommand(
            directory.resolve("java"), like.mainClass(), like.classPath(), Workers.HEAP, List.of());
    Workers workers = new Workers(none, directory, Optional.empty());
    IOException e = assertThrows(IOException.class, () -> workers.launcher.start(0, List.of()));
    assertTrue(e.getMessage().contains(directory.resolve("java").toString()), e.getMessage());
  }
}
