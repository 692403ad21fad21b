package dev.baton.operators.impute;

import dev.baton.engine.batch.Batch;
import dev.baton.engine.batch.Memory;
import dev.baton.engine.batch.Types;
import dev.baton.engine.batch.Validity;
import dev.baton.engine.batch.Vectors;
import dev.baton.engine.operator.Binder;
import dev.baton.engine.operator.BoundTransform;
import dev.baton.engine.operator.Kernel;
import dev.baton.engine.operator.KernelContext;
import dev.baton.engine.operator.Transform;
import dev.baton.engine.operator.TypeFamily;
import dev.baton.operators.impute.KnnImputer.Weights;
import dev.baton.operators.internal.Missing;
import java.util.List;
import org.apache.arrow.vector.FieldVector;

/**
 * Fills what is missing from the nearest rows; what a {@link KnnImputer} makes when it is fitted.
 *
 * @param columns the columns of a row
 * @param values the rows to look among, one after the other; NaN where a value is missing
 * @param neighbours how many nearest rows to take the mean of
 * @param weights how much each of them counts
 * @param dropped columns that are dropped in the end
 */
record Neighbours(
    List<String> columns,
    List<Double> values,
    int neighbours,
    Weights weights,
    List<String> dropped)
    implements Transform {

  Neighbours {
    columns = List.copyOf(columns);
    values = List.copyOf(values);
    dropped = List.copyOf(dropped);
  }

  @Override
  public BoundTransform bind(Binder binder) {
    for (String name : columns) {
      binder.read(name, TypeFamily.NUMERIC);
      binder.put(Types.field(name, Types.FLOAT64));
    }
    dropped.forEach(binder::drop);
    double[] rows = values.stream().mapToDouble(x -> x).toArray();
    double[] means = means(rows);
    return binder.transform(context -> new NeighbourKernel(context, rows, means));
  }

  /** The mean of each column, 0 when it has no value. */
  private double[] means(double[] rows) {
    double[] means = new double[columns.size()];
    int[] counts = new int[columns.size()];
    for (int i = 0; i < rows.length; i++) {
      if (!Double.isNaN(rows[i])) {
        means[i % means.length] += rows[i];
        counts[i % means.length]++;
      }
    }
    for (int i = 0; i < means.length; i++) {
      means[i] /= Math.max(1, counts[i]);
    }
    return means;
  }

  private final class NeighbourKernel implements Kernel {
    private final KernelContext context;
    private final double[] rows;
    private final double[] means;
    private final double[] distances;
    private final double[] row = new double[columns.size()];
    private final int[] nearest = new int[neighbours];
    private final double[] near = new double[neighbours];

    NeighbourKernel(KernelContext context, double[] rows, double[] means) {
      this.context = context;
      this.rows = rows;
      this.means = means;
      this.distances = new double[rows.length / means.length];
    }

    @Override
    public void apply(Batch batch) {
      FieldVector[] vectors = new FieldVector[columns.size()];
      for (int i = 0; i < vectors.length; i++) {
        vectors[i] = Vectors.writableDoubles(batch, columns.get(i), context.allocator());
      }
      long[] missing = new long[vectors.length];
      for (int word = 0; word < Validity.words(batch.rows()); word++) {
        long any = 0;
        for (int i = 0; i < vectors.length; i++) {
          missing[i] = Missing.word(vectors[i], word);
          any |= missing[i];
        }
        for (; any != 0; any &= any - 1) {
          fill(vectors, missing, word, Long.numberOfTrailingZeros(any));
          context.checkpoint();
        }
      }
      for (FieldVector vector : vectors) {
        if (batch.rows() > 0) {
          Validity.setAll(Validity.address(vector), batch.rows());
        }
      }
      dropped.forEach(batch::drop);
    }

    private void fill(FieldVector[] vectors, long[] missing, int word, int bit) {
      long at = 8L * (64 * word + bit);
      for (int i = 0; i < row.length; i++) {
        boolean absent = (missing[i] >>> bit & 1) != 0;
        row[i] = absent ? Double.NaN : Memory.getDouble(Vectors.data(vectors[i]) + at);
      }
      measure();
      for (int i = 0; i < row.length; i++) {
        if (Double.isNaN(row[i])) {
          Memory.putDouble(Vectors.data(vectors[i]) + at, replacement(i));
        }
      }
    }

    /** The squared distance to each row, NaN where there is no column in common. */
    private void measure() {
      int width = row.length;
      for (int other = 0; other < distances.length; other++) {
        double sum = 0;
        int common = 0;
        for (int i = 0; i < width; i++) {
          double step = row[i] - rows[other * width + i];
          boolean both = !Double.isNaN(step);
          sum += both ? step * step : 0;
          common += both ? 1 : 0;
        }
        distances[other] = common == 0 ? Double.NaN : sum / common * width;
      }
    }

    private double replacement(int column) {
      int found = 0;
      for (int other = 0; other < distances.length; other++) {
        double distance = distances[other];
        boolean donor = !Double.isNaN(rows[other * row.length + column]);
        if (!donor || Double.isNaN(distance)) {
          continue;
        }
        if (found == neighbours && !(distance < near[found - 1])) {
          continue;
        }
        int place = found == neighbours ? found - 1 : found++;
        for (; place > 0 && near[place - 1] > distance; place--) {
          near[place] = near[place - 1];
          nearest[place] = nearest[place - 1];
        }
        near[place] = distance;
        nearest[place] = other;
      }
      return found == 0 ? means[column] : mean(column, found);
    }

    private double mean(int column, int found) {
      boolean same = near[0] == 0;
      double sum = 0;
      double total = 0;
      for (int i = 0; i < found; i++) {
        double weight = 1;
        if (weights == Weights.DISTANCE) {
          weight = same ? (near[i] == 0 ? 1 : 0) : 1 / Math.sqrt(near[i]);
        }
        sum += weight * rows[nearest[i] * row.length + column];
        total += weight;
      }
      return sum / total;
    }
  }
}
