package dev.baton.operators.scale;

import dev.baton.engine.batch.Batch;
import dev.baton.engine.operator.FitState;
import dev.baton.engine.operator.StateReader;
import dev.baton.engine.operator.StateWriter;
import dev.baton.operators.internal.Doubles;
import dev.baton.operators.internal.Values;
import java.util.List;
import org.apache.arrow.vector.FieldVector;

/**
 * The values of each column, for quantiles. Nulls and NaN are not observed; an infinite value is an
 * error.
 *
 * <p>All values are kept while they fit into the memory given, and quantiles are exact. Beyond it a
 * sample of that size is kept, without chance, so that states merged in the same order give the
 * same bits: see {@link Values}. With 256 MiB for 40 columns a billion rows put ranks off by less
 * than 0.02 % in the worst case. The smallest and the largest value are always exact.
 */
public final class Quantiles implements FitState<Quantiles> {
  /** What values may take when nothing else is said, in bytes: 32 Mi values of all columns. */
  public static final long MEMORY = 256L << 20;

  private final List<String> columns;
  private final Values[] values;
  private final double[] block = new double[Doubles.BLOCK];
  private long rows;

  /**
   * Nothing seen yet of these numeric columns.
   *
   * @param memoryBytes what the values of all columns may take together
   */
  public Quantiles(List<String> columns, long memoryBytes) {
    this.columns = List.copyOf(columns);
    this.values = new Values[columns.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = new Values(limit(memoryBytes, values.length));
    }
  }

  /** How many values of each of some columns fit into so much memory; never less than 1024. */
  public static int limit(long memoryBytes, int columns) {
    return (int) Math.max(1024, Math.min(1 << 28, memoryBytes / 8 / columns));
  }

  @Override
  public void observe(Batch batch) {
    rows += batch.rows();
    for (int i = 0; i < values.length; i++) {
      FieldVector column = batch.column(columns.get(i));
      for (int first = 0; first < batch.rows(); first += Doubles.BLOCK) {
        int count = Math.min(Doubles.BLOCK, batch.rows() - first);
        values[i].add(block, Doubles.observed(column, first, count, block));
      }
      if (Double.isInfinite(values[i].least()) || Double.isInfinite(values[i].most())) {
        Doubles.refuseInfinity(column);
      }
    }
  }

  @Override
  public void merge(Quantiles later) {
    rows += later.rows;
    for (int i = 0; i < values.length; i++) {
      values[i].merge(later.values[i]);
    }
  }

  @Override
  public void write(StateWriter out) {
    out.longs(rows);
    for (Values column : values) {
      column.write(out);
    }
  }

  @Override
  public void read(StateReader in) {
    rows = in.longs()[0];
    for (Values column : values) {
      column.read(in);
    }
  }

  @Override
  public String exactness() {
    return Values.exactness(List.of(values));
  }

  /** How many rows have been seen, with and without values. */
  public long rows() {
    return rows;
  }

  /** The values of that column. */
  public Values of(int column) {
    return values[column];
  }
}
