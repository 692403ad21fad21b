package dev.baton.operators.combine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ExactSumTest {
  @Test
  void isTheSumOfAllValuesRoundedOnceHoweverTheyComeAndGo() {
    SplittableRandom random = new SplittableRandom(1);
    for (int trial = 0; trial < 300; trial++) {
      ExactSum sum = new ExactSum();
      ExactSum second = new ExactSum();
      List<Double> values = new ArrayList<>();
      int spread = trial % 3 == 0 ? 2000 : trial % 3 == 1 ? 100 : 4;
      for (int i = 0; i < 60; i++) {
        double value = Math.scalb(random.nextDouble() - 0.5, random.nextInt(spread) - spread / 2);
        values.add(value);
        (i % 2 == 0 ? sum : second).add(value);
        if (i > 20) {
          sum.remove(values.remove(0));
          sum.add(second);
          second = new ExactSum();
          assertEquals(Oracle.sum(values), sum.value());
        }
      }
    }
  }

  @Test
  void roundsHalvesToEven() {
    ExactSum sum = new ExactSum();
    sum.add(1);
    sum.add(0x1p-53);
    assertEquals(1.0, sum.value());
    sum.add(0x1p-200);
    assertEquals(Math.nextUp(1.0), sum.value());
    sum.remove(0x1p-199);
    assertEquals(1.0, sum.value());
  }

  @Test
  void isReadBackAsItWasWritten() {
    ExactSum sum = new ExactSum();
    sum.add(1e-300);
    sum.add(1e300);
    sum.add(Double.MAX_VALUE);
    LongList written = new LongList();
    sum.write(written);
    ExactSum read = new ExactSum();
    assertEquals(written.size(), read.read(written, 0));
    read.remove(Double.MAX_VALUE);
    read.remove(1e300);
    assertEquals(1e-300, read.value());
  }
}
