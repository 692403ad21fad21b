package dev.baton.cli.compare;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** How busy other programs keep the machine from the moment this is made; known on Linux only. */
public final class OtherLoad {
  private static final Path STAT = Path.of("/proc/stat");
  private static final Path OWN = Path.of("/proc/self/stat");
  private static final double TICKS_A_SECOND = 100;
  // user, nice, system, (idle, iowait,) irq, softirq, steal.
  private static final int[] BUSY = {1, 2, 3, 6, 7, 8};

  private final OperatingSystemMXBean system =
      (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
  private final double others = othersSeconds();
  private final long start = System.nanoTime();

  /** The cores that others kept busy on average, or 0 when that cannot be told. */
  public double cores() {
    double seconds = (System.nanoTime() - start) / 1e9;
    double cores = (othersSeconds() - others) / seconds;
    return Double.isFinite(cores) ? Math.max(0, cores) : 0;
  }

  private double othersSeconds() {
    try {
      double seconds = seconds(Files.readAllLines(STAT).get(0));
      double ended = endedSeconds(Files.readString(OWN));
      return seconds - system.getProcessCpuTime() / 1e9 - workerSeconds() - ended;
    } catch (IOException | RuntimeException e) {
      return Double.NaN;
    }
  }

  /** Processes that this one has started are no others. */
  private static double workerSeconds() {
    return ProcessHandle.current()
        .descendants()
        .map(worker -> worker.info().totalCpuDuration().orElse(Duration.ZERO))
        .mapToDouble(time -> time.toNanos() / 1e9)
        .sum();
  }

  /** Nor are those that have ended, with all that they had started. */
  static double endedSeconds(String line) {
    // The name in brackets may have blanks; cutime and cstime are fields 16 and 17.
    String[] fields = line.substring(line.lastIndexOf(')') + 2).split("\\s+");
    return (Long.parseLong(fields[13]) + Long.parseLong(fields[14])) / TICKS_A_SECOND;
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
