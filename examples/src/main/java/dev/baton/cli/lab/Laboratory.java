package dev.baton.cli.lab;

import dev.baton.cli.compare.OtherLoad;
import dev.baton.cli.lab.Conditions.Judgement;
import dev.baton.cli.lab.Conditions.Verdict;
import java.util.List;

/** Runs experiments and judges what they find. */
public final class Laboratory {
  private Laboratory() {}

  /**
   * An experiment that was run.
   *
   * @param judgements of the checks, in their order
   */
  public record Outcome(
      Experiment experiment, Findings findings, Conditions conditions, List<Judgement> judgements) {
    long count(Verdict verdict) {
      return judgements.stream().filter(one -> one.verdict() == verdict).count();
    }
  }

  /** Runs one experiment on a machine that is looked at before and meanwhile. */
  public static Outcome run(Experiment experiment, Bench bench) throws Exception {
    double capacity = bench.cores() > 1 ? Capacity.measure(bench) : 1;
    OtherLoad load = new OtherLoad();
    Findings findings = experiment.run(bench);
    Conditions conditions = new Conditions(bench.cores(), capacity, load.cores());
    return new Outcome(
        experiment,
        findings,
        conditions,
        findings.checks().stream().map(conditions::judge).toList());
  }
}
