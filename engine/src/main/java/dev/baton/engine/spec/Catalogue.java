package dev.baton.engine.spec;

import dev.baton.engine.batch.Names;
import dev.baton.engine.spec.index.IndexEntry;
import dev.baton.engine.spec.index.IndexFile;
import dev.baton.engine.spec.index.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.net.URLConnection;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.EnumMap;
import java.util.Enumeration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * All operators, sources and sinks on the class path, by the names that files use: the simple name
 * of the record in kebab-case, without {@code Source} or {@code Sink} at its end. It is put
 * together from the indexes that the compiler left in each jar (see {@link
 * dev.baton.engine.spec.index.IndexProcessor}). Immutable.
 */
public final class Catalogue {
  private final ClassLoader loader;
  private final Map<Kind, Map<String, Entry>> entries = new EnumMap<>(Kind.class);

  private Catalogue(ClassLoader loader) {
    this.loader = loader;
    for (Kind kind : Kind.values()) {
      entries.put(kind, new TreeMap<>());
    }
  }

  /** What is on the class path of the calling thread. */
  public static Catalogue load() {
    ClassLoader context = Thread.currentThread().getContextClassLoader();
    return load(context == null ? Catalogue.class.getClassLoader() : context);
  }

  /**
   * What that class loader sees.
   *
   * @throws SpecException when two have the same name, naming both jars
   */
  public static Catalogue load(ClassLoader loader) {
    Catalogue catalogue = new Catalogue(loader);
    try {
      Enumeration<URL> indexes = loader.getResources(IndexFile.PATH);
      while (indexes.hasMoreElements()) {
        catalogue.addAll(indexes.nextElement());
      }
    } catch (IOException e) {
      throw new SpecException("cannot read an index of operators: " + e);
    }
    return catalogue;
  }

  /** What the entries of one index say. */
  static Catalogue of(String jar, List<IndexEntry> index) {
    Catalogue catalogue = new Catalogue(Catalogue.class.getClassLoader());
    index.forEach(entry -> catalogue.add(new Entry(entry, jar, catalogue.loader)));
    return catalogue;
  }

  private void addAll(URL index) throws IOException {
    String jar =
        index
            .toString()
            .replaceFirst("^(jar:)?(file:)?", "")
            .replaceFirst("!?/" + IndexFile.PATH + "$", "");
    URLConnection connection = index.openConnection();
    // A cached jar would stay open, and stale when it is replaced.
    connection.setUseCaches(false);
    try (InputStream stream = connection.getInputStream()) {
      String text = new String(stream.readAllBytes(), StandardCharsets.UTF_8);
      for (IndexEntry entry : IndexFile.read(text)) {
        add(new Entry(entry, jar, loader));
      }
    } catch (IllegalArgumentException e) {
      throw new SpecException("the index in " + jar + " is damaged: " + e.getMessage());
    }
  }

  private void add(Entry entry) {
    Entry other = entries.get(entry.kind()).putIfAbsent(entry.name(), entry);
    // The same class found twice is the class loader's business, which takes the first.
    if (other != null && !other.className().equals(entry.className())) {
      throw new SpecException(
          String.format(
              "two %ss are called '%s': %s in %s and %s in %s; take one of them off the class path",
              entry.kind().word(),
              entry.name(),
              other.className(),
              other.jar(),
              entry.className(),
              entry.jar()));
    }
  }

  /** Everything of a kind, by name. */
  public Collection<Entry> entries(Kind kind) {
    return List.copyOf(entries.get(kind).values());
  }

  /** The entry of that kind and name, or null. */
  public Entry entry(Kind kind, String name) {
    return entries.get(kind).get(name);
  }

  /**
   * The record class that a file means by a name or by a fully qualified class name.
   *
   * @throws IllegalArgumentException naming the nearest name
   */
  Class<?> find(Kind kind, String name) {
    Entry entry = entry(kind, name);
    if (entry != null) {
      return entry.type();
    }
    if (name.indexOf('.') >= 0) {
      return findClass(kind, name);
    }
    for (Kind other : Kind.values()) {
      if (entry(other, name) != null) {
        throw new IllegalArgumentException(
            String.format("'%s' is a %s but here belongs a %s", name, other.word(), kind.word())
                .replace("a operator", "an operator"));
      }
    }
    throw new IllegalArgumentException(
        String.format(
            "unknown %s '%s'%s", kind.word(), name, Names.hint(name, entries.get(kind).keySet())));
  }

  private Class<?> findClass(Kind kind, String className) {
    try {
      // Nothing of the class runs before it is known to be what belongs here.
      Class<?> type = Class.forName(className, false, loader);
      Class<?> wanted = Class.forName(kind.interfaceName(), false, loader);
      if (type.isRecord() && wanted.isAssignableFrom(type)) {
        return type;
      }
      throw new IllegalArgumentException(
          String.format("%s is not a record that implements %s", className, kind.interfaceName()));
    } catch (ClassNotFoundException | LinkageError e) {
      throw new IllegalArgumentException("the class " + className + " is not on the class path", e);
    }
  }

  /** What a file calls that record class. */
  String name(Kind kind, Class<?> type) {
    for (Entry entry : entries.get(kind).values()) {
      if (entry.className().equals(type.getName())) {
        return entry.name();
      }
    }
    return type.getName();
  }
}
