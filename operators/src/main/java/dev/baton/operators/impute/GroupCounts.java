package dev.baton.operators.impute;

import dev.baton.engine.batch.Memory;
import dev.baton.engine.batch.Vectors;
import dev.baton.engine.operator.StateReader;
import dev.baton.engine.operator.StateWriter;
import dev.baton.engine.operator.TypeFamily;
import dev.baton.operators.internal.Doubles;
import dev.baton.operators.internal.IntSort;
import dev.baton.operators.internal.KeyCounts;
import dev.baton.operators.internal.KeyTable;
import dev.baton.operators.internal.Keys;
import dev.baton.operators.internal.Longs;
import dev.baton.operators.internal.Missing;
import java.util.Arrays;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.types.pojo.Field;

/**
 * How often each group has each value, for its median or its most frequent value. A number is known
 * by its bits, -0.0 being 0.0.
 */
final class GroupCounts implements GroupState.Collector<GroupCounts> {
  private final TypeFamily type;
  private final boolean median;
  private final KeyTable values = new KeyTable();

  /** Keys hold the number of a group above that of a value. */
  private final KeyCounts counts = new KeyCounts();

  private final long[] block = new long[Longs.BLOCK];

  /**
   * @param median whether the median is wanted, else the most frequent value
   */
  GroupCounts(Field field, boolean median) {
    this.median = median;
    this.type = Keys.family(field);
  }

  @Override
  public void observe(FieldVector column, int first, int count, int[] groups) {
    if (type != TypeFamily.TEXT) {
      Keys.load(type, column, first, count, block);
    }
    for (int start = 0; start < count; start += 64) {
      long missing = Missing.word(column, (first + start) >>> 6);
      for (int i = start; i < Math.min(start + 64, count); i++) {
        if ((missing & 1) == 0) {
          int value = type == TypeFamily.TEXT ? text(column, first + i) : values.add(block[i]);
          counts.add((long) groups[i] << 32 | value);
        }
        missing >>>= 1;
      }
    }
  }

  private int text(FieldVector column, int row) {
    long at = Vectors.offsets(column) + 4L * row;
    int from = Memory.getInt(at);
    return values.add(Vectors.data(column) + from, Memory.getInt(at + 4) - from);
  }

  @Override
  public void merge(GroupCounts later, int[] groups) {
    int[] mine = new int[later.values.size()];
    for (int i = 0; i < mine.length; i++) {
      mine[i] = values.add(later.values, i);
    }
    KeyTable keys = later.counts.keys();
    for (int i = 0; i < keys.size(); i++) {
      long key = keys.value(i);
      counts.add((long) groups[(int) (key >>> 32)] << 32 | mine[(int) key], later.counts.count(i));
    }
  }

  @Override
  public void write(StateWriter out) {
    values.write(out);
    counts.write(out);
  }

  @Override
  public void read(StateReader in) {
    values.read(in);
    counts.read(in);
  }

  @Override
  public GroupState.Usual usual(int groups) {
    int[] order = IntSort.order(values.size(), Keys.ascending(type, values));
    int[] rank = new int[order.length];
    for (int i = 0; i < order.length; i++) {
      rank[order[i]] = i;
    }
    // The values of each group in order, and the number of each among the counts.
    int size = counts.keys().size();
    long[] places = new long[size];
    int[] sorted = IntSort.order(size, (a, b) -> Long.compare(place(rank, a), place(rank, b)));
    long[] times = new long[size];
    long[] overall = new long[order.length];
    for (int i = 0; i < size; i++) {
      places[i] = place(rank, sorted[i]);
      times[i] = counts.count(sorted[i]);
      overall[(int) places[i]] += times[i];
    }
    String[] usual = new String[groups];
    for (int from = 0, to; from < size; from = to) {
      int group = (int) (places[from] >>> 32);
      for (to = from; to < size && (int) (places[to] >>> 32) == group; ) {
        to++;
      }
      int[] ranks = new int[to - from];
      for (int i = from; i < to; i++) {
        ranks[i - from] = (int) places[i];
      }
      usual[group] = usual(order, ranks, Arrays.copyOfRange(times, from, to));
    }
    int[] all = new int[order.length];
    Arrays.setAll(all, i -> i);
    return new GroupState.Usual(usual(order, all, overall), Arrays.asList(usual));
  }

  private long place(int[] rank, int number) {
    long key = counts.keys().value(number);
    return key & 0xFFFFFFFF00000000L | rank[(int) key];
  }

  private double number(int value) {
    long bits = values.value(value);
    return type == TypeFamily.INTEGER ? bits : Double.longBitsToDouble(bits);
  }

  /** What is usual among values in ascending order, each so many times; null without any. */
  private String usual(int[] order, int[] ranks, long[] times) {
    if (ranks.length == 0) {
      return null;
    }
    if (median) {
      long count = Arrays.stream(times).sum();
      double low = number(order[ranks[at(times, (count - 1) / 2)]]);
      double high = number(order[ranks[at(times, count / 2)]]);
      return Double.toString(Doubles.middle(low, high));
    }
    int best = 0;
    for (int i = 1; i < times.length; i++) {
      best = times[i] > times[best] ? i : best;
    }
    return Keys.name(type, values, order[ranks[best]]);
  }

  private static int at(long[] times, long place) {
    int i = 0;
    for (long left = place - times[0]; left >= 0; left -= times[i]) {
      i++;
    }
    return i;
  }
}
