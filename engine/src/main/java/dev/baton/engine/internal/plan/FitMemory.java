package dev.baton.engine.internal.plan;

import dev.baton.engine.Engine;
import dev.baton.engine.FittedPipeline;
import dev.baton.engine.FittedStage;
import dev.baton.engine.Pipeline;
import dev.baton.engine.PipelineException;
import dev.baton.engine.TrainingRound;
import dev.baton.engine.batch.Types;
import dev.baton.engine.operator.Estimator;
import dev.baton.engine.operator.Operator;
import dev.baton.engine.operator.SavedState;
import dev.baton.engine.source.Conforming;
import dev.baton.engine.source.Source;
import dev.baton.engine.spec.RecordText;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;

/**
 * What the estimators of a fit remember: from an earlier fit, if it goes on from one, and for the
 * fitted pipeline it makes.
 *
 * <p>When a fit goes on, each estimator's state starts as it was saved, and the new rows reach it
 * through the stages before it as they are fitted <em>now</em>. So it is what fitting all rows at
 * once would give, unless a stage before it has changed by what it learned since: then the earlier
 * rows were seen as that stage was before, and the stage gets a caveat that says so.
 */
class FitMemory {
  /** Remembers nothing. */
  static final FitMemory NONE =
      new FitMemory(null, null) {
        @Override
        void keep(Pass pass, List<OrderedMerge> merges, long rows) {}
      };

  private final FittedPipeline earlier;
  private final Schema schema;
  private final Map<Integer, SavedState> states = new HashMap<>();
  private final Map<Integer, List<Field>> observed = new HashMap<>();
  private final Map<Integer, Map<String, Stage>> through = new HashMap<>();
  private long rows;

  /**
   * Memory for one fit.
   *
   * @param earlier what to go on from, or null
   * @param schema the columns of the source
   */
  FitMemory(FittedPipeline earlier, Schema schema) {
    this.earlier = earlier;
    this.schema = schema;
  }

  /**
   * Makes the new states of a pass what they were when the earlier fit ended.
   *
   * @return the stages that looked through fills but cannot go on, since the earlier fit found one
   *     of the columns without any value: they are to be fitted in a later pass
   */
  Set<Stage> recall(Pass pass, List<OrderedMerge> merges) {
    Set<Stage> later = new HashSet<>();
    if (earlier == null) {
      return later;
    }
    for (int i = 0; i < merges.size(); i++) {
      Step.Observing step = pass.observing().get(i);
      FittedStage stage = earlier.stages().get(step.stage().number() - 1);
      // What learns in every run has no past.
      if (stage.applied() instanceof Estimator<?>) {
        continue;
      }
      if (stage.state() == null) {
        throw failure(step, "cannot go on: the pipeline was saved for serving, without states");
      }
      if (!names(stage.observed()).equals(names(step.observed()))) {
        if (!step.through().isEmpty()) {
          later.add(step.stage());
          continue;
        }
        throw failure(
            step,
            String.format(
                "cannot go on: it was fitted on columns %s and would now be on %s, since a stage"
                    + " before it has learned of others; name columns outright, or fit all data"
                    + " afresh",
                names(stage.observed()), names(step.observed())));
      }
      try {
        merges.get(i).goOnFrom(stage.state());
      } catch (IllegalArgumentException e) {
        throw step.stage().failed(null, e);
      }
    }
    return later;
  }

  private static List<String> names(List<Field> fields) {
    return fields.stream().map(f -> f.getName() + " " + Types.name(f.getType())).toList();
  }

  private static PipelineException failure(Step.Observing step, String message) {
    return step.stage().failed(null, new IllegalArgumentException(message));
  }

  /** Keeps what a pass over so many rows has seen. */
  void keep(Pass pass, List<OrderedMerge> merges, long passRows) {
    for (int i = 0; i < merges.size(); i++) {
      Step.Observing step = pass.observing().get(i);
      states.put(step.stage().number(), merges.get(i).save());
      observed.put(step.stage().number(), step.observed());
      through.put(step.stage().number(), step.through());
    }
    rows = passRows;
  }

  /** The outcome of the fit, whose operators are now {@code fitted}. */
  FittedPipeline result(Pipeline pipeline, List<Operator> fitted, Clock clock) {
    List<FittedStage> stages = new ArrayList<>();
    for (int i = 0; i < fitted.size(); i++) {
      Operator applied = fitted.get(i);
      boolean learnsAnew = applied instanceof Estimator<?>;
      stages.add(
          new FittedStage(
              pipeline.operators().get(i),
              applied,
              learnsAnew ? null : states.get(i + 1),
              observed.getOrDefault(i + 1, List.of()),
              null));
    }
    Source source = pipeline.source();
    source = source instanceof Conforming conforming ? conforming.source() : source;
    List<TrainingRound> rounds = new ArrayList<>(earlier == null ? List.of() : earlier.rounds());
    rounds.add(
        new TrainingRound(
            clock.instant().truncatedTo(ChronoUnit.SECONDS),
            RecordText.of(source),
            rows,
            Engine.version()));
    return new FittedPipeline(schema, caveats(stages), source, rounds);
  }

  private List<FittedStage> caveats(List<FittedStage> stages) {
    if (earlier == null) {
      return stages;
    }
    List<Set<Integer>> lineage = Fitted.lineage(schema, stages, through);
    List<FittedStage> judged = new ArrayList<>();
    for (int i = 0; i < stages.size(); i++) {
      FittedStage stage = stages.get(i);
      String caveat = stage.isFitted() ? caveat(i, lineage.get(i), stages) : null;
      judged.add(
          new FittedStage(
              stage.written(), stage.applied(), stage.state(), stage.observed(), caveat));
    }
    return judged;
  }

  private String caveat(int at, Set<Integer> upstream, List<FittedStage> stages) {
    String changed =
        upstream.stream()
            .filter(
                number ->
                    !stages
                        .get(number - 1)
                        .applied()
                        .equals(earlier.stages().get(number - 1).applied()))
            .map(number -> Stage.of(number, stages.get(number - 1).written()))
            .map(stage -> "stage " + stage.number() + " (" + stage.name() + ")")
            .collect(Collectors.joining(" and "));
    if (changed.isEmpty()) {
      return earlier.stages().get(at).caveat();
    }
    return String.format(
        "its first %,d rows reached it through %s as before learning more",
        earlier.rows(), changed);
  }
}
