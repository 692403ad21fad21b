package dev.baton.operators.encode;

import dev.baton.engine.batch.Batch;
import dev.baton.engine.batch.Validity;
import dev.baton.engine.operator.FitState;
import dev.baton.engine.operator.StateReader;
import dev.baton.engine.operator.StateWriter;
import dev.baton.engine.operator.TypeFamily;
import dev.baton.engine.operator.ValueException;
import dev.baton.operators.internal.Doubles;
import dev.baton.operators.internal.Longs;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.types.pojo.Field;

/** The moments of a target, of all rows and of those of each category of some columns, by fold. */
public final class TargetState implements FitState<TargetState> {
  private final String target;
  private final boolean binary;
  private final Folds folds;
  private final FoldedMoments all;
  private final List<TargetColumn> columns = new ArrayList<>();
  private final double[] values = new double[Longs.BLOCK];
  private final long[] scratch = new long[Longs.BLOCK];

  /**
   * @param binary whether the target may be 0 and 1 only
   */
  TargetState(String target, List<Field> fields, int folds, boolean binary) {
    this.target = target;
    this.binary = binary;
    this.folds = new Folds(folds);
    this.all = new FoldedMoments(folds);
    fields.forEach(field -> columns.add(new TargetColumn(field, folds)));
  }

  @Override
  public void observe(Batch batch) {
    FieldVector source = batch.column(target);
    for (int first = 0; first < batch.rows(); first += Longs.BLOCK) {
      int count = Math.min(Longs.BLOCK, batch.rows() - first);
      loadTarget(source, first, count);
      int fold = folds.next();
      for (int i = 0, of = fold; i < count; i++, of = of + 1 == folds.count() ? 0 : of + 1) {
        if (!Double.isNaN(values[i])) {
          all.add(of, values[i]);
        }
      }
      for (TargetColumn column : columns) {
        column.observe(batch.column(column.name), first, count, values, scratch, fold);
      }
      folds.pass(count);
    }
  }

  /** NaN where the target is missing. */
  private void loadTarget(FieldVector source, int first, int count) {
    if (TypeFamily.BOOLEAN.accepts(source.getField().getType())) {
      Longs.load(source, first, count, scratch);
      for (int i = 0; i < count; i++) {
        values[i] = scratch[i];
      }
    } else {
      Doubles.load(source, first, count, values);
    }
    for (int i = 0; i < count; i++) {
      if (!Validity.isSet(Validity.address(source), first + i)) {
        values[i] = Double.NaN;
      } else if (binary && !(values[i] == 0 || values[i] == 1 || Double.isNaN(values[i]))) {
        throw refused(first + i, "expected a target of 0 or 1", values[i]);
      } else if (Double.isInfinite(values[i])) {
        throw refused(first + i, "expected a finite target", values[i]);
      }
    }
  }

  private ValueException refused(int row, String rule, double value) {
    return new ValueException(
        target, row, rule + " but was " + value + "; put a filter before this stage");
  }

  @Override
  public void merge(TargetState later) {
    int shift = folds.merge(later.folds);
    all.merge(0, later.all, 0, shift);
    for (int i = 0; i < columns.size(); i++) {
      columns.get(i).merge(later.columns.get(i), shift);
    }
  }

  @Override
  public void write(StateWriter out) {
    folds.write(out);
    all.write(out);
    columns.forEach(column -> column.write(out));
  }

  @Override
  public void read(StateReader in) {
    folds.read(in);
    all.read(in);
    columns.forEach(column -> column.read(in));
  }

  /** The moments of all rows whose target is not missing. */
  FoldedMoments all() {
    return all;
  }

  List<TargetColumn> columns() {
    return columns;
  }

  /** The fold of the first row of each split. */
  List<Integer> starts() {
    return folds.starts();
  }
}
