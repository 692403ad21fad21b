package dev.baton.engine.testkit;

import dev.baton.engine.batch.Batch;
import dev.baton.engine.batch.Memory;
import dev.baton.engine.batch.Types;
import dev.baton.engine.batch.Validity;
import dev.baton.engine.batch.Vectors;
import dev.baton.engine.operator.Binder;
import dev.baton.engine.operator.BoundEstimator;
import dev.baton.engine.operator.BoundTransform;
import dev.baton.engine.operator.Columns;
import dev.baton.engine.operator.Estimator;
import dev.baton.engine.operator.FitState;
import dev.baton.engine.operator.Kernel;
import dev.baton.engine.operator.KernelContext;
import dev.baton.engine.operator.Nature;
import dev.baton.engine.operator.Operator;
import dev.baton.engine.operator.StateReader;
import dev.baton.engine.operator.StateWriter;
import dev.baton.engine.operator.Transform;
import dev.baton.engine.operator.TypeFamily;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.Float8Vector;
import org.apache.arrow.vector.types.pojo.Field;

/** Small operators to test the engine with, none of them null-aware but those of {@link Known}. */
public final class TestOperators {
  private TestOperators() {}

  /** Adds a constant to a float64 column, in place where it can. */
  public record Add(String column, double amount) implements Transform {
    @Override
    public BoundTransform bind(Binder binder) {
      binder.read(column, TypeFamily.NUMERIC);
      binder.put(Types.field(column, Types.FLOAT64));
      return binder.transform(
          context ->
              batch -> {
                Float8Vector x = Vectors.writableDoubles(batch, column, context.allocator());
                long at = Vectors.data(x);
                for (int i = 0; i < batch.rows(); i++) {
                  Memory.putDouble(at + 8L * i, Memory.getDouble(at + 8L * i) + amount);
                }
              });
    }
  }

  /** Copies a column under another name. */
  public record Copy(String from, String to) implements Transform {
    @Override
    public BoundTransform bind(Binder binder) {
      Field field = binder.read(from);
      Field copy = new Field(to, field.getFieldType(), field.getChildren());
      binder.put(copy);
      return binder.transform(
          context ->
              batch -> {
                FieldVector source = batch.column(from);
                FieldVector target = copy.createVector(context.allocator());
                try {
                  for (int i = 0; i < batch.rows(); i++) {
                    target.copyFromSafe(i, i, source);
                  }
                  target.setValueCount(batch.rows());
                } catch (Throwable e) {
                  target.close();
                  throw e;
                }
                batch.put(target);
              });
    }
  }

  /** Keeps the rows whose value is above a threshold. */
  public record Above(String column, double threshold) implements Transform {
    @Override
    public BoundTransform bind(Binder binder) {
      binder.read(column, TypeFamily.FLOATING);
      binder.changesRows();
      return binder.transform(
          context ->
              batch -> {
                long at = Vectors.data(batch.column(column));
                int[] kept = new int[batch.rows()];
                int count = 0;
                for (int i = 0; i < batch.rows(); i++) {
                  if (Memory.getDouble(at + 8L * i) > threshold) {
                    kept[count++] = i;
                  }
                }
                batch.take(kept, count, context.allocator());
              });
    }
  }

  /** Drops columns. */
  public record Without(String column) implements Transform {
    @Override
    public BoundTransform bind(Binder binder) {
      binder.refer(Columns.of(column));
      binder.drop(column);
      return binder.transform(context -> batch -> batch.drop(column));
    }
  }

  /** Renames a column. */
  public record Renamed(String from, String to) implements Transform {
    @Override
    public BoundTransform bind(Binder binder) {
      binder.refer(Columns.of(from));
      binder.rename(from, to);
      return binder.transform(context -> batch -> batch.rename(from, to));
    }
  }

  /** Subtracts the mean of each column, summed naively so that the order of merging shows. */
  public record Centre(Columns columns) implements Estimator<Sums> {
    @Override
    public BoundEstimator<Sums> bind(Binder binder) {
      List<String> names =
          binder.read(columns, TypeFamily.NUMERIC).stream().map(Field::getName).toList();
      names.forEach(name -> binder.put(Types.field(name, Types.FLOAT64)));
      return binder.estimator(() -> new Sums(names), sums -> new Shift(names, sums.means()));
    }
  }

  /** Sums and counts. */
  public static final class Sums implements FitState<Sums> {
    private final List<String> names;
    private final double[] sums;
    private long rows;

