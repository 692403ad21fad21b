package dev.baton.engine.metrics;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.CompilationMXBean;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/**
 * Measures what this process takes from the moment it is made: processor time of all its threads,
 * pauses of the collector, work of the compilers, the peak of its resident memory.
 */
public final class Meter {
  private static final Path STATUS = Path.of("/proc/self/status");
  private static final Path CLEAR_REFS = Path.of("/proc/self/clear_refs");

  private final OperatingSystemMXBean system =
      (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
  private final long cpuStart = system.getProcessCpuTime();
  private final long pausesStart = pauseMillis();
  private final long compileStart = compileMillis();
  private final boolean peakWasReset = resetPeak();

  public Duration cpu() {
    return Duration.ofNanos(system.getProcessCpuTime() - cpuStart);
  }

  /** How long the garbage collector has stopped all threads, to the millisecond. */
  public Duration gc() {
    return Duration.ofMillis(pauseMillis() - pausesStart);
  }

  /**
   * How long just-in-time compilers have worked on what they have finished, all their threads
   * together, to the millisecond; by the clock, so it is more than processor time where they had to
   * wait for a core. Zero where the JVM does not tell.
   */
  public Duration compile() {
    return Duration.ofMillis(compileMillis() - compileStart);
  }

  private static long compileMillis() {
    CompilationMXBean compilers = ManagementFactory.getCompilationMXBean();
    return compilers != null && compilers.isCompilationTimeMonitoringSupported()
        ? compilers.getTotalCompilationTime()
        : 0;
  }

  /** Collectors that work beside the program have a second bean, for that part. */
  private static long pauseMillis() {
    return ManagementFactory.getGarbageCollectorMXBeans().stream()
        .filter(
            bean -> !bean.getName().contains("Cycles") && !bean.getName().contains("Concurrent"))
        .mapToLong(GarbageCollectorMXBean::getCollectionTime)
        .filter(millis -> millis > 0)
        .sum();
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
