package dev.baton.engine.metrics;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/**
 * Measures what this process takes from the moment it is made: wall time, processor time of all its
 * threads, the peak of its resident memory.
 */
public final class Meter {
  private static final Path STATUS = Path.of("/proc/self/status");
  private static final Path CLEAR_REFS = Path.of("/proc/self/clear_refs");

  private final OperatingSystemMXBean system =
      (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
  private final long cpuStart = system.getProcessCpuTime();
  private final long wallStart = System.nanoTime();
  private final boolean peakWasReset = resetPeak();

  public Duration wall() {
    return Duration.ofNanos(System.nanoTime() - wallStart);
  }

  public Duration cpu() {
    return Duration.ofNanos(system.getProcessCpuTime() - cpuStart);
  }

  /**
   * The largest resident set since this meter was made, where the system can tell; else {@code
   * fallback}.
   */
  public long peakMemoryBytes(long fallback) {
    if (!peakWasReset) {
      return fallback;
    }
    try {
      for (String line : Files.readAllLines(STATUS)) {
        if (line.startsWith("VmHWM:")) {
          return Long.parseLong(line.replaceAll("\\D", "")) * 1024;
        }
      }
    } catch (IOException | NumberFormatException e) {
      return fallback;
    }
    return fallback;
  }

  /** Linux forgets the peak so far when 5 is written to that file. */
  private static boolean resetPeak() {
    try {
      Files.writeString(CLEAR_REFS, "5");
      return Files.isReadable(STATUS);
    } catch (IOException | SecurityException e) {
      return false;
    }
  }
}
