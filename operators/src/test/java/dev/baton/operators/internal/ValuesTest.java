package dev.baton.operators.internal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ValuesTest {
  private static final int LIMIT = 1024;

  private static double[] random(int count, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    double[] values = new double[count];
    for (int i = 0; i < count; i++) {
      values[i] = random.nextInt(4) == 0 ? random.nextInt(50) : random.nextDouble() * 1000;
    }
    return values;
  }

  private static Values of(double[] values, int from, int to) {
    Values all = new Values(LIMIT);
    for (int at = from; at < to; at += 100) {
      double[] block = Arrays.copyOfRange(values, at, Math.min(at + 100, to));
      all.add(block, block.length);
    }
    return all;
  }

  @Test
  void saysWhetherItIsExact() {
    Values none = new Values(LIMIT);
    assertEquals(
        "exact up to 1,024 values a column (16 KiB), a sample of that size beyond",
        Values.exactness(List.of(none, none)));
    Values some = of(random(700, 1), 0, 700);
    assertEquals(
        "exact: 700 of up to 1,024 values a column (16 KiB)",
        Values.exactness(List.of(none, some)));
    Values many = of(random(100_000, 1), 0, 100_000);
    double percent = 100.0 * many.doubt() / 100_000;
    assertEquals(
        "a sample of 1,024 values a column (8 KiB) from 100,000: ranks are off by at most "
            + String.format(Locale.ROOT, "%.3g %%", percent),
        Values.exactness(List.of(many)));
    assertTrue(percent > 0 && percent < 5, () -> percent + " %");
  }

  @Test
  void isExactUpToTheLimit() {
    double[] values = random(LIMIT, 1);
    Values all = of(values, 0, LIMIT);
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    assertEquals(0, all.doubt());
    for (int rank : new int[] {0, 1, 500, 511, 1022, 1023}) {
      assertEquals(sorted[rank], all.at(rank));
    }
    assertEquals((sorted[511] + sorted[512]) / 2, all.median());
    double[] again = new double[LIMIT];
    for (int i = 0; i < LIMIT; i++) {
      again[i] = all.sorted().value(i);
      assertEquals(1, all.sorted().weight(i));
    }
    assertArrayEquals(sorted, again);
  }

  @Test
  void beyondTheLimitRanksAreOffByNoMoreThanTheDoubt() {
    for (int count : new int[] {LIMIT + 1, 5_000, 100_000, 1_000_000}) {
      double[] values = random(count, count);
      if (count == 100_000) {
        Arrays.sort(values);
      }
      Values all = of(values, 0, count);
      Arrays.sort(values);
      assertEquals(count, all.count());
      assertTrue(all.sorted().size() <= LIMIT);
      assertTrue(all.doubt() > 0 && all.doubt() < 0.1 * count, () -> "doubt " + all.doubt());
      assertEquals(values[0], all.at(0));
      assertEquals(values[count - 1], all.at(count - 1));
      for (int i = 1; i < 100; i++) {
        long rank = (long) count * i / 100;
        double value = all.at(rank);
        int low = below(values, value);
        int high = below(values, Math.nextUp(value));
        assertTrue(
            low - all.doubt() <= rank && rank <= high + all.doubt(),
            () -> value + " has ranks " + low + " to " + high + ", wanted " + rank);
      }
    }
  }

  private static int below(double[] sorted, double value) {
    int low = 0;
    int high = sorted.length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (sorted[middle] < value) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  @Test
  void mergingKeepsCountsAndTheSameMergesGiveTheSame() {
    double[] values = random(50_000, 3);
    Values[] merged = new Values[2];
    for (int round = 0; round < 2; round++) {
      merged[round] = new Values(LIMIT);
      for (int from = 0; from < values.length; from += 7_000) {
        merged[round].merge(of(values, from, Math.min(from + 7_000, values.length)));
      }
    }
    Sorted first = merged[0].sorted();
    Sorted second = merged[1].sorted();
    assertEquals(values.length, merged[0].count());
    assertEquals(first.size(), second.size());
    long weight = 0;
    for (int i = 0; i < first.size(); i++) {
      assertEquals(first.value(i), second.value(i));
      weight += first.weight(i);
    }
    assertEquals(values.length, weight);
    Arrays.sort(values);
    assertEquals(values[25_000], merged[0].median(), 0.02 * 1000);
  }
}
