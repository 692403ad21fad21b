package dev.baton.examples.peers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

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

  /** Prints figures of a result, which the parent compares with those of other engines. */
  static void printFigures(List<Double> figures) {
    System.out.println(
        "figures " + figures.stream().map(String::valueOf).collect(Collectors.joining(" ")));
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
