package dev.baton.operators.text;

import dev.baton.engine.batch.Batch;
import dev.baton.engine.batch.Memory;
import dev.baton.engine.batch.Types;
import dev.baton.engine.batch.Validity;
import dev.baton.engine.batch.Vectors;
import dev.baton.engine.operator.Binder;
import dev.baton.engine.operator.BoundTransform;
import dev.baton.engine.operator.Columns;
import dev.baton.engine.operator.Kernel;
import dev.baton.engine.operator.KernelContext;
import dev.baton.engine.operator.Transform;
import dev.baton.engine.operator.ValueException;
import dev.baton.operators.internal.KeyTable;
import dev.baton.operators.internal.ListColumns;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.complex.ListVector;

/**
 * A fitted {@link TfidfTransformer}.
 *
 * @param columns what was seen of each column
 * @param idf as in the estimator
 * @param smooth as in the estimator
 * @param sublinear as in the estimator
 * @param norm as in the estimator
 */
record Reweighting(List<Column> columns, boolean idf, boolean smooth, boolean sublinear, Norm norm)
    implements Transform {

  /**
   * In how many documents a feature occurs.
   *
   * @param feature its index
   */
  public record Feature(long feature, long documents) {}

  /**
   * One fitted column.
   *
   * @param values the column of values
   * @param indices that of their features; null where vectors are dense
   * @param documents how many vectors were seen
   * @param features those that occurred
   */
  public record Column(String values, String indices, long documents, List<Feature> features) {
    public Column {
      features = List.copyOf(features);
    }
  }

  public Reweighting {
    columns = List.copyOf(columns);
  }

  Reweighting(List<Column> columns, TfidfTransformer operator) {
    this(columns, operator.idf(), operator.smooth(), operator.sublinear(), operator.norm());
  }

  @Override
  public BoundTransform bind(Binder binder) {
    List<Weights> weights = new ArrayList<>();
    for (Column column : columns) {
      binder.read(Columns.of(column.values)).forEach(f -> TfidfTransformer.Vector.read(f, binder));
      weights.add(new Weights(column));
    }
    return binder.transform(context -> new ReweightingKernel(weights, context));
  }

  /** The weights of a column's features as they are looked up; all workers share one. */
  private final class Weights {
    private final TfidfTransformer.Vector vector;
    private final KeyTable features = new KeyTable();
    private final double[] weights;
    private final double unseen;

    Weights(Column column) {
      vector = new TfidfTransformer.Vector(column.values, column.indices);
      weights = new double[column.features.size()];
      for (Feature feature : column.features) {
        double weight = Idf.weight(column.documents, feature.documents, smooth);
        weights[features.add(feature.feature)] = weight;
      }
      unseen = smooth ? Idf.weight(column.documents, 0, true) : Double.NaN;
    }

    private double of(long feature, int row) {
      int number = features.find(feature);
      if (number < 0 && !smooth) {
        throw new ValueException(
            vector.values(),
            row,
            "feature "
                + feature
                + " was not seen at fit, so its weight is infinite; set smooth=true");
      }
      return number < 0 ? unseen : weights[number];
    }
  }

  private final class ReweightingKernel implements Kernel {
    private final List<Weights> weights;
    private final KernelContext context;
    private final VectorReader reader = new VectorReader();

    ReweightingKernel(List<Weights> weights, KernelContext context) {
      this.weights = weights;
      this.context = context;
    }

    @Override
    public void apply(Batch batch) {
      for (Weights column : weights) {
        batch.put(weighed(batch, column));
        context.checkpoint();
      }
    }

    private ListVector weighed(Batch batch, Weights column) {
      FieldVector source = batch.column(column.vector.values());
      int rows = batch.rows();
      reader.open(batch, column.vector);
      int[] ends = new int[rows + 1];
      for (int row = 0; row < rows; row++) {
        boolean valid = Validity.isSet(Validity.address(source), row);
        ends[row + 1] = ends[row] + (valid ? reader.start(row + 1) - reader.start(row) : 0);
      }
      ListVector target =
          ListColumns.fixed(
              Types.listField(source.getName(), Types.FLOAT64),
              source,
              ends,
              rows,
              context.allocator());
      try {
        long to = Vectors.data(target.getDataVector());
        for (int row = 0; row < rows; row++) {
          if (ends[row + 1] > ends[row]) {
            weigh(row, reader.read(row), column);
            for (int i = 0; i < ends[row + 1] - ends[row]; i++) {
              Memory.putDouble(to + 8L * (ends[row] + i), reader.values[i]);
            }
          }
        }
        return target;
      } catch (Throwable e) {
        target.close();
        throw e;
      }
    }

    private void weigh(int row, int count, Weights column) {
      double[] values = reader.values;
      for (int i = 0; i < count; i++) {
        if (values[i] != 0) {
          // StrictMath: the same bits on every machine.
          double value = sublinear ? 1 + StrictMath.log(values[i]) : values[i];
          values[i] = idf ? value * column.of(reader.features[i], row) : value;
        }
      }
      norm.divide(values, 0, count);
    }
  }
}
