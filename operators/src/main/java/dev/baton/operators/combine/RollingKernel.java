package dev.baton.operators.combine;

import dev.baton.engine.operator.KernelContext;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.arrow.vector.FieldVector;

/**
 * Moves windows over the rows of each group. A ring of {@link Rings} is the window: the value that
 * a row finds in its slot is the one that leaves.
 */
final class RollingKernel extends RingKernel {
  /** Rows between two checkpoints, as a row can cost as much as its window is long. */
  private static final int STRIDE = 1024;

  private final Rolled operator;
  private final Results results;
  private final List<Window> windows = new ArrayList<>();

  /** The windows of all groups in one column. */
  private static final class Window {
    final RingColumn column;
    int[] counts = new int[1];
    ExactSum[] sums = new ExactSum[1];

    Window(RingColumn column) {
      this.column = column;
    }
  }

  RollingKernel(Carry carry, Rolled operator, KernelContext context) {
    super(carry, context);
    this.operator = operator;
    this.results = new Results(operator.statistics(), operator.minValues());
    columns.forEach(column -> windows.add(new Window(column)));
  }

  @Override
  void loaded(int group) {
    for (Window window : windows) {
      if (group >= window.counts.length) {
        window.counts = Arrays.copyOf(window.counts, 2 * group);
        window.sums = Arrays.copyOf(window.sums, 2 * group);
      }
      window.counts[group] = 0;
      window.sums[group] = new ExactSum();
      for (int slot = group * scan.size(); slot < (group + 1) * scan.size(); slot++) {
        if (window.column.has[slot]) {
          window.counts[group]++;
          window.sums[group].add(Double.longBitsToDouble(window.column.words[slot]));
        }
      }
    }
  }

  @Override
  void pass(RingColumn column, FieldVector source, int[] slots, List<FieldVector> made) {
    int rows = source.getValueCount();
    Window window = windows.get(columns.indexOf(column));
    int[] groups = rings.numbers();
    results.reserve(rows);
    for (int row = 0; row < rows; row++) {
      if (row % STRIDE == 0) {
        context.checkpoint();
      }
      int group = groups[row];
      move(window, group, slots[row], row);
      results.counts[row] = window.counts[group];
      if (results.wantsSums) {
        results.sums[row] = window.sums[group].value();
      }
      if (results.wantsExtremes || results.wantsDeviation) {
        extremes(column, group * scan.size(), row);
      }
      if (results.wantsDeviation) {
        results.deviations[row] = deviation(column, slots[row], group * scan.size(), row);
      }
    }
    results.addTo(made, operator.outputs(column.field()), rows, context.allocator());
  }

  /** Lets a row into the window of its group, and the one out whose slot it takes. */
  private void move(Window window, int group, int slot, int row) {
    RingColumn column = window.column;
    if (column.has[slot]) {
      window.counts[group]--;
      if (results.wantsSums) {
        window.sums[group].remove(Double.longBitsToDouble(column.words[slot]));
      }
    }
    column.words[slot] = column.in[row];
    column.has[slot] = column.hasIn[row];
    if (column.hasIn[row]) {
      window.counts[group]++;
      if (results.wantsSums) {
        window.sums[group].add(Double.longBitsToDouble(column.in[row]));
      }
    }
  }

  private void extremes(RingColumn column, int first, int row) {
    double low = Double.POSITIVE_INFINITY;
    double high = Double.NEGATIVE_INFINITY;
    for (int slot = first; slot < first + scan.size(); slot++) {
      if (column.has[slot]) {
        double value = Double.longBitsToDouble(column.words[slot]);
        low = Math.min(low, value);
        high = Math.max(high, value);
      }
    }
    results.lows[row] = low;
    results.highs[row] = high;
  }

  /** Squares the distances from the mean, from the oldest row to the newest. */
  private double deviation(RingColumn column, int newest, int first, int row) {
    long count = results.counts[row];
    if (results.lows[row] == results.highs[row] && Double.isFinite(results.lows[row])) {
      return 0; // which rounding of the mean might miss
    }
    double mean = results.sums[row] / count;
    double older = squares(column, newest + 1, first + scan.size(), 0, mean);
    return Math.sqrt(squares(column, first, newest + 1, older, mean) / (count - 1));
  }

  private static double squares(RingColumn column, int from, int to, double start, double mean) {
    double squares = start;
    for (int slot = from; slot < to; slot++) {
      if (column.has[slot]) {
        double distance = Double.longBitsToDouble(column.words[slot]) - mean;
        squares += distance * distance;
      }
    }
    return squares;
  }
}
