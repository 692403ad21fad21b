package dev.baton.operators.internal;

import dev.baton.engine.operator.StateReader;
import dev.baton.engine.operator.StateWriter;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * The values of one column, for quantiles: all of them up to a limit, and beyond it a sample that
 * never takes more room. Confined to one thread.
 *
 * <p>A value of level <i>h</i> stands for 2<sup><i>h</i></sup> values. When there are too many, a
 * level is sorted and every other value moves up one level, the first and the second of each pair
 * by turns, the scheme of Manku, Rajagopalan and Lindsay (1998) that KLL sketches randomise.
 * Nothing is random here, so that states merged in the same order give the same bits. One such step
 * moves the rank of a value by at most the weight of that level; {@link #doubt} adds that up.
 *
 * <p>The sketches of libraries do not do here, as {@code SketchBenchmark} shows: KLL and REQ of
 * DataSketches draw from a generator that nobody can seed, DDSketch is exact by value and puts all
 * of 1e9 to 1e9 + 0.001 in one place, and t-digest, which is closer where values are spread evenly,
 * answers with values between those of the column, cannot say how far off it may be, is further off
 * where values are whole numbers, and gives NaN, not even the same ones twice, when some are
 * infinite.
 */
public final class Values {
  private final int limit;
  private double[][] levels = {new double[0]};
  private int[] sizes = {0};
  private long items;
  private long doubt;

  /** Bit <i>h</i> tells which one of each pair of level <i>h</i> moves up the next time. */
  private long turns;

  private double least = Double.POSITIVE_INFINITY;
  private double most = Double.NEGATIVE_INFINITY;
  private Sorted sorted;

  /**
   * @param limit how many values to keep, at least 16
   */
  public Values(int limit) {
    this.limit = limit;
  }

  /** Adds values, none of them NaN. */
  public void add(double[] more, int count) {
    for (int i = 0; i < count; i++) {
      least = Math.min(least, more[i]);
      most = Math.max(most, more[i]);
    }
    append(0, more, count);
    thin();
  }

  /** Adds what another has seen. */
  public void merge(Values later) {
    least = Math.min(least, later.least);
    most = Math.max(most, later.most);
    doubt += later.doubt;
    for (int level = 0; level < later.sizes.length; level++) {
      append(level, later.levels[level], later.sizes[level]);
      thin();
    }
  }

  private void append(int level, double[] more, int count) {
    if (level == levels.length) {
      levels = Arrays.copyOf(levels, level + 1);
      sizes = Arrays.copyOf(sizes, level + 1);
      levels[level] = new double[0];
    }
    int size = sizes[level];
    if (size + count > levels[level].length) {
      levels[level] = Arrays.copyOf(levels[level], Math.max(size + count, 2 * size));
    }
    System.arraycopy(more, 0, levels[level], size, count);
    sizes[level] = size + count;
    items += count;
    sorted = null;
  }

  /** Makes room by the lowest level that has its share of the values; one always has. */
  private void thin() {
    while (items > limit) {
      int level = 0;
      while (sizes[level] < limit / levels.length) {
        level++;
      }
      int pairs = sizes[level] / 2;
      double[] values = levels[level];
      Arrays.sort(values, 0, sizes[level]);
      double[] kept = new double[pairs];
      int turn = (int) (turns >>> level) & 1;
      for (int i = 0; i < pairs; i++) {
        kept[i] = values[2 * i + turn];
      }
      turns ^= 1L << level;
      doubt += 1L << level;
      // The last one of an odd number stays.
      values[0] = values[sizes[level] - 1];
      items -= sizes[level];
      sizes[level] -= 2 * pairs;
      items += sizes[level];
      append(level + 1, kept, pairs);
    }
  }

  public void write(StateWriter out) {
    long[] numbers = new long[sizes.length + 2];
    double[] all = new double[(int) items + 2];
    numbers[0] = turns;
    numbers[1] = doubt;
    all[0] = least;
    all[1] = most;
    int at = 2;
    for (int level = 0; level < sizes.length; level++) {
      numbers[level + 2] = sizes[level];
      System.arraycopy(levels[level], 0, all, at, sizes[level]);
      at += sizes[level];
    }
    out.longs(numbers);
    out.doubles(all);
  }

  /** Takes over what {@link #write} wrote; for a new object. */
  public void read(StateReader in) {
    long[] numbers = in.longs();
    double[] all = in.doubles();
    int at = 2;
    for (int level = 0; level < numbers.length - 2; level++) {
      int size = (int) numbers[level + 2];
      append(level, Arrays.copyOfRange(all, at, at + size), size);
      at += size;
    }
    turns = numbers[0];
    doubt = numbers[1];
    least = all[0];
    most = all[1];
  }

  /**
   * In words, see {@link dev.baton.engine.operator.FitState#exactness}.
   *
   * @param columns of the same limit
   */
  public static String exactness(List<Values> columns) {
    Values widest = columns.get(0);
    double off = 0;
    for (Values column : columns) {
      widest = column.count() > widest.count() ? column : widest;
      off = Math.max(off, (double) column.doubt / Math.max(1, column.count()));
    }
    long bytes = 8L * widest.limit * columns.size();
    String most =
        String.format(
            Locale.ROOT,
            "%,d values a column (%,d %s)",
            widest.limit,
            bytes >> 20 > 0 ? bytes >> 20 : bytes >> 10,
            bytes >> 20 > 0 ? "MiB" : "KiB");
    if (widest.count() == 0) {
      return "exact up to " + most + ", a sample of that size beyond";
    }
    String seen = String.format(Locale.ROOT, "%,d", widest.count());
    return off == 0
        ? "exact: " + seen + " of up to " + most
        : String.format(
            Locale.ROOT,
            "a sample of %s from %s: ranks are off by at most %.3g %%",
            most,
            seen,
            100 * off);
  }

  /** How many values have been seen. */
  public long count() {
    long count = 0;
    for (int level = 0; level < sizes.length; level++) {
      count += (long) sizes[level] << level;
    }
    return count;
  }

  /** How far the rank of a value given by {@link #at} can be off; 0 when it is exact. */
  public long doubt() {
    return doubt;
  }

  /** The smallest value; exact. Only when there is one. */
  public double least() {
    return least;
  }

  /** The largest value; exact. Only when there is one. */
  public double most() {
    return most;
  }

  /** The value that sorting would put at {@code rank}, from 0; the first and last are exact. */
  public double at(long rank) {
    if (rank <= 0) {
      return least;
    }
    if (rank >= count() - 1) {
      return most;
    }
    if (sorted == null && levels.length == 1) {
      return Selection.nth(levels[0], sizes[0], (int) rank);
    }
    return sorted().at(rank);
  }

  /** All values in order; worth it for more than a few of {@link #at}. */
  public Sorted sorted() {
    if (sorted == null) {
      Arrays.sort(levels[0], 0, sizes[0]);
      sorted = Sorted.of(levels[0], sizes[0]);
      for (int level = 1; level < levels.length; level++) {
        Arrays.sort(levels[level], 0, sizes[level]);
        sorted = sorted.with(levels[level], sizes[level], 1L << level);
      }
    }
    return sorted;
  }

  /** The middle value, or the mean of the two middle ones; NaN when there is none. */
  public double median() {
    long count = count();
    if (count == 0) {
      return Double.NaN;
    }
    double high = at(count / 2);
    return Doubles.middle(at((count - 1) / 2), high);
  }
}
