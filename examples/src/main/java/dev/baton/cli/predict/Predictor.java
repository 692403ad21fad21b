package dev.baton.cli.predict;

import dev.baton.engine.ExecutionMode;
import dev.baton.engine.RunOptions;
import dev.baton.engine.RunReport;
import dev.baton.engine.metrics.TimeLedger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Predicts from the runs with the fewest workers. What they had to do is read from their ledgers
 * and played through with more workers; what the play does not know of, such as memory that is slow
 * to arrive, is taken to cost the same part of the time as it did in those runs.
 */
public final class Predictor {
  /** As far as curves go. */
  public static final int MOST_WORKERS = 64;

  private static final int RESAMPLES = 24;
  private static final long MOST_SPLITS = 60_000;
  private static final double TAIL = 0.05;

  private final int machineCores;

  /**
   * A predictor.
   *
   * @param machineCores of the machine that was measured
   */
  public Predictor(int machineCores) {
    this.machineCores = machineCores;
  }

  /** Predicts a series; null for a mode that has one worker by nature. */
  public Prediction predict(Series series) {
    Series.Measured fewest = series.measured().get(0);
    ExecutionMode mode = fewest.mode();
    boolean processes = mode instanceof ExecutionMode.Processes;
    if (!processes && !(mode instanceof ExecutionMode.Threads)) {
      return null;
    }
    Policy policy = Policy.of(series.lock(), processes);
    SortedSet<Integer> counts = new TreeSet<>();
    for (int n = 1; n <= MOST_WORKERS; n *= 2) {
      counts.add(n);
    }
    series.measured().forEach(measured -> counts.add(measured.workers()));
    double[][] sampled = samples(fewest, policy, counts);
    List<Prediction.Point> points = new ArrayList<>();
    int i = 0;
    for (int workers : counts) {
      double[] sorted = sampled[i++];
      Arrays.sort(sorted);
      points.add(
          new Prediction.Point(workers, at(sorted, 0.5), at(sorted, TAIL), at(sorted, 1 - TAIL)));
    }
    List<Scaling> scaling = scaling(series);
    return new Prediction(
        series.name(),
        fewest.workers(),
        points,
        checks(series, points),
        Amdahl.fit(scaling),
        Usl.fit(scaling));
  }

  /** For each count the speed-ups in plays of every round, with splits drawn anew each time. */
  private double[][] samples(Series.Measured fewest, Policy policy, SortedSet<Integer> counts) {
    List<RunReport> rounds = fewest.rounds();
    TimeLedger shape = rounds.get(rounds.size() - 1).ledger();
    List<Workload> loads = Workloads.of(rounds, shape);
    long splits = loads.get(0).passes().stream().mapToLong(pass -> pass.splits().length).sum();
    int draws =
        (int) Math.max(1, Math.min(RESAMPLES, MOST_SPLITS / Math.max(1, splits)) / rounds.size());
    double[][] sampled = new double[counts.size()][rounds.size() * draws];
    Random random = new Random(1);
    for (int round = 0; round < rounds.size(); round++) {
      double wall = Workloads.seconds(rounds.get(round).wall());
      double played = play(loads.get(round), fewest.workers(), policy);
      double unknown = wall / played;
      for (int draw = 0; draw < draws; draw++) {
        // The first draw is what was measured.
        Workload load = draw == 0 ? loads.get(round) : redraw(loads.get(round), random);
        int i = 0;
        for (int workers : counts) {
          double seconds = play(load, workers, policy) * unknown;
          sampled[i++][round * draws + draw] = fewest.baseline()[round] / seconds;
        }
      }
    }
    return sampled;
  }

  private double play(Workload load, int workers, Policy policy) {
    int ring = RunOptions.defaults().withMode(ExecutionMode.threads(workers)).ringSlots();
    return Simulation.seconds(load, workers, Math.max(workers, machineCores), ring, policy);
  }

  private static Workload redraw(Workload load, Random random) {
    List<Workload.Pass> passes = new ArrayList<>();
    for (Workload.Pass pass : load.passes()) {
      double[] splits = new double[pass.splits().length];
      for (int i = 0; i < splits.length; i++) {
        splits[i] = pass.splits()[random.nextInt(splits.length)];
      }
      passes.add(
          new Workload.Pass(
              splits,
              pass.workerMerge(),
              pass.latency(),
              pass.callerMerge(),
              pass.publish(),
              pass.start(),
              pass.startOne(),
              pass.checkpoint()));
    }
    return new Workload(passes, load.outside(), load.background());
  }

  private static double at(double[] sorted, double quantile) {
    return sorted[(int) Math.round(quantile * (sorted.length - 1))];
  }

  /** Points with a core for each worker, relative to one worker. */
  private List<Scaling> scaling(Series series) {
    Series.Measured one = series.measured().get(0);
    List<Scaling> points = new ArrayList<>();
    if (one.workers() == 1) {
      for (Series.Measured measured : series.measured()) {
        if (measured.workers() <= machineCores) {
          points.add(new Scaling(measured.workers(), speedup(measured) / speedup(one)));
        }
      }
    }
    return points;
  }

  private static List<Prediction.Check> checks(Series series, List<Prediction.Point> points) {
    List<Prediction.Check> checks = new ArrayList<>();
    for (Series.Measured measured : series.measured().subList(1, series.measured().size())) {
      for (Prediction.Point point : points) {
        if (point.workers() == measured.workers()) {
          checks.add(new Prediction.Check(point.workers(), point.speedup(), speedup(measured)));
        }
      }
    }
    return checks;
  }

  /** The median of the rounds' speed-ups over the baseline. */
  private static double speedup(Series.Measured measured) {
    double[] ratios = new double[measured.rounds().size()];
    for (int i = 0; i < ratios.length; i++) {
      ratios[i] = measured.baseline()[i] / Workloads.seconds(measured.rounds().get(i).wall());
    }
    Arrays.sort(ratios);
    return at(ratios, 0.5);
  }
}
