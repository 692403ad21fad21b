package dev.baton.examples.peers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/**
 * What runs in a process of its own: one work several times, each printed as {@code run SECONDS}.
 */
final class Child {
  /** One run. */
  interface Run {
    void run() throws Exception;
  }

  private Child() {}

  static void measure(int runs, Run run) throws Exception {
    for (int i = 0; i < runs; i++) {
      long start = System.nanoTime();
      run.run();
      print("run", (System.nanoTime() - start) / 1e9);
    }
    print("peak", peakBytes());
  }

  private static void print(String what, double value) {
    System.out.printf(Locale.ROOT, "%s %.6f%n", what, value);
    System.out.flush();
  }

  /** The largest resident set of this process, as Linux tells. */
  private static double peakBytes() throws IOException {
    for (String line : Files.readAllLines(Path.of("/proc/self/status"))) {
      if (line.startsWith("VmHWM:")) {
        return 1024.0 * Long.parseLong(line.replaceAll("\\D", ""));
      }
    }
    return 0;
  }
}
