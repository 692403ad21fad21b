package dev.baton.operators.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class SelectionTest {
  @Test
  void everyPlaceHasTheValueThatSortingPutsThere() {
    SplittableRandom random = new SplittableRandom(1);
    for (int round = 0; round < 500; round++) {
      double[] values = new double[random.nextInt(1, 6_000)];
      for (int i = 0; i < values.length; i++) {
        values[i] =
            switch (random.nextInt(4)) {
              case 0 -> random.nextInt(-3, 4);
              case 1 -> -0.0;
              case 2 -> random.nextBoolean() ? Double.POSITIVE_INFINITY : -Double.MAX_VALUE;
              default -> random.nextDouble();
            };
      }
      double[] sorted = values.clone();
      Arrays.sort(sorted);
      int place = random.nextInt(values.length);
      double found = Selection.nth(values.clone(), values.length, place);
      assertEquals(Double.doubleToRawLongBits(sorted[place]), Double.doubleToRawLongBits(found));
    }
  }

  @Test
  void sortedReversedAndEqualValuesAreNoTrouble() {
    int count = 200_000;
    int middle = count / 2;
    double[] ascending = new double[count];
    double[] descending = new double[count];
    for (int i = 0; i < count; i++) {
      ascending[i] = i;
      descending[i] = count - 1 - i;
    }
    assertEquals(middle, Selection.nth(ascending, count, middle));
    assertEquals(middle, Selection.nth(descending, count, middle));
    assertEquals(0, Selection.nth(new double[count], count, 7));
  }
}
