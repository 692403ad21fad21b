package dev.baton.cli;

import com.sun.management.OperatingSystemMXBean;
import dev.baton.engine.JvmFlags;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * What doctor looks at.
 *
 * @param flags the arguments that this JVM was started with
 * @param neededFlags those it should have been started with
 * @param memory bytes of the machine or container
 * @param freeMemory bytes of it not in use
 */
record Facts(
    int javaVersion,
    String java,
    List<String> flags,
    List<String> neededFlags,
    int cores,
    long memory,
    long freeMemory,
    Folder temporary,
    Folder working) {

  /** A folder; free is -1 when it cannot be told. */
  record Folder(Path path, boolean writable, long free) {
    static Folder of(Path path) {
      long free;
      try {
        free = Files.getFileStore(path).getUsableSpace();
      } catch (IOException e) {
        free = -1;
      }
      return new Folder(path, Files.isWritable(path), free);
    }
  }

  static Facts current() {
    OperatingSystemMXBean system =
        (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    int version = Runtime.version().feature();
    return new Facts(
        version,
        Runtime.version() + " (" + System.getProperty("java.vendor") + ")",
        ManagementFactory.getRuntimeMXBean().getInputArguments(),
        JvmFlags.forVersion(version),
        Runtime.getRuntime().availableProcessors(),
        system.getTotalMemorySize(),
        freeMemory(system),
        Folder.of(Path.of(System.getProperty("java.io.tmpdir"))),
        Folder.of(Path.of("").toAbsolutePath()));
  }

  /** What the page cache holds is free when it is needed, and only Linux tells how much that is. */
  private static long freeMemory(OperatingSystemMXBean system) {
    try {
      for (String line : Files.readAllLines(Path.of("/proc/meminfo"))) {
        if (line.startsWith("MemAvailable:")) {
          long available = Long.parseLong(line.replaceAll("\\D", "")) * 1024;
          return Math.min(available, system.getTotalMemorySize());
        }
      }
    } catch (IOException | NumberFormatException e) {
      // Not Linux.
    }
    return system.getFreeMemorySize();
  }
}
