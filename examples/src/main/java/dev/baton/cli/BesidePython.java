package dev.baton.cli;

import dev.baton.cli.python.Python;
import dev.baton.cli.python.PythonFigures;
import dev.baton.cli.python.PythonScript;
import dev.baton.cli.python.Pythons;
import dev.baton.engine.source.Repeat;
import dev.baton.engine.source.Source;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** The same work as a pipeline in the Pythons of this machine, for {@code compare}. */
final class BesidePython {
  private final PythonScript script;
  private final Path data;
  private final Supplier<List<Python>> pythons;
  private final List<PythonFigures> measured = new ArrayList<>();
  private final List<String> failures = new ArrayList<>();

  private BesidePython(PythonScript script, Path data, Supplier<List<Python>> pythons) {
    this.script = script;
    this.data = data;
    this.pythons = pythons;
  }

  /**
   * The script of that job, on the file the job reads.
   *
   * @throws UsageException when it has none
   */
  static BesidePython of(Job job) {
    return of(job, Pythons::find);
  }

  static BesidePython of(Job job, Supplier<List<Python>> pythons) {
    PythonScript script = PythonScript.beside(job.file());
    Path data = path(job.pipeline().source());
    if (script == null || data == null) {
      throw new UsageException(
          "--with-python: "
              + (script == null
                  ? "there is no Python script beside " + job.file()
                  : job.name() + " does not read one file")
              + "; the example delays has both");
    }
    return new BesidePython(script, data, pythons);
  }

  /** The file that a source reads, or null. */
  private static Path path(Source source) {
    if (!(source instanceof Repeat)) {
      for (RecordComponent component : source.getClass().getRecordComponents()) {
        if (component.getType() == Path.class) {
          try {
            return (Path) component.getAccessor().invoke(source);
          } catch (ReflectiveOperationException e) {
            return null;
          }
        }
      }
    }
    return null;
  }

  void measure(int workers, int rounds) throws InterruptedException {
    for (Python python : pythons.get()) {
      try {
        measured.add(script.run(python, data, workers, rounds));
      } catch (IOException e) {
        failures.add(python.name() + " was not measured: " + e.getMessage());
      }
    }
  }

  /** Whether every output had that digest. */
  boolean agrees(String digest) {
    return measured.stream().flatMap(one -> one.ways().stream()).allMatch(way -> way.gave(digest));
  }

  String text(String digest) {
    StringBuilder text = new StringBuilder();
    if (measured.isEmpty() && failures.isEmpty()) {
      text.append(Pythons.NONE).append('\n');
    } else if (!measured.isEmpty()) {
      text.append(PythonScript.table(measured, digest));
    }
    failures.forEach(failure -> text.append(failure).append('\n'));
    return text.toString();
  }

  List<Map<String, Object>> json() {
    return measured.stream().map(PythonFigures::json).toList();
  }
}
