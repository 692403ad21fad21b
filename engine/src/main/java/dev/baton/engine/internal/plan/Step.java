package dev.baton.engine.internal.plan;

import dev.baton.engine.operator.BoundEstimator;
import dev.baton.engine.operator.BoundTransform;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.arrow.vector.types.pojo.Field;

/** What a pass does to a batch, in order: transform it, or let an estimator observe it. */
sealed interface Step {
  Stage stage();

  Set<String> reads();

  /** A transform that runs in the pass. */
  record Transforming(Stage stage, BoundTransform bound) implements Step {
    @Override
    public Set<String> reads() {
      return bound.reads();
    }
  }

  /**
   * An estimator fitted in the pass.
   *
   * @param observed the columns it reads, in the order in which they reach it
   * @param through of the columns it reads, those it observes before they are filled, and the stage
   *     that fills each
   */
  record Observing(
      Stage stage, BoundEstimator<?> bound, List<Field> observed, Map<String, Stage> through)
      implements Step {
    /** The same where these columns are not filled yet, if it can look through that. */
    Observing through(Map<String, Stage> filled) {
      if (!bound.looksThroughFills()) {
        return this;
      }
      Map<String, Stage> read = new HashMap<>(filled);
      read.keySet().retainAll(bound.reads());
      return new Observing(stage, bound, observed, Map.copyOf(read));
    }

    @Override
    public Set<String> reads() {
      return bound.reads();
    }
  }
}