    Sums(List<String> names) {
      this.names = names;
      this.sums = new double[names.size()];
    }

    @Override
    public void observe(Batch batch) {
      for (int c = 0; c < sums.length; c++) {
        FieldVector column = batch.column(names.get(c));
        for (int i = 0; i < batch.rows(); i++) {
          sums[c] += ((Float8Vector) column).get(i);
        }
      }
      rows += batch.rows();
    }

    @Override
    public void merge(Sums later) {
      for (int c = 0; c < sums.length; c++) {
        sums[c] += later.sums[c];
      }
      rows += later.rows;
    }

    @Override
    public void write(StateWriter out) {
      out.doubles(sums);
      out.longs(rows);
    }

    @Override
    public void read(StateReader in) {
      System.arraycopy(in.doubles(), 0, sums, 0, sums.length);
      rows = in.longs()[0];
    }

    List<Double> means() {
      return java.util.Arrays.stream(sums).map(sum -> rows == 0 ? 0 : sum / rows).boxed().toList();
    }
  }

  /** Subtracts a number from each column. */
  public record Shift(List<String> names, List<Double> amounts) implements Transform {
    @Override
    public BoundTransform bind(Binder binder) {
      binder.read(new Columns.Named(names), TypeFamily.NUMERIC);
      names.forEach(name -> binder.put(Types.field(name, Types.FLOAT64)));
      return binder.transform(
          context ->
              batch -> {
                for (int c = 0; c < names.size(); c++) {
                  String name = names.get(c);
                  Float8Vector x = Vectors.writableDoubles(batch, name, context.allocator());
                  for (int i = 0; i < batch.rows(); i++) {
                    x.set(i, x.get(i) - amounts.get(c));
                  }
                }
              });
    }
  }

  /** Puts the mean of a column where it is null, and drops it when it has no value. */
  public record FillMean(String column) implements Estimator<Known> {
    @Override
    public BoundEstimator<Known> bind(Binder binder) {
      binder.read(column, TypeFamily.FLOATING);
      binder.put(Types.field(column, Types.FLOAT64));
      binder.fills(column);
      binder.mayDrop(column);
      return binder.estimator(
          () -> new Known(column),
          known -> known.count == 0 ? new Without(column) : new Fill(column, known.mean()));
    }
  }

  /** Puts a value where a column is null. */
  public record Fill(String column, double value) implements Transform {
    @Override
    public BoundTransform bind(Binder binder) {
      binder.read(column, TypeFamily.FLOATING);
      binder.put(Types.field(column, Types.FLOAT64));
      return binder.transform(
          context ->
              batch -> {
                Float8Vector x = Vectors.writableDoubles(batch, column, context.allocator());
                for (int i = 0; i < batch.rows(); i++) {
                  if (x.isNull(i)) {
                    x.set(i, value);
                  }
                }
              });
    }
  }

  /** Subtracts the mean of what is not null, also where that will be filled only later. */
  public record CentreKnown(String column) implements Estimator<Known> {
    @Override
    public BoundEstimator<Known> bind(Binder binder) {
      binder.read(column, TypeFamily.FLOATING);
      binder.put(Types.field(column, Types.FLOAT64));
      binder.looksThroughFills();
      return binder.estimator(
          () -> new Known(column), known -> new Shift(List.of(column), List.of(known.mean())));
    }
  }

  /** The same for every column there is, of which it keeps the first. */
  public record CentreAllKnown() implements Estimator<Known> {
    @Override
    public BoundEstimator<Known> bind(Binder binder) {
      String first = binder.read(Columns.all(), TypeFamily.FLOATING).get(0).getName();
      binder.put(Types.field(first, Types.FLOAT64));
      binder.looksThroughFills();
      return binder.estimator(
          () -> new Known(first), known -> new Shift(List.of(first), List.of(known.mean())));
    }
  }

  /** Sum and number of the values of a column, and how many are null. */
  public static final class Known implements FitState<Known> {
    private final String column;
    private double sum;
    private long count;
    private long nulls;

    Known(String column) {
      this.column = column;
    }

    @Override
    public void observe(Batch batch) {
      Float8Vector values = (Float8Vector) batch.column(column);
      for (int i = 0; i < batch.rows(); i++) {
        if (values.isNull(i)) {
          nulls++;
        } else {
          sum += values.get(i);
          count++;
        }
      }
    }

