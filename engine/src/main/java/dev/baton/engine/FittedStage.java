package dev.baton.engine;

import dev.baton.engine.operator.Estimator;
import dev.baton.engine.operator.Operator;
import dev.baton.engine.operator.SavedState;
import dev.baton.engine.spec.RecordText;
import java.util.List;
import java.util.Objects;
import org.apache.arrow.vector.types.pojo.Field;

/**
 * One stage of a {@link FittedPipeline}. Immutable.
 *
 * @param written the operator as it was written
 * @param applied what it does to other rows: itself, or what it was fitted to
 * @param state everything the estimator has seen, to go on from there; null when there is none
 * @param observed the columns the estimator has observed, in the order in which they reached it;
 *     empty when there are none
 * @param caveat why it is not what fitting all rows at once would have given, or null when it is
 */
public record FittedStage(
    Operator written, Operator applied, SavedState state, List<Field> observed, String caveat) {
  public FittedStage {
    Objects.requireNonNull(written, "written");
    Objects.requireNonNull(applied, "applied");
    observed = List.copyOf(observed);
  }

  /** Whether it had to see data. */
  public boolean isFitted() {
    return written instanceof Estimator<?>;
  }

  /** What it has learned, in a line for people; null when it had nothing to learn. */
  public String learned() {
    return isFitted() ? RecordText.of(applied) : null;
  }

  /** The same without its state, so that it can be used but not fitted further. */
  FittedStage withoutState() {
    return new FittedStage(written, applied, null, observed, caveat);
  }
}
