package dev.baton.engine.internal.plan;

import dev.baton.engine.metrics.StageName;
import dev.baton.engine.metrics.Work;
import java.util.List;
import org.apache.arrow.vector.types.pojo.Schema;

/**
 * One pass over the source.
 *
 * @param columns the source columns it reads
 * @param steps what it does to each batch
 * @param output the schema at its end; null for a fit pass, which has no output
 */
record Pass(List<String> columns, List<Step> steps, Schema output) {
  List<Step.Observing> observing() {
    return steps.stream()
        .filter(step -> step instanceof Step.Observing)
        .map(step -> (Step.Observing) step)
        .toList();
  }

  /** Its operators, for the ledger. */
  List<StageName> stageNames() {
    return steps.stream()
        .map(
            step ->
                new StageName(
                    step.stage().number(),
                    step.stage().name(),
                    step instanceof Step.Observing ? Work.OBSERVE : Work.APPLY))
        .toList();
  }

  boolean fits() {
    return output == null;
  }

  /** How messages name a stage: "stage 3 (Clip)", or "source" for 0. */
  String stage(int number) {
    for (Step step : steps) {
      if (step.stage().number() == number) {
        return "stage " + number + " (" + step.stage().name() + ")";
      }
    }
    return number == 0 ? "source" : "stage " + number;
  }
}
