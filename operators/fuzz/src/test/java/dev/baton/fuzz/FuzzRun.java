package dev.baton.fuzz;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;

/**
 * Runs Jazzer on targets, each in a process of its own and two at a time, and fails when one found
 * something. What was said and learnt is in {@code NAME/log} and {@code NAME/corpus}, inputs that
 * broke a rule are in {@code NAME}.
 */
public final class FuzzRun {
  private static final int SAID_OF_A_FAILURE = 60;

  private final Path folder;
  private final int seconds;
  private final String input;

  private FuzzRun(Path folder, int seconds, String input) {
    this.folder = folder;
    this.seconds = seconds;
    this.input = input;
  }

  /**
   * Arguments: the folder for all this; seconds for each target, or 0 for a number of inputs that
   * is always the same, from the same start; names or {@code all}; a file to run again or {@code
   * none}.
   */
  public static void main(String[] arguments) throws Exception {
    Collection<String> names =
        arguments[2].equals("all") ? Fuzz.TARGETS.keySet() : List.of(arguments[2].split(","));
    if (!Fuzz.TARGETS.keySet().containsAll(names)) {
      throw new IllegalArgumentException("targets are " + Fuzz.TARGETS.keySet());
    }
    FuzzRun run = new FuzzRun(Path.of(arguments[0]), Integer.parseInt(arguments[1]), arguments[3]);
    List<String> failed = run.all(names);
    if (!failed.isEmpty()) {
      System.out.println("rules were broken by " + failed + "; the inputs are in " + run.folder);
      System.exit(1);
    }
  }

  private List<String> all(Collection<String> names) throws Exception {
    int atOnce = Math.min(2, Runtime.getRuntime().availableProcessors());
    ExecutorService threads = Executors.newFixedThreadPool(atOnce);
    try {
      Map<String, Future<Boolean>> holds = new LinkedHashMap<>();
      names.forEach(name -> holds.put(name, threads.submit(() -> holds(name))));
      List<String> failed = new ArrayList<>();
      for (Map.Entry<String, Future<Boolean>> one : holds.entrySet()) {
        if (!one.getValue().get()) {
          failed.add(one.getKey());
        }
      }
      return failed;
    } finally {
      threads.shutdownNow();
    }
  }

  private boolean holds(String name) throws Exception {
    Path home = Files.createDirectories(folder.resolve(name));
    Path log = home.resolve("log");
    int code = jazzer(name, home, log);
    List<String> said = Files.readAllLines(log);
    StringBuilder summary = new StringBuilder("fuzz " + name + ": ");
    if (code == 0) {
      said.stream()
          .filter(line -> line.startsWith("Done ") || line.startsWith("Executed "))
          .forEach(summary::append);
    } else {
      summary.append("exit code ").append(code).append(", the end of ").append(log).append(":\n");
      said.subList(Math.max(0, said.size() - SAID_OF_A_FAILURE), said.size())
          .forEach(line -> summary.append(line).append('\n'));
    }
    System.out.println(summary);
    return code == 0;
  }

  private int jazzer(String name, Path home, Path log) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(ProcessHandle.current().info().command().orElse("java"));
    command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
    // A length that is believed shows as a full heap.
    command.addAll(List.of("-Xmx512m", "-cp", System.getProperty("java.class.path")));
    command.add("com.code_intelligence.jazzer.Jazzer");
    command.add("--target_class=" + Fuzz.class.getName());
    command.add("--target_args=" + name);
    command.add("--instrumentation_includes=dev.baton.**");
    command.add("--reproducer_path=" + home);
    command.addAll(what(name, home));
    command.add("-artifact_prefix=" + home + "/");
    command.add("-max_len=65536");
    // Of one input: far more than any needs, even on a machine that stands still for a while.
    command.add("-timeout=120");
    command.add("-rss_limit_mb=3000");
    command.add("-print_final_stats=1");
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(log.toFile())
        .start()
        .waitFor();
  }

  private List<String> what(String name, Path home) throws Exception {
    if (!input.equals("none")) {
      return List.of(input);
    }
    Target target = Fuzz.TARGETS.get(name).get();
    if (seconds > 0) {
      return List.of(corpus(name, target, home.resolve("corpus")), "-max_total_time=" + seconds);
    }
    Path brief = home.resolve("brief");
    delete(brief);
    return List.of(corpus(name, target, brief), "-seed=1", "-runs=" + target.briefly());
  }

  private static String corpus(String name, Target target, Path folder) throws Exception {
    Files.createDirectories(folder);
    int number = 0;
    for (byte[] seed : target.seeds()) {
      Files.write(folder.resolve("seed-" + number++), seed);
    }
    for (Path found : Inputs.of(name)) {
      Files.write(folder.resolve("found-" + found.getFileName()), Files.readAllBytes(found));
    }
    return folder.toString();
  }

  private static void delete(Path folder) throws IOException {
    if (Files.exists(folder)) {
      try (Stream<Path> all = Files.walk(folder)) {
        for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(path);
        }
      }
    }
  }
}
