package dev.baton.operators.impute;

import dev.baton.engine.operator.StateReader;
import dev.baton.engine.operator.StateWriter;
import dev.baton.operators.internal.Doubles;
import dev.baton.operators.internal.Missing;
import java.util.Arrays;
import org.apache.arrow.vector.FieldVector;

/** The sum of each group, with what its rounding lost (Neumaier 1974), and its count. */
final class GroupMeans implements GroupState.Collector<GroupMeans> {
  private double[] sums = new double[16];
  private double[] lost = new double[16];
  private long[] counts = new long[16];
  private final double[] block = new double[Doubles.BLOCK];

  @Override
  public void observe(FieldVector column, int first, int count, int[] groups) {
    Doubles.load(column, first, count, block);
    boolean infinite = false;
    for (int start = 0; start < count; start += 64) {
      long missing = Missing.word(column, (first + start) >>> 6);
      for (int i = start; i < Math.min(start + 64, count); i++) {
        if ((missing & 1) == 0) {
          add(groups[i], block[i], 0, 1);
          infinite |= Double.isInfinite(block[i]);
        }
        missing >>>= 1;
      }
    }
    if (infinite) {
      Doubles.refuseInfinity(column);
    }
  }

  private void add(int group, double value, double rest, long count) {
    reserve(group + 1);
    double sum = sums[group] + value;
    lost[group] +=
        rest
            + (Math.abs(sums[group]) >= Math.abs(value)
                ? sums[group] - sum + value
                : value - sum + sums[group]);
    sums[group] = sum;
    counts[group] += count;
  }

  private void reserve(int groups) {
    if (groups > sums.length) {
      int length = Math.max(groups, 2 * sums.length);
      sums = Arrays.copyOf(sums, length);
      lost = Arrays.copyOf(lost, length);
      counts = Arrays.copyOf(counts, length);
    }
  }

  @Override
  public void merge(GroupMeans later, int[] groups) {
    for (int group = 0; group < Math.min(groups.length, later.sums.length); group++) {
      add(groups[group], later.sums[group], later.lost[group], later.counts[group]);
    }
  }

  @Override
  public void write(StateWriter out) {
    out.doubles(sums);
    out.doubles(lost);
    out.longs(counts);
  }

  @Override
  public void read(StateReader in) {
    sums = in.doubles();
    lost = in.doubles();
    counts = in.longs();
  }

  @Override
  public GroupState.Usual usual(int groups) {
    reserve(groups);
    String[] means = new String[groups];
    GroupMeans all = new GroupMeans();
    for (int group = 0; group < groups; group++) {
      means[group] = mean(group);
      all.add(0, sums[group], lost[group], counts[group]);
    }
    return new GroupState.Usual(all.mean(0), Arrays.asList(means));
  }

  private String mean(int group) {
    return counts[group] == 0 ? null : Double.toString((sums[group] + lost[group]) / counts[group]);
  }
}
