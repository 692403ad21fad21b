package dev.baton.operators.encode;

import dev.baton.engine.batch.Types;
import dev.baton.engine.operator.Binder;
import dev.baton.engine.operator.BoundTransform;
import dev.baton.engine.operator.Transform;
import dev.baton.engine.operator.TypeFamily;
import dev.baton.operators.internal.Keys;
import dev.baton.operators.internal.NewColumns;
import dev.baton.operators.internal.Once;
import java.util.List;

/**
 * Replaces categories by several float64 numbers each: a fitted {@link MulticlassTargetEncoder}.
 *
 * @param columns what was seen of each column
 * @param starts the fold of the first row of each split; none when there are no folds
 */
record ClassValues(List<Column> columns, List<Integer> starts) implements Transform {

  /**
   * One fitted column.
   *
   * @param name the column
   * @param type of its categories, as {@link Keys#family} tells
   * @param categories what was seen
   * @param outputs what takes its place
   */
  public record Column(
      String name, TypeFamily type, List<String> categories, List<Output> outputs) {
    public Column {
      categories = List.copyOf(categories);
      outputs = List.copyOf(outputs);
    }
  }

  /**
   * One column that comes out.
   *
   * @param name the column
   * @param values as those of a column of {@link CategoryValues}
   */
  public record Output(String name, List<List<Double>> values) {
    public Output {
      values = values.stream().map(List::copyOf).toList();
    }

    private Output lastFold() {
      return new Output(name, values.subList(values.size() - 1, values.size()));
    }
  }

  public ClassValues {
    columns = List.copyOf(columns);
    starts = List.copyOf(starts);
  }

  /** The same for rows that belong to no fold. */
  ClassValues withoutFolds() {
    return new ClassValues(
        columns.stream()
            .map(
                c ->
                    new Column(
                        c.name,
                        c.type,
                        c.categories,
                        c.outputs.stream().map(Output::lastFold).toList()))
            .toList(),
        List.of());
  }

  @Override
  public BoundTransform bind(Binder binder) {
    columns.forEach(column -> binder.read(column.name, column.type));
    NewColumns made = new NewColumns(binder, columns.stream().map(Column::name).toList());
    for (Column column : columns) {
      column.outputs.forEach(
          output ->
              made.put("target encoding", column.name, Types.field(output.name, Types.FLOAT64)));
    }
    Once<List<ValuesLookup>> lookups =
        new Once<>(() -> columns.stream().map(ClassValues::lookup).toList());
    return binder.transform(context -> new ValuesKernel(starts, false, lookups.get(), context));
  }

  private static ValuesLookup lookup(Column column) {
    return new ValuesLookup(
        column.name,
        column.type,
        column.categories,
        column.outputs.stream().map(Output::name).toList(),
        column.outputs.stream().map(Output::values).toList());
  }
}
