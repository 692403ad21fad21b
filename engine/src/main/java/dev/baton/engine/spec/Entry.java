package dev.baton.engine.spec;

import dev.baton.engine.spec.index.IndexEntry;
import dev.baton.engine.spec.index.Kind;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** An operator, source or sink that a file can name. Its class is loaded only when asked for. */
public final class Entry {
  // A full stop before anything but a capital letter or code rather ends an abbreviation.
  private static final Pattern SENTENCE =
      Pattern.compile("(?s)(.*?[.!?])(?:\\s+[\\p{Lu}`].*|\\s*)");

  private final IndexEntry index;
  private final String jar;
  private final ClassLoader loader;

  Entry(IndexEntry index, String jar, ClassLoader loader) {
    this.index = index;
    this.jar = jar;
    this.loader = loader;
  }

  public Kind kind() {
    return index.kind();
  }

  /** Its name in files, unique among those of its kind. */
  public String name() {
    String className = index.className();
    int start = Math.max(className.lastIndexOf('.'), className.lastIndexOf('$')) + 1;
    String simple = className.substring(start);
    String suffix = kind().suffix();
    boolean strip = simple.endsWith(suffix) && simple.length() > suffix.length();
    return KebabCase.of(strip ? simple.substring(0, simple.length() - suffix.length()) : simple);
  }

  /** The binary name of its record. */
  public String className() {
    return index.className();
  }

  /** Where it was found. */
  public String jar() {
    return jar;
  }

  /** The text of its Javadoc; paragraphs are separated by empty lines. Possibly empty. */
  public String doc() {
    return index.doc();
  }

  /** The first sentence of {@link #doc}. */
  public String summary() {
    String paragraph = doc().lines().findFirst().orElse("");
    Matcher sentence = SENTENCE.matcher(paragraph);
    return sentence.matches() ? sentence.group(1) : paragraph;
  }

  /**
   * The record class.
   *
   * @throws SpecException when the jar does not have what its index promises
   */
  public Class<?> type() {
    try {
      return Class.forName(className(), false, loader);
    } catch (ClassNotFoundException | LinkageError e) {
      throw new SpecException(
          String.format("the %s '%s' of %s cannot be loaded: %s", kind().word(), name(), jar, e));
    }
  }

  /** Its parameters in the order of the record's components. */
  public List<Parameter> parameters() {
    RecordShape shape = RecordShape.of(type());
    Object sample = Samples.of(shape);
    Map<String, Object> defaults = sample == null ? Map.of() : shape.values(sample);
    return shape.parts().stream()
        .map(
            part ->
                new Parameter(
                    part.key(),
                    part.form().type(),
                    part.required(),
                    part.required() ? null : text(part, defaults.get(part.name())),
                    index.parameters().getOrDefault(part.name(), "")))
        .toList();
  }

  private static String text(Part part, Object value) {
    if (value == null) {
      return null;
    }
    try {
      Context nowhere = new Context(Catalogue.of("", List.of()), Path.of(""), part.key());
      return YamlWriter.write(part.form().write(value, nowhere), 0).strip();
    } catch (SpecException e) {
      return null;
    }
  }

  @Override
  public String toString() {
    return kind().word() + " " + name() + " (" + className() + ")";
  }
}
