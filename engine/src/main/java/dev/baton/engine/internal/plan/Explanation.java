package dev.baton.engine.internal.plan;

import dev.baton.engine.PlanOutline;
import dev.baton.engine.operator.FitState;
import dev.baton.engine.operator.Operator;
import dev.baton.engine.spec.Catalogue;
import dev.baton.engine.spec.Entry;
import dev.baton.engine.spec.index.Kind;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;

/** The passes a run would make, found without reading any data. */
final class Explanation {
  private final Schema source;
  private final List<Pass> passes = new ArrayList<>();
  private final boolean complete;

  Explanation(Schema source, List<Operator> operators) {
    this.source = source;
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

  /** The same for the user, with what the source says of itself. */
  PlanOutline outline(String note) {
    Set<Integer> fitted = new HashSet<>();
    List<PlanOutline.Pass> outlined = new ArrayList<>();
    for (Pass pass : passes) {
      Lineage lineage = new Lineage();
      List<PlanOutline.Step> steps = new ArrayList<>();
      for (Step step : pass.steps()) {
        Set<Integer> after = lineage.add(step);
        // A stage fitted by an earlier pass is applied in this one.
        boolean fits = step instanceof Step.Observing && fitted.add(step.stage().number());
        steps.add(
            new PlanOutline.Step(
                step.stage().number(),
                step.stage().name(),
                fits,
                fits ? names(((Step.Observing) step).observed()) : List.of(),
                fits ? List.copyOf(after) : List.of(),
                fits ? through((Step.Observing) step) : List.of(),
                fits ? state(step.stage().name()) : null,
                fits ? exactness((Step.Observing) step) : null));
      }
      outlined.add(new PlanOutline.Pass(pass.columns(), steps));
    }
    Schema output = complete ? passes.get(passes.size() - 1).output() : null;
    return new PlanOutline(note, names(source.getFields()), outlined, output);
  }

  private static List<String> names(List<Field> fields) {
    return fields.stream().map(Field::getName).toList();
  }

  private static List<Integer> through(Step.Observing step) {
    return step.through().values().stream().map(Stage::number).distinct().sorted().toList();
  }

  private static String exactness(Step.Observing step) {
    FitState<?> empty = step.bound().newState().get();
    return empty.exactness();
  }

  /** What the Javadoc of an operator says of its state, or null. */
  private static String state(String label) {
    String simple = label.substring(label.lastIndexOf(' ') + 1);
    for (Entry entry : Catalogue.load().entries(Kind.OPERATOR)) {
      if (entry.className().endsWith("." + simple)) {
        return entry
            .doc()
            .lines()
            .filter(line -> line.startsWith("State: "))
            .map(line -> line.substring("State: ".length()))
            .findFirst()
            .orElse(null);
      }
    }
    return null;
  }
}
