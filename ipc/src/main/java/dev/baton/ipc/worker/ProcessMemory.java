package dev.baton.ipc.worker;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** How much memory processes use, from Linux's {@code /proc}. */
public final class ProcessMemory {
  /** The unit of {@code statm}, which differs between machines; only growth is looked at. */
  private static final long PAGE = 4096;

  private ProcessMemory() {}

  /**
   * The proportional set size of a process in bytes: pages shared by n processes count 1/n in each,
   * so that a sum over processes counts every page once. Where the system does not give it, the
   * resident set size; 0 where it gives neither or the process is gone.
   */
  public static long pss(long pid) {
    Path process = Path.of("/proc", Long.toString(pid));
    long pss = field(process.resolve("smaps_rollup"), "Pss:");
    return pss > 0 ? pss : field(process.resolve("status"), "VmRSS:");
  }

  /** The resident set size in bytes, which the kernel keeps count of; 0 where it is not given. */
  public static long resident(long pid) {
    try {
      String[] pages = Files.readString(Path.of("/proc", Long.toString(pid), "statm")).split(" ");
      return Long.parseLong(pages[1]) * PAGE;
    } catch (IOException | NumberFormatException e) {
      return 0; // not Linux, not ours, or just gone
    }
  }

  static long field(Path file, String name) {
    try {
      for (String line : Files.readAllLines(file)) {
        if (line.startsWith(name)) {
          String figure = line.substring(name.length()).replace("kB", "").strip();
          return Long.parseLong(figure) << 10;
        }
      }
    } catch (IOException | NumberFormatException e) {
      // Not Linux, not ours, or just gone.
    }
    return 0;
  }
}
