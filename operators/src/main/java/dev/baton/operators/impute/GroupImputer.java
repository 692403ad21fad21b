package dev.baton.operators.impute;

import dev.baton.engine.batch.Types;
import dev.baton.engine.operator.BindException;
import dev.baton.engine.operator.Binder;
import dev.baton.engine.operator.BoundEstimator;
import dev.baton.engine.operator.Columns;
import dev.baton.engine.operator.Estimator;
import dev.baton.engine.operator.Transform;
import dev.baton.engine.operator.TypeFamily;
import dev.baton.operators.internal.GroupTable;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.vector.types.pojo.Field;

/**
 * Replaces what is missing, that is nulls and NaN, by what is usual in the row's group: the rows
 * that are equal in some key columns. Null is a key like any other.
 *
 * <p>A row of a group without values, or of one not seen when fitting, gets what is usual over all
 * rows; a column without any value is an error, unless {@code fill} says what to put there. Columns
 * keep their types, except that the mean or median of an integer column makes it float64. For the
 * mean an infinite value is an error; integers beyond 2^53 are rounded. -0.0 counts as 0.0.
 *
 * <p>State: the distinct keys; for the mean two numbers per group and column; for the median and
 * the most frequent value each distinct value of each group and how often it occurs.
 *
 * <p>Cost: one table look-up per row and key column to fit, and to transform in those blocks of
 * rows where something is missing.
 *
 * <p>Like: pandas groupby and transform (a null key is no group there); scikit-learn SimpleImputer
 * within each group.
 *
 * @param columns numeric columns; for {@code most-frequent} also text ones
 * @param by key columns: text, integer or boolean
 * @param strategy {@code mean}, {@code median} or {@code most-frequent} (of several the smallest)
 * @param fill what to put where a column has no value at all, of its type; by default that is an
 *     error
 */
public record GroupImputer(Columns columns, Columns by, Strategy strategy, String fill)
    implements Estimator<GroupState> {

  public GroupImputer {
    if (strategy == Strategy.CONSTANT) {
      throw new IllegalArgumentException(
          "a constant does not depend on the group; use simple-imputer or fill-missing");
    }
  }

  /** Fills with the mean of the group. */
  public GroupImputer(Columns columns, Columns by) {
    this(columns, by, Strategy.MEAN, null);
  }

  @Override
  public BoundEstimator<GroupState> bind(Binder binder) {
    List<Field> keys = binder.read(by, GroupTable.accepted());
    boolean arithmetic = strategy != Strategy.MOST_FREQUENT;
    List<Field> fields =
        arithmetic
            ? binder.read(columns, TypeFamily.NUMERIC)
            : binder.read(columns, TypeFamily.NUMERIC, TypeFamily.TEXT);
    for (Field field : fields) {
      if (keys.contains(field)) {
        throw new BindException(
            "column '" + field.getName() + "' cannot be both a key and filled; copy it first");
      }
      boolean widen = arithmetic && TypeFamily.INTEGER.accepts(field.getType());
      binder.put(widen ? Types.field(field.getName(), Types.FLOAT64) : field);
      if (fill != null) {
        Fill.check(field, fill, widen);
      }
    }
    return binder.estimator(
        () -> new GroupState(keys, fields, strategy), state -> finish(fields, arithmetic, state));
  }

  private Transform finish(List<Field> fields, boolean arithmetic, GroupState state) {
    List<GroupFilling.Column> filled = new ArrayList<>();
    for (int i = 0; i < fields.size(); i++) {
      Field field = fields.get(i);
      GroupState.Usual usual = state.usual(i);
      String overall = usual.overall() == null ? fill : usual.overall();
      if (overall == null) {
        throw new IllegalStateException(
            String.format(
                "column '%s' has no value to take the %s of; drop the column or set fill",
                field.getName(), strategy.word()));
      }
      List<String> groups =
          usual.groups().stream().map(value -> value == null ? overall : value).toList();
      boolean widen = arithmetic && TypeFamily.INTEGER.accepts(field.getType());
      filled.add(new GroupFilling.Column(field.getName(), groups, overall, widen));
    }
    return new GroupFilling(state.table().groups(), filled);
  }
}
