package dev.baton.cli;

import dev.baton.engine.source.AtomicFile;
import dev.baton.engine.source.Sink;
import dev.baton.engine.source.Source;
import dev.baton.engine.spec.Catalogue;
import dev.baton.engine.spec.Entry;
import dev.baton.engine.spec.index.Kind;
import dev.baton.operators.io.csv.CsvSink;
import dev.baton.operators.io.files.FileSource;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;

/**
 * Points a pipeline at other files. The extension of a file says its format; where that is the one
 * the pipeline has already, its other parameters stay. The first file of a folder or pattern says
 * it for all; standard input and output have the pipeline's format, else CSV is written.
 */
final class Redirect {
  private static final String TSV = "tsv";

  /** Formats whose files have other extensions as well. */
  private static final Map<String, String> OTHER_NAMES = Map.of(TSV, "csv", "ndjson", "jsonl");

  private Redirect() {}

  /**
   * A source like {@code old} that reads another file, as often as {@code old} does and with the
   * same schema.
   */
  static Source source(Catalogue catalogue, Source old, Path path) {
    return old.inside(reader -> (Source) at(catalogue, Kind.SOURCE, reader, path, "--in"));
  }

  /**
   * A sink like {@code old} that writes another file.
   *
   * @param old may be null
   */
  static Sink sink(Catalogue catalogue, Sink old, Path path) {
    return (Sink) at(catalogue, Kind.SINK, old, path, "--out");
  }

  private static Object at(Catalogue catalogue, Kind kind, Object old, Path path, String option) {
    if (isStandard(path)) {
      Object same = old == null && kind == Kind.SINK ? new CsvSink(path) : old;
      if (path(same) == null) {
        throw new UsageException(
            option + " -: cannot tell the format, as the pipeline reads no file; name one");
      }
      return with(same, "path", path);
    }
    Path file = kind == Kind.SOURCE ? first(path) : path;
    String name = file.getFileName() == null ? "" : file.getFileName().toString();
    name = name.replaceFirst("(?i)\\.(gz|zst)$", "");
    String extension = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    Entry entry = catalogue.entry(kind, OTHER_NAMES.getOrDefault(extension, extension));
    if (name.indexOf('.') < 0 || entry == null) {
      throw new UsageException(
          String.format(
              "%s %s: cannot tell the format from the name; let it end in .csv, .tsv,"
                  + " .jsonl, .parquet or .arrow",
              option, path));
    }
    Object record = entry.type().isInstance(old) ? with(old, "path", path) : make(entry, path);
    return extension.equals(TSV) ? with(record, "delimiter", "\t") : record;
  }

  private static Path first(Path path) {
    try {
      return FileSource.first(path);
    } catch (IOException e) {
      throw new UsageException(e.getMessage(), e);
    }
  }

  /** Whether a path means standard input or output. */
  static boolean isStandard(Path path) {
    return AtomicFile.STANDARD.equals(path);
  }

  /**
   * Where a command whose rows go to {@code output} may write what it has to say. When they go to
   * standard output nothing else does from now on.
   */
  static Terminal beside(Path output, Terminal terminal) {
    if (!isStandard(output)) {
      return terminal;
    }
    System.setOut(System.err);
    return terminal.aside();
  }

  private static Object make(Entry entry, Path path) {
    try {
      return entry.type().getConstructor(Path.class).newInstance(path);
    } catch (NoSuchMethodException e) {
      throw new UsageException(
          "a " + entry.name() + " file needs more than a path; name it in the pipeline file", e);
    } catch (InvocationTargetException e) {
      throw new UsageException(e.getCause().getMessage(), e);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The file that a source or sink names, or null. */
  static Path path(Object record) {
    if (record == null) {
      return null;
    }
    try {
      for (RecordComponent component : record.getClass().getRecordComponents()) {
        if (component.getType() == Path.class) {
          return (Path) component.getAccessor().invoke(record);
        }
      }
      return null;
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A copy of a record in which one component is another; itself when it has no such component. */
  static Object with(Object record, String component, Object value) {
    RecordComponent[] components = record.getClass().getRecordComponents();
    Class<?>[] types = new Class<?>[components.length];
    Object[] values = new Object[components.length];
    boolean found = false;
    try {
      for (int i = 0; i < components.length; i++) {
        boolean isIt = components[i].getName().equals(component);
        found |= isIt;
        types[i] = components[i].getType();
        values[i] = isIt ? value : components[i].getAccessor().invoke(record);
      }
      return found ? record.getClass().getDeclaredConstructor(types).newInstance(values) : record;
    } catch (InvocationTargetException e) {
      throw new UsageException(e.getCause().getMessage(), e);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }
}
