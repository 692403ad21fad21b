package dev.baton.engine.internal.plan;

import dev.baton.engine.PipelineException;
import dev.baton.engine.operator.BindException;
import dev.baton.engine.operator.Nature;
import dev.baton.engine.operator.Operator;
import dev.baton.engine.operator.Tolerant;
import dev.baton.engine.operator.ValueException;
import dev.baton.engine.source.OnBad;
import java.util.List;

/**
 * The place of an operator in the user's pipeline, for messages.
 *
 * @param number from 1
 * @param name of the operator the user wrote, also after it was fitted
 * @param bad what becomes of rows it cannot take
 */
record Stage(int number, String name, Nature nature, OnBad bad) {
  static Stage of(int number, Operator operator) {
    OnBad bad = operator instanceof Tolerant tolerant ? tolerant.bad() : new OnBad.Fail();
    return new Stage(number, operator.label(), operator.nature(), bad);
  }

  /** Whether one of the operators goes on without rows that it cannot take, and says which. */
  static boolean anyTolerates(List<Operator> operators) {
    return operators.stream()
        .anyMatch(o -> o instanceof Tolerant t && !(t.bad() instanceof OnBad.Fail));
  }

  /** In words. */
  String place() {
    return "stage " + number + " (" + name + ")";
  }

  PipelineException cannotBind(BindException e) {
    return PipelineException.inStage(number, name, null, null, -1, e.getMessage(), e);
  }

  /** Gives a failure of this stage its place; {@code batch} is null outside batches. */
  PipelineException failed(String batch, Throwable e) {
    if (e instanceof PipelineException placed) {
      return placed;
    }
    if (e instanceof ValueException value) {
      return PipelineException.inStage(
          number, name, value.column(), batch, value.row(), value.getMessage(), e);
    }
    return PipelineException.inStage(number, name, null, batch, -1, Failures.describe(e), e);
  }
}
