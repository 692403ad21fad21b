package dev.baton.engine.spec;

import dev.baton.engine.operator.Columns;
import dev.baton.engine.operator.TypeFamily;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Selections of columns. */
record ColumnsForm() implements Form {
  private static final List<String> KEYS =
      List.of("type", "matching", "except", "any-of", "all-of", "not");
  private static final Form NAMES = new ListForm(Forms.of(String.class), false);
  private static final Form FAMILY = Forms.of(TypeFamily.class);
  private static final Form PATTERN = Forms.of(Pattern.class);

  @Override
  public String expects() {
    return "a column, a list of columns, all, {type: …}, {matching: …} or {except: […]}";
  }

  @Override
  public String type() {
    return "columns";
  }

  @Override
  public Object read(Yaml yaml, Context context) {
    try {
      if (yaml instanceof Yaml.Sequence sequence) {
        boolean named = sequence.items().stream().allMatch(Yaml.Scalar.class::isInstance);
        return named
            ? new Columns.Named(strings(yaml, context))
            : new Columns.AnyOf(selections(sequence, context));
      }
      if (yaml instanceof Yaml.Scalar scalar && !scalar.isNull()) {
        return scalar.text().equals("all") ? Columns.all() : Columns.of(scalar.text());
      }
      if (yaml instanceof Yaml.Mapping mapping && KEYS.containsAll(mapping.fields().keySet())) {
        List<Columns> chosen = new ArrayList<>();
        mapping.fields().values().forEach(field -> chosen.add(chosen(field, context)));
        if (!chosen.isEmpty()) {
          return chosen.size() == 1 ? chosen.get(0) : new Columns.AllOf(chosen);
        }
      }
    } catch (IllegalArgumentException e) {
      throw context.error(yaml.at(), e);
    }
    throw mismatch(yaml, context);
  }

  private Columns chosen(Yaml.Field field, Context context) {
    Context inside = context.in(field.key());
    Yaml value = field.value();
    return switch (field.key()) {
      case "type" ->
          value instanceof Yaml.Sequence several
              ? new Columns.AnyOf(several.items().stream().map(one -> type(one, inside)).toList())
              : type(value, inside);
      case "matching" -> new Columns.Matching((Pattern) PATTERN.read(value, inside));
      case "except" ->
          value instanceof Yaml.Mapping
              ? new Columns.Not((Columns) read(value, inside))
              : new Columns.Except(strings(value, inside));
      case "not" -> new Columns.Not((Columns) read(value, inside));
      case "any-of" -> new Columns.AnyOf(selections(value, inside));
      default -> new Columns.AllOf(selections(value, inside));
    };
  }

  private static Columns type(Yaml yaml, Context context) {
    return Columns.of((TypeFamily) FAMILY.read(yaml, context));
  }

  /** Each item a selection of its own, in which a text is a name. */
  private List<Columns> selections(Yaml yaml, Context context) {
    if (!(yaml instanceof Yaml.Sequence sequence)) {
      throw context.error(yaml.at(), "expected a list of selections but was " + yaml.found());
    }
    List<Columns> selections = new ArrayList<>();
    for (Yaml item : sequence.items()) {
      selections.add((Columns) read(item, context.item(selections.size())));
    }
    return selections;
  }

  @SuppressWarnings("unchecked")
  private static List<String> strings(Yaml yaml, Context context) {
    return (List<String>) NAMES.read(yaml, context);
  }

  @Override
  public Yaml write(Object value, Context context) {
    if (value instanceof Columns.Named named) {
      return NAMES.write(named.names(), context);
    }
    if (value instanceof Columns.Type type) {
      return Yaml.Mapping.of("type", FAMILY.write(type.type(), context));
    }
    if (value instanceof Columns.Matching matching) {
      return Yaml.Mapping.of("matching", PATTERN.write(matching.matching(), context));
    }
    if (value instanceof Columns.Not not) {
      return Yaml.Mapping.of("not", write(not.not(), context));
    }
    if (value instanceof Columns.AllOf all) {
      return Yaml.Mapping.of("all-of", list(all.of(), context));
    }
    if (value instanceof Columns.AnyOf any) {
      return Yaml.Mapping.of("any-of", list(any.of(), context));
    }
    if (value instanceof Columns.Except except) {
      return Yaml.Mapping.of("except", NAMES.write(except.except(), context));
    }
    return Yaml.Scalar.text("all");
  }

  private Yaml list(List<Columns> selections, Context context) {
    return new Yaml.Sequence(
        selections.stream().map(one -> write(one, context)).toList(), Position.NONE);
  }
}
