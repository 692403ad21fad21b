package dev.baton.cli.predict;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.List;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LawsTest {
  private static List<Scaling> points(IntToDoubleFunction speedup, int... workers) {
    return IntStream.of(workers).mapToObj(n -> new Scaling(n, speedup.applyAsDouble(n))).toList();
  }

  @Test
  void amdahlFindsTheShareThatMadeThePoints() {
    Amdahl law = new Amdahl(0.07);
    assertEquals(1 / (0.07 + 0.93 / 8), law.speedup(8), 1e-12);
    assertEquals(0.07, Amdahl.fit(points(law::speedup, 1, 2)).serial(), 1e-12);
    assertEquals(0.07, Amdahl.fit(points(law::speedup, 1, 2, 4, 8)).serial(), 1e-12);
  }

  @Test
  void amdahlStaysWithinItsBounds() {
    assertEquals(0, Amdahl.fit(points(n -> n * 1.1, 1, 2)).serial(), "more than ideal");
    assertEquals(1, Amdahl.fit(points(n -> 0.5, 1, 2)).serial(), "slower than one");
    assertNull(Amdahl.fit(points(n -> n, 1)), "one worker tells nothing");
  }

  @Test
  void uslFindsContentionAndCoherency() {
    Usl law = new Usl(0.05, 0.002);
    Usl fitted = Usl.fit(points(law::speedup, 1, 2, 4, 8));
    assertEquals(0.05, fitted.contention(), 1e-9);
    assertEquals(0.002, fitted.coherency(), 1e-9);
    assertNull(Usl.fit(points(law::speedup, 1, 2)), "two unknowns need two points above one");
  }

  @Test
  void uslHasNoNegativeFigures() {
    Usl amdahl = Usl.fit(points(new Amdahl(0.1)::speedup, 1, 2, 4));
    assertEquals(0.1, amdahl.contention(), 1e-9);
    assertEquals(0, amdahl.coherency(), 1e-9);
    Usl better = Usl.fit(points(n -> n * 1.05, 1, 2, 4));
    assertEquals(0, better.contention());
    assertEquals(0, better.coherency());
  }
}
