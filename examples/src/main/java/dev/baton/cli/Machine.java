package dev.baton.cli;

import dev.baton.engine.Engine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneId;
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

  /** {@code 2 cores, AMD EPYC}. */
  String place() {
    return count() + ", " + processor;
  }

  /** What a report says of where its figures are from, by what it is. */
  Map<String, String> environment() {
    Map<String, String> environment = new LinkedHashMap<>();
    environment.put("machine", place());
    environment.put("memory", Human.bytes(Facts.current().memory()));
    environment.put("system", os);
    environment.put("Java", jdk);
    environment.put("Baton", Engine.version());
    environment.put("measured", LocalDate.now(ZoneId.systemDefault()).toString());
    return environment;
  }

  private String count() {
    return cores + (cores == 1 ? " core" : " cores");
  }

  @Override
  public String toString() {
    return count() + " (" + processor + "), " + jdk + ", " + os;
  }
}
