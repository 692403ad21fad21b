package dev.baton.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** What figures were measured on. */
record Machine(int cores, String processor, String jdk, String os) {
  private static final Path CPUINFO = Path.of("/proc/cpuinfo");

  static Machine current() {
    return new Machine(
        Runtime.getRuntime().availableProcessors(),
        model(),
        System.getProperty("java.vm.name") + " " + Runtime.version(),
        System.getProperty("os.name")
            + " "
            + System.getProperty("os.version")
            + " "
            + System.getProperty("os.arch"));
  }

  private static String model() {
    try {
      for (String line : Files.readAllLines(CPUINFO)) {
        if (line.startsWith("model name")) {
          return line.substring(line.indexOf(':') + 1).strip();
        }
      }
    } catch (IOException e) {
      // Not Linux.
    }
    return System.getProperty("os.arch");
  }

  Map<String, Object> json() {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("cores", cores);
    json.put("processor", processor);
    json.put("jdk", jdk);
    json.put("os", os);
    return json;
  }

  @Override
  public String toString() {
    return cores + (cores == 1 ? " core" : " cores") + " (" + processor + "), " + jdk + ", " + os;
  }
}
