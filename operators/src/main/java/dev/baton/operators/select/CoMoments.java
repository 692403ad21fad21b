package dev.baton.operators.select;

import dev.baton.engine.batch.Batch;
import dev.baton.engine.operator.FitState;
import dev.baton.engine.operator.StateReader;
import dev.baton.engine.operator.StateWriter;
import dev.baton.operators.internal.Doubles;
import dev.baton.operators.internal.Missing;
import java.util.Arrays;
import java.util.List;
import org.apache.arrow.vector.FieldVector;

/**
 * For each pair of columns: how many rows have both values, their means, the sums of their squared
 * distances from these and of the products of the distances. Blocks of about a thousand rows are
 * summed in two passes and joined, which rounds: states merged in the same order give the same
 * bits.
 */
public final class CoMoments implements FitState<CoMoments> {
  private static final int WIDTH = 6;
  private final List<String> columns;

  /** Count, both means, both sums of squares and the sum of products of each pair. */
  private final double[] pairs;

  private final double[][] blocks;
  private final boolean[] complete;
  private final double[] joined = new double[WIDTH];

  /** Nothing seen yet of these numeric columns. */
  public CoMoments(List<String> columns) {
    this.columns = List.copyOf(columns);
    this.pairs = new double[WIDTH * (columns.size() * (columns.size() - 1) / 2)];
    this.blocks = new double[columns.size()][Doubles.BLOCK];
    this.complete = new boolean[columns.size()];
  }

  @Override
  public void observe(Batch batch) {
    for (int first = 0; first < batch.rows(); first += Doubles.BLOCK) {
      int count = Math.min(Doubles.BLOCK, batch.rows() - first);
      for (int i = 0; i < blocks.length; i++) {
        complete[i] = load(batch.column(columns.get(i)), first, count, blocks[i]);
      }
      int at = 0;
      for (int i = 0; i < blocks.length; i++) {
        for (int j = i + 1; j < blocks.length; j++) {
          observe(blocks[i], blocks[j], count, complete[i] && complete[j]);
          join(at, joined, 0);
          at += WIDTH;
        }
      }
    }
  }

  /** Loads a block, NaN where a value is missing, and says whether none is. */
  private static boolean load(FieldVector vector, int first, int count, double[] block) {
    Doubles.load(vector, first, count, block);
    long any = 0;
    for (int start = 0; start < count; start += 64) {
      long missing = Missing.word(vector, (first + start) >>> 6);
      any |= missing;
      for (; missing != 0; missing &= missing - 1) {
        block[start + Long.numberOfTrailingZeros(missing)] = Double.NaN;
      }
    }
    boolean infinite = false;
    for (int i = 0; i < count; i++) {
      infinite |= Double.isInfinite(block[i]);
    }
    if (infinite) {
      Doubles.refuseInfinity(vector);
    }
    return any == 0;
  }

  private void observe(double[] x, double[] y, int count, boolean all) {
    double sumX = 0;
    double sumY = 0;
    int both = 0;
    for (int i = 0; i < count; i++) {
      // A sum is NaN when either value is.
      if (all || !Double.isNaN(x[i] + y[i])) {
        sumX += x[i];
        sumY += y[i];
        both++;
      }
    }
    Arrays.fill(joined, 0);
    if (both == 0) {
      return;
    }
    double meanX = sumX / both;
    double meanY = sumY / both;
    double xx = 0;
    double yy = 0;
    double xy = 0;
    for (int i = 0; i < count; i++) {
      double dx = x[i] - meanX;
      double dy = y[i] - meanY;
      if (all || !Double.isNaN(dx + dy)) {
        xx += dx * dx;
        yy += dy * dy;
        xy += dx * dy;
      }
    }
    joined[0] = both;
    joined[1] = meanX;
    joined[2] = meanY;
    joined[3] = xx;
    joined[4] = yy;
    joined[5] = xy;
  }

  private void join(int at, double[] more, int from) {
    double count = pairs[at];
    double others = more[from];
    if (others == 0) {
      return;
    }
    double total = count + others;
    double stepX = more[from + 1] - pairs[at + 1];
    double stepY = more[from + 2] - pairs[at + 2];
    double share = others / total;
    pairs[at] = total;
    pairs[at + 1] += stepX * share;
    pairs[at + 2] += stepY * share;
    pairs[at + 3] += more[from + 3] + stepX * stepX * share * count;
    pairs[at + 4] += more[from + 4] + stepY * stepY * share * count;
    pairs[at + 5] += more[from + 5] + stepX * stepY * share * count;
  }

  @Override
  public void merge(CoMoments later) {
    for (int at = 0; at < pairs.length; at += WIDTH) {
      join(at, later.pairs, at);
    }
  }

  @Override
  public void write(StateWriter out) {
    out.doubles(pairs);
  }

  @Override
  public void read(StateReader in) {
    System.arraycopy(in.doubles(), 0, pairs, 0, pairs.length);
  }

  /** The correlation of two columns, the first before the second; 0 when one does not vary. */
  double correlation(int first, int second) {
    int before = first * (2 * columns.size() - first - 1) / 2;
    int at = WIDTH * (before + second - first - 1);
    double product = Math.sqrt(pairs[at + 3]) * Math.sqrt(pairs[at + 4]);
    return product > 0 ? pairs[at + 5] / product : 0;
  }
}
