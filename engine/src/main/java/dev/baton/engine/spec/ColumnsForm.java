package dev.baton.engine.spec;

import dev.baton.engine.operator.Columns;
import dev.baton.engine.operator.TypeFamily;
import java.util.List;
import java.util.regex.Pattern;

/** Selections of columns. */
record ColumnsForm() implements Form {
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
      if (yaml instanceof Yaml.Sequence) {
        return new Columns.Named(strings(yaml, context));
      }
      if (yaml instanceof Yaml.Scalar scalar && !scalar.isNull()) {
        return scalar.text().equals("all") ? Columns.all() : Columns.of(scalar.text());
      }
      if (yaml instanceof Yaml.Mapping mapping && mapping.single() != null) {
        Columns chosen = chosen(mapping.single(), context);
        if (chosen != null) {
          return chosen;
        }
      }
    } catch (IllegalArgumentException e) {
      throw context.error(yaml.at(), e);
    }
    throw mismatch(yaml, context);
  }

  private static Columns chosen(Yaml.Field field, Context context) {
    Context inside = context.in(field.key());
    return switch (field.key()) {
      case "type" -> Columns.of((TypeFamily) FAMILY.read(field.value(), inside));
      case "matching" -> new Columns.Matching((Pattern) PATTERN.read(field.value(), inside));
      case "except" -> new Columns.Except(strings(field.value(), inside));
      default -> null;
    };
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
    if (value instanceof Columns.Except except) {
      return Yaml.Mapping.of("except", NAMES.write(except.except(), context));
    }
    return Yaml.Scalar.text("all");
  }
}
