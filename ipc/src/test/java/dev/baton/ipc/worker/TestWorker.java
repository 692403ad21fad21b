package dev.baton.ipc.worker;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TimeZone;
import java.util.concurrent.CountDownLatch;

/** A worker that does what its first argument says. */
public final class TestWorker {
  private TestWorker() {}

  public static void main(String[] arguments) throws IOException, InterruptedException {
    WorkerLife.begin();
    String what = arguments[0];
    switch (what) {
      case "exit" -> System.exit(Integer.parseInt(arguments[1]));
      case "out-of-memory" -> fillHeap();
      case "chatter" -> chatter();
      case "read" -> System.out.println("read " + System.in.read());
      case "zone" ->
          System.out.println(
              TimeZone.getDefault().getID() + " " + System.getProperty("baton.test.inherited"));
      case "hook" -> {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> System.out.println("bye")));
        waitForever();
      }
      case "stubborn" -> {
        Runtime.getRuntime().addShutdownHook(new Thread(TestWorker::waitUninterrupted));
        waitForever();
      }
      case "arrow" -> {
        ArchiveTraining.main(new String[0]);
        System.out.println("loaded");
      }
      case "parent" -> {
        // Starts a worker of its own, says its pid once it lives, and waits to be killed.
        RunDirectory directory = RunDirectory.create();
        WorkerCommand command = WorkerCommand.likeThisJvm(TestWorker.class.getName(), 64L << 20);
        CountDownLatch ready = new CountDownLatch(1);
        WorkerLauncher launcher =
            new WorkerLauncher(
                command, directory.path(), Optional.empty(), line -> ready.countDown());
        WorkerProcess child = launcher.start(0, List.of("wait"));
        ready.await();
        System.out.println("child " + child.pid() + " " + directory.path());
        new CountDownLatch(1).await();
      }
      default -> waitForever();
    }
  }

  private static void waitForever() throws InterruptedException {
    System.out.println("ready");
    new CountDownLatch(1).await();
  }

  private static void waitUninterrupted() {
    try {
      new CountDownLatch(1).await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void fillHeap() {
    List<byte[]> kept = new ArrayList<>();
    while (true) {
      kept.add(new byte[1 << 20]);
      kept.get(kept.size() - 1)[0] = 1;
    }
  }

  private static void chatter() {
    for (int i = 0; i < 10_000; i++) {
      System.out.println("line " + i);
    }
    System.out.println("x".repeat(3 << 20));
    System.err.println("the last one");
  }
}
