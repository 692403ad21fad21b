package dev.baton.engine.internal.score;

import dev.baton.engine.PipelineException;
import dev.baton.engine.batch.Names;
import dev.baton.engine.batch.Types;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;

/** Rows by the names of their columns, to and from rows by position. Thread-safe. */
public final class RowNames {
  private final List<Field> input;
  private final String[] inputNames;
  private final String[] outputNames;
  private final Set<String> known = new HashSet<>();

  /**
   * The names of a pipeline's columns.
   *
   * @param fitted all columns it was fitted on
   * @param input those it needs
   */
  public RowNames(Schema fitted, Schema input, Schema output) {
    this.input = input.getFields();
    this.inputNames = names(input);
    this.outputNames = names(output);
    known.addAll(List.of(names(fitted)));
  }

  private static String[] names(Schema schema) {
    return schema.getFields().stream().map(Field::getName).toArray(String[]::new);
  }

  List<String> input() {
    return List.of(inputNames);
  }

  /** The values of a row in the order of the input columns. */
  public Object[] values(Map<String, ?> row) {
    Object[] values = new Object[inputNames.length];
    int found = 0;
    for (int i = 0; i < values.length; i++) {
      values[i] = row.get(inputNames[i]);
      found += values[i] != null || row.containsKey(inputNames[i]) ? 1 : 0;
    }
    if (found < values.length || row.size() != found && !known.containsAll(row.keySet())) {
      throw departure(row.keySet());
    }
    return values;
  }

  private PipelineException departure(Set<String> names) {
    List<String> extra = names.stream().filter(name -> !known.contains(name)).sorted().toList();
    List<String> unclaimed = new ArrayList<>(extra);
    List<String> lines = new ArrayList<>();
    for (Field field : input) {
      if (!names.contains(field.getName())) {
        String near = Names.nearest(field.getName(), unclaimed);
        unclaimed.remove(near);
        lines.add(
            String.format(
                "'%s' is missing; it is %s, or null%s",
                field.getName(),
                Types.name(field.getType()),
                near == null ? "" : "; is it '" + near + "'?"));
      }
    }
    extra.forEach(name -> lines.add("'" + name + "' was not there when fitting"));
    return new PipelineException(
        "the row does not have the columns the pipeline was fitted on:\n  "
            + String.join("\n  ", lines),
        null);
  }

  /** Checks that a row by position has a value for each input column. */
  public void checkWidth(Object[] row) {
    if (row.length != inputNames.length) {
      throw new PipelineException(
          String.format(
              "the row has %d values but the pipeline needs %d: %s",
              row.length, inputNames.length, String.join(", ", inputNames)),
          null);
    }
  }

  /** A row by position as one by name. */
  public Map<String, Object> named(Object[] values) {
    Map<String, Object> row = new LinkedHashMap<>(values.length * 2);
    for (int i = 0; i < values.length; i++) {
      row.put(outputNames[i], values[i]);
    }
    return row;
  }
}
