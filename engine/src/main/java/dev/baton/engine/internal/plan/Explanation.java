package dev.baton.engine.internal.plan;

import dev.baton.engine.batch.Types;
import dev.baton.engine.operator.Operator;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;

/** The passes a run would make, found without reading any data. */
final class Explanation {
  private final List<Pass> passes = new ArrayList<>();
  private final boolean complete;

  Explanation(Schema source, List<Operator> operators) {
    Planner planner = new Planner(source, operators);
    Pass pass = planner.next();
    while (pass.fits() && !pass.observing().isEmpty()) {
      passes.add(pass);
      pass.observing().forEach(step -> planner.assumeFitted(step.stage()));
      pass = planner.next();
    }
    passes.add(pass);
    // Later stages may depend on columns that only the data can tell.
    complete = !pass.fits();
  }

  /** Fit passes in order, then the last one as far as it is known. */
  List<Pass> passes() {
    return passes;
  }

  /** Whether the last pass is known entirely. */
  boolean complete() {
    return complete;
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < passes.size(); i++) {
      Pass pass = passes.get(i);
      boolean isLast = i == passes.size() - 1;
      text.append(isLast ? "last pass" : "fit pass " + (i + 1)).append('\n');
      text.append("  reads ").append(String.join(", ", pass.columns())).append('\n');
      for (Step step : pass.steps()) {
        boolean fits = !isLast && step instanceof Step.Observing;
        text.append(fits ? "  fit   " : "  apply ");
        text.append(step.stage().number()).append(' ').append(step.stage().name()).append('\n');
      }
      if (isLast) {
        appendOutput(text, pass);
      }
    }
    return text.toString();
  }

  private void appendOutput(StringBuilder text, Pass pass) {
    if (!complete) {
      text.append("  the rest depends on the data\n");
      return;
    }
    text.append("  gives\n");
    for (Field field : pass.output().getFields()) {
      text.append("    ").append(field.getName()).append(' ');
      text.append(Types.name(field.getType())).append('\n');
    }
  }
}
