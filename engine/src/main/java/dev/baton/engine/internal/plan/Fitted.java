package dev.baton.engine.internal.plan;

import dev.baton.engine.FittedPipeline;
import dev.baton.engine.FittedStage;
import dev.baton.engine.PipelineException;
import dev.baton.engine.PlanOutline;
import dev.baton.engine.operator.BindException;
import dev.baton.engine.operator.Binder;
import dev.baton.engine.operator.Columns;
import dev.baton.engine.operator.Estimator;
import dev.baton.engine.operator.Transform;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;

/** What a fitted pipeline needs planning for. */
public final class Fitted {
  private Fitted() {}

  /** The column of that name, or an error that names the nearest. */
  public static Field find(Schema schema, String name) {
    try {
      return Columns.find(schema, name);
    } catch (BindException e) {
      throw new PipelineException(e.getMessage(), e);
    }
  }

  /** The passes over data that it is applied to. */
  public static PlanOutline explain(FittedPipeline fitted) {
    return new Explanation(fitted.schema(), fitted.operators()).outline(null);
  }

  /** The columns it gives, or null when a stage must learn from the rows at hand first. */
  public static Schema output(FittedPipeline fitted) {
    Pass pass = new Planner(fitted.schema(), fitted.operators()).next();
    return pass.fits() ? null : pass.output();
  }

  /**
   * The numbers of the estimators that the input of each stage depends on, as far as all before it
   * are fitted.
   *
   * @param through by the number of a stage, what it looked through when it was fitted
   */
  static List<Set<Integer>> lineage(
      Schema source, List<FittedStage> stages, Map<Integer, Map<String, Stage>> through) {
    Lineage lineage = new Lineage();
    List<Set<Integer>> all = new ArrayList<>();
    Schema schema = source;
    for (int i = 0; i < stages.size(); i++) {
      FittedStage stage = stages.get(i);
      Step step =
          Planner.bind(Stage.of(i + 1, stage.written()), stage.written(), new Binder(schema, true));
      if (step instanceof Step.Observing observing) {
        step = observing.through(through.getOrDefault(i + 1, Map.of()));
      }
      all.add(lineage.add(step));
      if (stage.applied() instanceof Estimator<?>) {
        break;
      }
      schema = ((Transform) stage.applied()).bind(new Binder(schema, true)).output();
    }
    while (all.size() < stages.size()) {
      all.add(Set.of());
    }
    return all;
  }
}
