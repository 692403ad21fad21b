package dev.baton.cli.compare;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** How busy other programs keep the machine from the moment this is made; known on Linux only. */
final class OtherLoad {
  private static final Path STAT = Path.of("/proc/stat");
  private static final double TICKS_A_SECOND = 100;
  // user, nice, system, (idle, iowait,) irq, softirq, steal.
  private static final int[] BUSY = {1, 2, 3, 6, 7, 8};

  private final OperatingSystemMXBean system =
      (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
  private final double others = othersSeconds();
  private final long start = System.nanoTime();

  /** The cores that others kept busy on average, or 0 when that cannot be told. */
  double cores() {
    double seconds = (System.nanoTime() - start) / 1e9;
    double cores = (othersSeconds() - others) / seconds;
    return Double.isFinite(cores) ? Math.max(0, cores) : 0;
  }

  private double othersSeconds() {
    try {
      double seconds = seconds(Files.readAllLines(STAT).get(0));
      return seconds - system.getProcessCpuTime() / 1e9 - workerSeconds();
    } catch (IOException | RuntimeException e) {
      return Double.NaN;
    }
  }

  /** Worker processes are no others; they live until the engine is closed. */
  private static double workerSeconds() {
    return ProcessHandle.current()
        .descendants()
        .map(worker -> worker.info().totalCpuDuration().orElse(Duration.ZERO))
        .mapToDouble(time -> time.toNanos() / 1e9)
        .sum();
  }

  /** Seconds of processor time in the first line of that file. */
  static double seconds(String line) {
    String[] fields = line.split("\\s+");
    double ticks = 0;
    for (int field : BUSY) {
      ticks += Long.parseLong(fields[field]);
    }
    return ticks / TICKS_A_SECOND;
  }
}
