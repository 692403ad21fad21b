package dev.baton.cli;

import dev.baton.engine.source.Repeat;
import dev.baton.engine.source.Sink;
import dev.baton.engine.source.Source;
import dev.baton.engine.spec.Catalogue;
import dev.baton.engine.spec.Entry;
import dev.baton.engine.spec.index.Kind;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Path;
import java.util.Locale;

/**
 * Points a pipeline at other files. The extension of a file says its format; where that is the one
 * the pipeline has already, its other parameters stay.
 */
final class Redirect {
  private static final String TSV = "tsv";

  private Redirect() {}

  /** A source like {@code old} that reads another file, as often as {@code old} does. */
  static Source source(Catalogue catalogue, Source old, Path path) {
    if (old instanceof Repeat repeat) {
      return source(catalogue, repeat.source(), path).repeat(repeat.times());
    }
    return (Source) at(catalogue, Kind.SOURCE, old, path, "--in");
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
    String name = path.getFileName() == null ? "" : path.getFileName().toString();
    String extension = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    Entry entry = catalogue.entry(kind, extension.equals(TSV) ? "csv" : extension);
    if (name.indexOf('.') < 0 || entry == null) {
      throw new UsageException(
          String.format(
              "%s %s: cannot tell the format from the name; let it end in .csv, .tsv or .arrow",
              option, path));
    }
    Object record = entry.type().isInstance(old) ? with(old, "path", path) : make(entry, path);
    return extension.equals(TSV) ? with(record, "delimiter", "\t") : record;
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
