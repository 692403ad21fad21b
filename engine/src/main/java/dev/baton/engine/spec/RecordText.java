package dev.baton.engine.spec;

import dev.baton.engine.source.Source;
import java.nio.file.Path;
import java.util.List;
import java.util.StringJoiner;

/**
 * Records in a line for people, as a pipeline file would say them: {@code standard-scaler:
 * {columns: [age]}}. Long lists and texts are shortened; nothing reads it back.
 */
public final class RecordText {
  private static final int LONGEST_LIST = 6;
  private static final int SHOWN = 4;
  private static final int LONGEST_TEXT = 60;
  private static final Context CONTEXT =
      new Context(Catalogue.of("", List.of()), Path.of(""), "", false);

  private RecordText() {}

  /** A record with what differs from its defaults; just its name when it exists only in Java. */
  public static String of(Object value) {
    String name = KebabCase.of(value.getClass().getSimpleName());
    name = value instanceof Source ? name.replaceFirst("-source$", "") : name;
    if (!value.getClass().isRecord()) {
      return name;
    }
    try {
      Yaml tree = new RecordForm(RecordShape.of(value.getClass())).write(value, CONTEXT);
      String text = text(tree);
      return text.equals("{}") ? name : name + ": " + text;
    } catch (SpecException | IllegalArgumentException e) {
      return name;
    }
  }

  private static String text(Yaml tree) {
    if (tree instanceof Yaml.Mapping mapping) {
      StringJoiner all = new StringJoiner(", ", "{", "}");
      mapping.fields().values().forEach(f -> all.add(f.key() + ": " + text(f.value())));
      return all.toString();
    }
    if (tree instanceof Yaml.Sequence sequence) {
      List<Yaml> items = sequence.items();
      boolean isLong = items.size() > LONGEST_LIST;
      StringJoiner all = new StringJoiner(", ", "[", "]");
      items.subList(0, isLong ? SHOWN : items.size()).forEach(item -> all.add(text(item)));
      if (isLong) {
        all.add("… " + items.size() + " in all");
      }
      return all.toString();
    }
    String text = ((Yaml.Scalar) tree).text();
    return text.length() <= LONGEST_TEXT ? text : text.substring(0, LONGEST_TEXT - 1) + "…";
  }
}
