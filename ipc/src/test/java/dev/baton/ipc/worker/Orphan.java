package dev.baton.ipc.worker;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.baton.engine.testkit.Watch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** Workers whose parent was killed. */
public final class Orphan {
  private static final Duration SOON = Duration.ofSeconds(2);

  private Orphan() {}

  /**
   * Waits until it has ended, which it must do soon. It stays in the table of processes until the
   * system collects it, which may take long.
   */
  public static void awaitEnd(ProcessHandle process) {
    Watch watch = new Watch();
    while (process.isAlive() && !isZombie(process.pid())) {
      assertTrue(watch.passed().compareTo(SOON) < 0, process + " lives on");
    }
  }

  private static boolean isZombie(long pid) {
    Path stat = Path.of("/proc", Long.toString(pid), "stat");
    try {
      return Files.readString(stat).contains(") Z ");
    } catch (IOException e) {
      return false; // it has gone meanwhile, or the system has no such files
    }
  }
}
