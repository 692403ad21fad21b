package dev.baton.operators.rows;

import dev.baton.engine.operator.BindException;
import dev.baton.engine.operator.Binder;
import dev.baton.engine.operator.BoundTransform;
import dev.baton.engine.operator.Estimator;
import dev.baton.engine.operator.Nature;
import dev.baton.engine.operator.Operator;
import dev.baton.engine.operator.Tolerant;
import dev.baton.engine.operator.Transform;
import dev.baton.engine.source.OnBad;
import java.util.Objects;

/**
 * Another step that does not fail the run at a row that it cannot take, such as a cast of text that
 * is no number: the row is left out, or the value is made null, and counted. The same rows are
 * refused in every pass and mode.
 *
 * <p>A row is counted once by {@code skip} and {@code reject}, with the first value that is found
 * to be refused. {@code make-null} makes the refused value null before the step, which fails the
 * run where the step names no column of its own or takes no null either. {@code most} counts rows,
 * and {@code most-share} is a share of the rows of the source. {@code reject} writes a CSV of where
 * the row came from (file, and line and byte or row in it), column, rule, and the row as JSON.
 *
 * <p>Only for steps that learn nothing and whose result for a row depends on that row alone;
 * estimators have parameters of their own for values they do not know, and so have steps that ask
 * the outside world. Single rows that are scored are refused as by the step itself.
 *
 * <p>Cost: that of the step; each refused row has up to 256 rows tried again.
 *
 * @param step the other step
 * @param bad what becomes of rows it cannot take: {@code fail}, {@code skip}, {@code make-null} or
 *     {@code reject}, as of rows of a source
 */
public record Lenient(Operator step, OnBad bad) implements Tolerant {
  public Lenient {
    Objects.requireNonNull(step, "step");
    Objects.requireNonNull(bad, "bad");
    if (step instanceof Estimator<?> || !(step instanceof Transform)) {
      throw new IllegalArgumentException(
          "step must be one that learns nothing but was "
              + step.label()
              + "; its own parameters say what becomes of values it does not know");
    }
  }

  private Transform transform() {
    return (Transform) step;
  }

  @Override
  public String label() {
    return step.label();
  }

  @Override
  public Nature nature() {
    return step.nature();
  }

  @Override
  public BoundTransform bind(Binder binder) {
    if (nature() == Nature.BLOCKING) {
      throw new BindException(
          "a step that asks the outside world has requests: {on-failure: …} instead");
    }
    if (bad instanceof OnBad.Skip || bad instanceof OnBad.Reject) {
      binder.changesRows();
    }
    return transform().bind(binder);
  }
}
