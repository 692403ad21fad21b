package dev.baton.operators.combine;

import dev.baton.engine.batch.Validity;
import dev.baton.engine.operator.StateWriter;
import java.util.Arrays;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.types.pojo.Field;

/** The statistics of each row of a batch, as far as they are wanted. */
final class Results {
  /** Whether sum, mean or std is wanted. */
  final boolean wantsSums;

  final boolean wantsExtremes;
  final boolean wantsDeviation;
  private final List<Statistic> statistics;
  private final int minValues;
  long[] counts = new long[0];
  double[] sums = new double[0];
  double[] lows = new double[0];
  double[] highs = new double[0];
  double[] deviations = new double[0];
  private long[] words = new long[0];
  private boolean[] has = new boolean[0];

  /**
   * @param minValues with fewer values a result is null
   */
  Results(List<Statistic> statistics, int minValues) {
    this.statistics = statistics;
    this.minValues = minValues;
    this.wantsDeviation = statistics.contains(Statistic.STD);
    this.wantsExtremes = statistics.contains(Statistic.MIN) || statistics.contains(Statistic.MAX);
    this.wantsSums =
        wantsDeviation || statistics.contains(Statistic.SUM) || statistics.contains(Statistic.MEAN);
  }

  void reserve(int rows) {
    if (rows > counts.length) {
      counts = new long[rows];
      sums = new double[rows];
      lows = new double[rows];
      highs = new double[rows];
      deviations = new double[rows];
      words = new long[rows];
      has = new boolean[rows];
    }
  }

  /** Adds a column for each statistic, in their order, named by {@code outputs}. */
  void addTo(List<FieldVector> made, List<Field> outputs, int rows, BufferAllocator allocator) {
    for (int i = 0; i < outputs.size(); i++) {
      workOut(statistics.get(i), rows);
      made.add(Outputs.words(outputs.get(i), words, has, rows, allocator));
    }
  }

  /** Writes for each statistic the words of all rows and a bit for each that is there. */
  void write(StateWriter out, int rows) {
    for (Statistic statistic : statistics) {
      workOut(statistic, rows);
      long[] valid = new long[Validity.words(rows)];
      for (int row = 0; row < rows; row++) {
        valid[row >>> 6] |= (has[row] ? 1L : 0L) << row;
      }
      out.longs(Arrays.copyOf(words, rows));
      out.longs(valid);
    }
  }

  private void workOut(Statistic statistic, int rows) {
    int least =
        switch (statistic) {
          case COUNT -> minValues;
          case STD -> Math.max(2, minValues);
          default -> Math.max(1, minValues);
        };
    for (int row = 0; row < rows; row++) {
      has[row] = counts[row] >= least;
      words[row] = has[row] ? word(statistic, row) : 0;
    }
  }

  private long word(Statistic statistic, int row) {
    return switch (statistic) {
      case COUNT -> counts[row];
      case SUM -> Double.doubleToRawLongBits(sums[row]);
      case MEAN -> Double.doubleToRawLongBits(sums[row] / counts[row]);
      case MIN -> Double.doubleToRawLongBits(lows[row]);
      case MAX -> Double.doubleToRawLongBits(highs[row]);
      case STD -> Double.doubleToRawLongBits(deviations[row]);
    };
  }
}
