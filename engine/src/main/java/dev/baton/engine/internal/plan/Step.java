package dev.baton.engine.internal.plan;

import dev.baton.engine.operator.BoundEstimator;
import dev.baton.engine.operator.BoundTransform;
import java.util.List;
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
   */
  record Observing(Stage stage, BoundEstimator<?> bound, List<Field> observed) implements Step {
    @Override
    public Set<String> reads() {
      return bound.reads();
    }
  }
}
