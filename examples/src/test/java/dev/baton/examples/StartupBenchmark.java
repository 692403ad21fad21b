package dev.baton.examples;

import dev.baton.engine.Engine;
import dev.baton.engine.ExecutionMode;
import dev.baton.engine.Pipeline;
import dev.baton.engine.RunOptions;
import dev.baton.engine.spec.PipelineFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;

/**
 * How long a worker process takes to be ready, with a class-data archive and without.
 *
 * <pre>
 * ./baton java examples/src/test/java/dev/baton/examples/StartupBenchmark.java [starts of each]
 * </pre>
 */
final class StartupBenchmark {
  private static final String CACHE = "baton.cds.dir";

  private StartupBenchmark() {}

  public static void main(String[] arguments) throws Exception {
    int starts = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 9;
    Path folder = Files.createTempDirectory("baton-startup-benchmark");
    Path none = Files.createFile(folder.resolve("no-folder"));
    Path cache = folder.resolve("cache");
    System.setProperty(CACHE, cache.toString());
    do {
      start(); // makes the archive, in the background
    } while (!hasArchive(cache));
    double[] with = new double[starts];
    double[] without = new double[starts];
    for (int i = 0; i < starts; i++) {
      System.setProperty(CACHE, cache.toString());
      with[i] = start();
      System.setProperty(CACHE, none.toString());
      without[i] = start();
    }
    print("with class archive", with);
    print("without", without);
  }

  private static double start() {
    Path home = Path.of(System.getProperty("baton.home", ""));
    Pipeline pipeline =
        PipelineFile.read(home.resolve("examples/penguins/penguins.yaml")).pipeline().write(null);
    try (Engine engine = Engine.open()) {
      RunOptions options = RunOptions.defaults().withMode(ExecutionMode.processes(1));
      return engine.run(pipeline, options).startup().toNanos() / 1e6;
    }
  }

  private static boolean hasArchive(Path cache) throws IOException {
    if (!Files.isDirectory(cache)) {
      return false;
    }
    try (Stream<Path> files = Files.list(cache)) {
      return files.anyMatch(file -> file.toString().endsWith(".jsa"));
    }
  }

  private static void print(String what, double... millis) {
    Arrays.sort(millis);
    System.out.printf(
        "%-18s median %.0f ms of %d, from %.0f to %.0f ms%n",
        what, millis[millis.length / 2], millis.length, millis[0], millis[millis.length - 1]);
  }
}
