package dev.baton.cli.predict;

import static dev.baton.cli.predict.MeasuredRun.SOURCE;
import static dev.baton.cli.predict.MeasuredRun.computes;
import static dev.baton.cli.predict.MeasuredRun.engine;
import static dev.baton.cli.predict.MeasuredRun.report;
import static dev.baton.cli.predict.MeasuredRun.worker;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.baton.engine.ExecutionMode;
import dev.baton.engine.RunReport;
import dev.baton.engine.lock.LockPolicy;
import dev.baton.engine.metrics.TimeLedger.Role;
import dev.baton.engine.metrics.Work;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class PredictorTest {
  private static final int SPLITS = 640;
  private static final LockPolicy NONE = new LockPolicy.None();

  /** Ten seconds outside of passes and 90 for the splits, in so many seconds in all. */
  private static RunReport tenSerial(ExecutionMode mode, double wall) {
    return report(
        mode,
        wall,
        100,
        0,
        worker(Role.CALLER, List.of(computes(engine(Work.ENGINE), 0, 10))),
        worker(Role.THREAD, List.of(), computes(SOURCE, SPLITS, 90)));
  }

  private static Series.Measured threads(int workers, double... walls) {
    ExecutionMode mode = ExecutionMode.threads(workers);
    double[] baseline = new double[walls.length];
    Arrays.fill(baseline, 100);
    return new Series.Measured(
        mode, baseline, Arrays.stream(walls).mapToObj(wall -> tenSerial(mode, wall)).toList());
  }

  private static Prediction predict(int cores, LockPolicy lock, Series.Measured... measured) {
    return new Predictor(cores).predict(new Series("threads", lock, List.of(measured)));
  }

  @Test
  void itGivesWhatWasMeasuredAndAmdahlBeyond() {
    Prediction prediction = predict(2, NONE, threads(1, 100));
    assertEquals(1, prediction.from());
    assertEquals(List.of(1, 2, 4, 8, 16, 32, 64), counts(prediction));
    for (Prediction.Point point : prediction.points()) {
      double amdahl = 100 / (10 + 90.0 / point.workers());
      assertEquals(amdahl, point.speedup(), 0.01 * amdahl, point.toString());
      assertTrue(
          point.low() <= point.speedup() && point.speedup() <= point.high(), point.toString());
    }
    assertEquals(List.of(), prediction.checks());
    assertNull(prediction.amdahl(), "one worker fits no law");
  }

  @Test
  void whatThePlayDoesNotKnowCostsTheSamePart() {
    Prediction slow = predict(2, NONE, threads(1, 125));
    assertEquals(0.8, slow.speedup(1), 1e-9);
    assertEquals(0.8 * 100 / 55, slow.speedup(2), 0.02);
  }

  @Test
  void itIsCheckedWhereMoreWorkersWereMeasured() {
    Prediction prediction = predict(2, NONE, threads(1, 100, 100, 100), threads(2, 60, 61, 50));
    Prediction.Check check = prediction.checks().get(0);
    assertEquals(1, prediction.checks().size());
    assertEquals(2, check.workers());
    assertEquals(100.0 / 60, check.measured(), 1e-9, "the median of the rounds");
    assertEquals(60 / 55.0 - 1, check.error(), 0.01);
    // 2 / (100 / 60) - 1 = 0.2 of the time is serial.
    assertNotNull(prediction.amdahl());
    assertNull(prediction.usl(), "two points fit no law of two parameters");
  }

  @Test
  void roundsThatDifferWidenTheBand() {
    Prediction.Point steady = predict(2, NONE, threads(1, 100, 100, 100)).points().get(2);
    Prediction.Point unsteady = predict(2, NONE, threads(1, 90, 100, 110)).points().get(2);
    double band = unsteady.high() - unsteady.low();
    assertTrue(band > 4 * (steady.high() - steady.low()), steady + " and " + unsteady);
    assertEquals(steady.speedup() / 0.9, unsteady.high(), 0.05);
    assertEquals(steady.speedup() / 1.1, unsteady.low(), 0.05);
  }

  @Test
  void underAGlobalLockMoreThreadsBringNothing() {
    Prediction prediction = predict(2, new LockPolicy.Global(), threads(1, 100));
    for (Prediction.Point point : prediction.points()) {
      assertTrue(point.speedup() < 1.0001, point.toString());
      assertTrue(point.speedup() > 0.95, point.toString());
    }
  }

  @Test
  void inlineHasOneWorkerByNature() {
    ExecutionMode mode = ExecutionMode.inline();
    Series series =
        new Series(
            "inline",
            NONE,
            List.of(new Series.Measured(mode, new double[] {100}, List.of(tenSerial(mode, 100)))));
    assertNull(new Predictor(2).predict(series));
  }

  private static List<Integer> counts(Prediction prediction) {
    return prediction.points().stream().map(Prediction.Point::workers).toList();
  }
}
