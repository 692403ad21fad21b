package dev.baton.cli.python;

import dev.baton.cli.Table;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The work of an example as a Python script: {@code NAME.py} beside {@code NAME.yaml}, whose digest
 * is that of the pipeline. It is a module with a {@code main} that takes the data file, the number
 * of workers and of rounds, and prints JSON; {@code examples/delays/delays.py} says more.
 */
public final class PythonScript {
  private static final Duration LIMIT = Duration.ofMinutes(10);

  private final Path file;
  private final String module;

  private PythonScript(Path file) {
    this.file = file;
    module = file.getFileName().toString().replaceFirst("\\.py$", "");
  }

  /** The script beside a pipeline file, or null. */
  public static PythonScript beside(Path pipeline) {
    String name = pipeline.getFileName().toString().replaceFirst("\\.ya?ml$", "") + ".py";
    Path script = pipeline.resolveSibling(name);
    return Files.isRegularFile(script) ? new PythonScript(script) : null;
  }

  /**
   * Measures it in one Python. It is compiled by one process and runs in another, since constants
   * that a free-threaded Python compiles itself are shared objects whose counters all threads fight
   * for, while those of a compiled file are not counted.
   *
   * @throws IOException when that Python cannot run it, saying why
   */
  public PythonFigures run(Python python, Path data, int workers, int rounds)
      throws IOException, InterruptedException {
    Path folder = Files.createTempDirectory("baton-python");
    try {
      Path copy = Files.copy(file, folder.resolve(module + ".py"));
      String command = python.command().toString();
      Map<String, String> environment = Map.of("PYTHONPATH", folder.toString());
      Command.run(
          List.of(
              command,
              "-c",
              "import py_compile,sys;py_compile.compile(sys.argv[1],doraise=True)",
              copy.toString()),
          environment,
          LIMIT);
      return PythonFigures.parse(
          python,
          Command.run(
              List.of(
                  command,
                  "-c",
                  "import " + module + ";" + module + ".main()",
                  data.toAbsolutePath().toString(),
                  String.valueOf(workers),
                  String.valueOf(rounds)),
              environment,
              LIMIT));
    } finally {
      delete(folder);
    }
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path path : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }

  /**
   * The figures as lines.
   *
   * @param digest of Baton's output
   */
  public static Table table(List<PythonFigures> all, String digest) {
    Table table = new Table("Python", "lock", "way", ">seconds", ">speed-up", ">first", "digest");
    for (PythonFigures figures : all) {
      for (PythonFigures.Way way : figures.ways()) {
        table.row(
            figures.python().name(),
            figures.gil() ? "GIL" : "none",
            way.name(),
            String.format(Locale.ROOT, "%.3f", way.seconds()),
            String.format(Locale.ROOT, "%.2fx", figures.speedup(way.name())),
            String.format(Locale.ROOT, "%.3f", way.firstSeconds()),
            way.gave(digest) ? "as Baton's" : "differs: " + String.join(", ", way.digests()));
      }
    }
    return table;
  }
}
