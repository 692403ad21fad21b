package dev.baton.fuzz;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * Runs Jazzer on each target by turns, in a process of its own, and fails when one found something.
 * What was learnt stays in {@code NAME/corpus}, from where the next run goes on; inputs that broke
 * a rule are in {@code NAME}.
 */
public final class FuzzRun {
  private FuzzRun() {}

  /** Arguments: folder, seconds, names or {@code all}, an input to run again or {@code none}. */
  public static void main(String[] arguments) throws Exception {
    Path folder = Path.of(arguments[0]);
    Collection<String> names =
        arguments[2].equals("all") ? Fuzz.TARGETS.keySet() : List.of(arguments[2].split(","));
    if (!Fuzz.TARGETS.keySet().containsAll(names)) {
      throw new IllegalArgumentException("targets are " + Fuzz.TARGETS.keySet());
    }
    List<String> failed = new ArrayList<>();
    for (String name : names) {
      Path home = folder.resolve(name);
      List<String> what =
          arguments[3].equals("none")
              ? List.of(corpus(name, home).toString(), "-max_total_time=" + arguments[1])
              : List.of(arguments[3]);
      System.out.println("==== " + name);
      if (run(name, home, what) != 0) {
        failed.add(name);
      }
    }
    if (!failed.isEmpty()) {
      System.out.println("==== rules were broken by " + failed + "; the inputs are in " + folder);
      System.exit(1);
    }
  }

  private static Path corpus(String name, Path home) throws Exception {
    Path corpus = Files.createDirectories(home.resolve("corpus"));
    int number = 0;
    for (byte[] seed : Fuzz.TARGETS.get(name).get().seeds()) {
      Files.write(corpus.resolve("seed-" + number++), seed);
    }
    return corpus;
  }

  private static int run(String name, Path home, List<String> what)
      throws IOException, InterruptedException {
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
    command.addAll(what);
    command.addAll(
        List.of(
            "-artifact_prefix=" + home + "/",
            "-max_len=65536",
            "-timeout=30",
            "-rss_limit_mb=3000",
            "-print_final_stats=1"));
    return new ProcessBuilder(command).inheritIO().start().waitFor();
  }
}
