package dev.baton.operators.encode;

import dev.baton.engine.batch.Types;
import dev.baton.engine.operator.Binder;
import dev.baton.engine.operator.BoundTransform;
import dev.baton.engine.operator.Transform;
import dev.baton.engine.operator.TypeFamily;
import dev.baton.operators.internal.Keys;
import dev.baton.operators.internal.Once;
import java.util.List;

/**
 * Replaces categories by float64 numbers: what encoders that look at more than the categories are
 * fitted to.
 *
 * @param columns what was seen of each column
 * @param starts the fold of the first row of each split; none when there are no folds
 * @param refuseUnknown whether a category that was not seen at fit is an error
 */
record CategoryValues(List<Column> columns, List<Integer> starts, boolean refuseUnknown)
    implements Transform {

  /**
   * One fitted column.
   *
   * @param name the column
   * @param type of its categories, as {@link Keys#family} tells
   * @param categories what was seen
   * @param values for each fold and then for rows of none, the numbers of the categories, of null
   *     and of an unknown one; NaN makes null
   */
  public record Column(
      String name, TypeFamily type, List<String> categories, List<List<Double>> values) {
    public Column {
      categories = List.copyOf(categories);
      values = values.stream().map(List::copyOf).toList();
    }
  }

  public CategoryValues {
    columns = List.copyOf(columns);
    starts = List.copyOf(starts);
  }

  /** The same for rows that belong to no fold. */
  CategoryValues withoutFolds() {
    List<Column> last =
        columns.stream()
            .map(
                c ->
                    new Column(
                        c.name, c.type, c.categories, c.values.subList(folds(c), folds(c) + 1)))
            .toList();
    return new CategoryValues(last, List.of(), refuseUnknown);
  }

  private static int folds(Column column) {
    return column.values.size() - 1;
  }

  @Override
  public BoundTransform bind(Binder binder) {
    for (Column column : columns) {
      binder.read(column.name, column.type);
      binder.put(Types.field(column.name, Types.FLOAT64));
    }
    Once<List<ValuesLookup>> lookups =
        new Once<>(() -> columns.stream().map(CategoryValues::lookup).toList());
    return binder.transform(
        context -> new ValuesKernel(starts, refuseUnknown, lookups.get(), context));
  }

  private static ValuesLookup lookup(Column column) {
    return new ValuesLookup(
        column.name, column.type, column.categories, List.of(column.name), List.of(column.values));
  }
}
