package dev.baton.engine.operator;

import dev.baton.engine.batch.Names;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;

/**
 * Which columns an operator works on. In YAML: a list of names, {@code all}, {@code {type:
 * numeric}}, {@code {matching: 'price_.*'}} or {@code {except: [id]}}.
 */
public sealed interface Columns {
  /** These columns, in this order; naming one that does not exist is an error. */
  record Named(List<String> names) implements Columns {
    public Named {
      if (names.isEmpty()) {
        throw new IllegalArgumentException("columns must name at least one column");
      }
      if (new LinkedHashSet<>(names).size() < names.size()) {
        throw new IllegalArgumentException("columns names a column twice: " + names);
      }
      names = List.copyOf(names);
    }

    @Override
    public String toString() {
      return names.toString();
    }
  }

  /** All columns that reach the operator. */
  record All() implements Columns {
    @Override
    public String toString() {
      return "all";
    }
  }

  /** All columns of a family of types. */
  record Type(TypeFamily type) implements Columns {}

  /**
   * All columns whose whole name matches a regular expression. Two are equal when their expressions
   * have the same text and flags, as {@link Pattern} itself has no equality.
   */
  record Matching(Pattern matching) implements Columns {
    @Override
    public boolean equals(Object other) {
      return other instanceof Matching that && Patterns.equal(matching, that.matching);
    }

    @Override
    public int hashCode() {
      return Patterns.hash(matching);
    }
  }

  /** All columns but these. */
  record Except(List<String> except) implements Columns {
    public Except {
      except = List.copyOf(except);
    }
  }

  static Columns of(String... names) {
    return new Named(List.of(names));
  }

  static Columns all() {
    return new All();
  }

  static Columns of(TypeFamily type) {
    return new Type(type);
  }

  /** Whether the answer depends on columns the user did not name. */
  default boolean isPattern() {
    return !(this instanceof Named);
  }

  /**
   * The columns of {@code schema} meant, in schema order but for {@link Named}.
   *
   * @throws BindException when a named column does not exist, or nothing matches
   */
  default List<Field> resolve(Schema schema) {
    List<Field> found = new ArrayList<>();
    if (this instanceof Named named) {
      for (String name : named.names()) {
        found.add(find(schema, name));
      }
      return found;
    }
    if (this instanceof Except except) {
      except.except().forEach(name -> find(schema, name));
    }
    for (Field field : schema.getFields()) {
      if (matches(field)) {
        found.add(field);
      }
    }
    if (found.isEmpty()) {
      throw new BindException("no column matches " + this + " in " + names(schema));
    }
    return found;
  }

  private boolean matches(Field field) {
    if (this instanceof Type type) {
      return type.type().accepts(field.getType());
    }
    if (this instanceof Matching matching) {
      return matching.matching().matcher(field.getName()).matches();
    }
    return !(this instanceof Except except) || !except.except().contains(field.getName());
  }

  /**
   * The column of that name.
   *
   * @throws BindException naming the nearest one
   */
  static Field find(Schema schema, String name) {
    Field field = findOrNull(schema, name);
    if (field == null) {
      throw new BindException("no column '" + name + "'" + Names.hint(name, names(schema)));
    }
    return field;
  }

  /** The column of that name, or null. */
  static Field findOrNull(Schema schema, String name) {
    for (Field field : schema.getFields()) {
      if (field.getName().equals(name)) {
        return field;
      }
    }
    return null;
  }

  private static Set<String> names(Schema schema) {
    Set<String> names = new LinkedHashSet<>();
    schema.getFields().forEach(field -> names.add(field.getName()));
    return names;
  }
}
