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
 * numeric}}, {@code {matching: 'price_.*'}} or {@code {except: [id]}}; several of these in one map
 * must all hold, and a list of names and maps means any of them.
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

  /** The columns that all of these mean, in the order of the schema. */
  record AllOf(List<Columns> of) implements Columns {
    public AllOf {
      of = List.copyOf(of);
    }
  }

  /** The columns that any of these means, in the order of these. */
  record AnyOf(List<Columns> of) implements Columns {
    public AnyOf {
      of = List.copyOf(of);
    }
  }

  /** All columns but those that this means. */
  record Not(Columns not) implements Columns {}

  static Columns of(String... names) {
    return new Named(List.of(names));
  }

  static Columns all() {
    return new All();
  }

  static Columns of(TypeFamily type) {
    return new Type(type);
  }

  /** All columns whose whole name matches a regular expression. */
  static Columns matching(String regex) {
    return new Matching(Pattern.compile(regex));
  }

  /** The columns that both mean. */
  default Columns and(Columns other) {
    return new AllOf(List.of(this, other));
  }

  /** The columns that either means. */
  default Columns or(Columns other) {
    return new AnyOf(List.of(this, other));
  }

  /** These but for some. */
  default Columns except(String... names) {
    return and(new Except(List.of(names)));
  }

  /** All but these. */
  default Columns not() {
    return new Not(this);
  }

  /** Whether the answer depends on columns the user did not name. */
  default boolean isPattern() {
    return !(this instanceof Named);
  }

  /**
   * The columns of {@code schema} meant, in schema order but for {@link Named} and {@link AnyOf}.
   *
   * @throws BindException when a named column does not exist, or nothing matches
   */
  default List<Field> resolve(Schema schema) {
    List<Field> found = among(schema);
    if (found.isEmpty()) {
      throw new BindException("no column matches " + this + " in " + names(schema));
    }
    return found;
  }

  /** The columns meant, which may be none. */
  private List<Field> among(Schema schema) {
    if (this instanceof Named named) {
      return named.names().stream().map(name -> find(schema, name)).toList();
    }
    if (this instanceof AnyOf any) {
      Set<Field> found = new LinkedHashSet<>();
      any.of().forEach(columns -> found.addAll(columns.among(schema)));
      return List.copyOf(found);
    }
    List<Field> found = new ArrayList<>(schema.getFields());
    if (this instanceof AllOf all) {
      all.of().forEach(columns -> found.retainAll(columns.among(schema)));
    } else if (this instanceof Not not) {
      found.removeAll(not.not().among(schema));
    } else if (this instanceof Except except) {
      except.except().forEach(name -> found.remove(find(schema, name)));
    } else if (this instanceof Type type) {
      found.removeIf(field -> !type.type().accepts(field.getType()));
    } else if (this instanceof Matching matching) {
      found.removeIf(field -> !matching.matching().matcher(field.getName()).matches());
    }
    return found;
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