    @Override
    public void merge(Known later) {
      sum += later.sum;
      count += later.count;
      nulls += later.nulls;
    }

    @Override
    public void fill(Batch row) {
      if (row.has(column) && !row.column(column).isNull(0)) {
        sum += nulls * ((Float8Vector) row.column(column)).get(0);
        count += nulls;
        nulls = 0;
      }
    }

    @Override
    public void write(StateWriter out) {
      out.doubles(sum);
      out.longs(count, nulls);
    }

    @Override
    public void read(StateReader in) {
      sum = in.doubles()[0];
      long[] counts = in.longs();
      count = counts[0];
      nulls = counts[1];
    }

    double mean() {
      return count == 0 ? 0 : sum / count;
    }
  }

  /** Adds a column whose name is known only after the fit: the column's smallest value. */
  public record Discovered(String column) implements Estimator<Smallest> {
    @Override
    public BoundEstimator<Smallest> bind(Binder binder) {
      binder.read(column, TypeFamily.FLOATING);
      binder.putUnknown();
      return binder.estimator(
          () -> new Smallest(column), s -> new Copy(column, column + "_" + (long) s.value));
    }
  }

  /** The smallest value of a column. */
  public static final class Smallest implements FitState<Smallest> {
    private final String column;
    private double value = Double.POSITIVE_INFINITY;

    Smallest(String column) {
      this.column = column;
    }

    @Override
    public void observe(Batch batch) {
      for (int i = 0; i < batch.rows(); i++) {
        value = Math.min(value, ((Float8Vector) batch.column(column)).get(i));
      }
    }

    @Override
    public void merge(Smallest later) {
      value = Math.min(value, later.value);
    }

    @Override
    public void write(StateWriter out) {
      out.doubles(value);
    }

    @Override
    public void read(StateReader in) {
      value = in.doubles()[0];
    }
  }

  /** Adds a column with the number of each row, from 0: depends on all rows before. */
  public record Numbered(String column) implements Estimator<RowCounts> {
    @Override
    public BoundEstimator<RowCounts> bind(Binder binder) {
      binder.put(Types.field(column, Types.INT64));
      return binder.estimator(RowCounts::new, counts -> new NumberedFrom(column, counts.firsts()));
    }

    @Override
    public Operator forOtherRows(Transform fitted) {
      return this;
    }
  }

  /** How many rows each split has. */
  public static final class RowCounts implements FitState<RowCounts> {
    private final List<Long> splits = new ArrayList<>();
    private long rows;

    @Override
    public void observe(Batch batch) {
      rows += batch.rows();
    }

    @Override
    public void merge(RowCounts later) {
      splits.add(later.rows);
    }

    @Override
    public void write(StateWriter out) {
      out.longs(splits.stream().mapToLong(Long::longValue).toArray());
      out.longs(rows);
    }

    @Override
    public void read(StateReader in) {
      for (long split : in.longs()) {
        splits.add(split);
      }
      rows = in.longs()[0];
    }

    /** The number of the first row of each split. */
    List<Long> firsts() {
      List<Long> firsts = new ArrayList<>();
      long first = 0;
      for (long split : splits) {
        firsts.add(first);
        first += split;
      }
      return firsts;
    }
  }

  /** Numbers the rows of each split from a number on. */
  public record NumberedFrom(String column, List<Long> firsts) implements Transform {
    @Override
    public BoundTransform bind(Binder binder) {
      binder.put(Types.field(column, Types.INT64));
      return binder.transform(
          context ->
              new Kernel() {
                private long next;

                @Override
                public void start(long split) {
                  next = firsts.get((int) split);
                }

                @Override
                public void apply(Batch batch) {
                  FieldVector numbers =
                      Vectors.fixed(
                          Types.field(column, Types.INT64), batch.rows(), context.allocator());
                  Validity.setAll(Validity.address(numbers), batch.rows());
                  for (int i = 0; i < batch.rows(); i++) {
                    Memory.putLong(Vectors.data(numbers) + 8L * i, next++);
                  }
                  batch.put(numbers);
                }
              });
    }
  }

  /** Calls back for each batch; for failures, waits and orders of a test's own. */
  public record Calling(Nature nature, BiConsumer<Batch, KernelContext> action)
      implements Transform {
    @Override
    public BoundTransform bind(Binder binder) {
      return binder.transform(context -> batch -> action.accept(batch, context));
    }
  }
}
