package dev.baton.cli.predict;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.baton.engine.lock.LockPolicy;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class SimulationTest {
  private static final Policy FREE = Policy.of(new LockPolicy.None(), false);
  private static final Policy GLOBAL = new Policy(true, 0.005, 0);

  /** {@code count} splits of that many seconds, and nothing else to do. */
  private static Workload.Pass splits(int count, double seconds) {
    return pass(count, seconds, 0, 0, 0);
  }

  private static Workload.Pass pass(
      int count, double seconds, double workerMerge, double latency, double callerMerge) {
    double[] splits = new double[count];
    Arrays.fill(splits, seconds);
    return new Workload.Pass(splits, workerMerge, latency, callerMerge, 0, 0, 0, seconds / 10);
  }

  private static double seconds(Workload.Pass pass, int workers, int cores, Policy policy) {
    Workload load = new Workload(List.of(pass), 0, 0);
    return Simulation.seconds(load, workers, cores, 8 * workers, policy);
  }

  @Test
  void equalSplitsAreSharedEvenly() {
    for (int workers : new int[] {1, 2, 4, 8, 16}) {
      assertEquals(16.0 / workers, seconds(splits(16, 1), workers, workers, FREE), 1e-6);
    }
  }

  @Test
  void theLastSplitsLeaveWorkersIdle() {
    assertEquals(6, seconds(splits(17, 1), 3, 3, FREE), 1e-6, "17 = 5 * 3 + 2");
    assertEquals(1, seconds(splits(5, 1), 64, 64, FREE), 1e-6);
  }

  @Test
  void moreWorkersThanCoresShareThem() {
    assertEquals(8, seconds(splits(16, 1), 8, 2, FREE), 1e-6);
  }

  @Test
  void whatIsOutsideOfPassesIsSerialAndPassesFollowEachOther() {
    Workload load = new Workload(List.of(splits(8, 1), splits(4, 1)), 3, 0);
    assertEquals(3 + 2 + 1, Simulation.seconds(load, 4, 4, 32, FREE), 1e-6);
  }

  @Test
  void workersAreStartedOneAfterTheOther() {
    Workload.Pass pass = new Workload.Pass(new double[] {1, 1, 1, 1}, 0, 0, 0, 0, 2, 0.5, 0.1);
    assertEquals(2 + 0.5 + 4, seconds(pass, 1, 4, FREE), 1e-6);
    assertEquals(2 + 4 * 0.5 + 1, seconds(pass, 4, 4, FREE), 1e-6);
  }

  @Test
  void theBackgroundTakesItsShareOfTheCores() {
    Workload load = new Workload(List.of(splits(20, 1)), 0, 4);
    // 24 seconds of work on two cores; on three the background has one of its own.
    assertEquals(12, Simulation.seconds(load, 2, 2, 16, FREE), 0.5);
    assertEquals(10, Simulation.seconds(load, 2, 3, 16, FREE), 1e-6);
  }

  @Test
  void theCallerLimitsWhatWorkersCanBring() {
    // It takes 0.5 s for each of 20 results, so many workers wait for it.
    double many = seconds(pass(20, 1, 0, 0, 0.5), 16, 17, FREE);
    assertEquals(20 * 0.5 + 1, many, 1e-6);
  }

  @Test
  void mergingByWorkersIsOneAtATime() {
    double many = seconds(pass(20, 1, 0.5, 0, 0), 20, 20, FREE);
    assertEquals(1 + 20 * 0.5, many, 1e-6);
  }

  @Test
  void latencyNeedsNoCore() {
    assertEquals(2 * 10, seconds(pass(10, 1, 0, 1, 0), 1, 1, FREE), 1e-6);
    // Ten workers wait at once, and only their work is shared out.
    assertEquals(10 + 1, seconds(pass(10, 1, 0, 1, 0), 10, 1, FREE), 1e-6);
  }

  @Test
  void underTheGlobalLockOneWorks() {
    for (int workers : new int[] {1, 2, 4}) {
      assertEquals(20, seconds(splits(20, 1), workers, 4, GLOBAL), 1e-6);
    }
  }

  @Test
  void switchesCostAWakeUpEach() {
    Policy slow = new Policy(true, 0.005, 0.001);
    double seconds = seconds(splits(20, 0.1), 2, 2, slow);
    // A worker keeps the lock for 5 ms and half of 10 ms to its next checkpoint, then hands over.
    double switches = 2 / 0.010;
    assertEquals(2 + switches * 0.001, seconds, 0.03);
  }

  @Test
  void aSmallRingHoldsWorkersBack() {
    // A slow first split keeps its place in the ring, so that nothing is published behind it.
    double[] splits = new double[32];
    Arrays.fill(splits, 1);
    splits[0] = 8;
    Workload load = new Workload(List.of(new Workload.Pass(splits, 0, 0, 0, 0, 0, 0, 0.1)), 0, 0);
    double small = Simulation.seconds(load, 4, 4, 4, FREE);
    double large = Simulation.seconds(load, 4, 4, 64, FREE);
    assertTrue(small > large + 1, small + " and " + large);
    assertEquals(10, large, 0.5, "39 seconds of work for four");
  }
}
