package dev.baton.engine.internal.plan;

import dev.baton.engine.operator.BoundEstimator;
import dev.baton.engine.operator.BoundTransform;
import java.util.Set;

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

  /** An estimator fitted in the pass. */
  record Observing(Stage stage, BoundEstimator<?> bound) implements Step {
    @Override
    public Set<String> reads() {
      return bound.reads();
    }
  }
}
