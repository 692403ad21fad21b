package dev.baton.engine.internal.plan;

import dev.baton.engine.operator.BindException;
import dev.baton.engine.operator.Binder;
import dev.baton.engine.operator.BoundEstimator;
import dev.baton.engine.operator.BoundTransform;
import dev.baton.engine.operator.Estimator;
import dev.baton.engine.operator.Operator;
import dev.baton.engine.operator.Transform;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;

/**
 * Decides what each pass over the source does. A pass fits every estimator whose input columns do
 * not depend on an estimator still to be fitted, so independent estimators share a pass; when none
 * is left, the last pass transforms.
 *
 * <p>While planning a fit pass, a column is <em>pending</em> when its values are not known in this
 * pass because an unfitted estimator changes it. Transforms that read pending columns are left out
 * of the pass and make what they write pending too. A column is <em>filled</em> when it is pending
 * only in what will stand where it is missing, which some estimators can look through.
 */
final class Planner {
  private final Schema source;
  private final List<Stage> stages = new ArrayList<>();
  private final List<Operator> given;
  private final List<Operator> operators;
  private final Set<Stage> assumedFitted = new HashSet<>();

  Planner(Schema source, List<Operator> operators) {
    this.source = source;
    this.given = List.copyOf(operators);
    this.operators = new ArrayList<>(operators);
    for (int i = 0; i < operators.size(); i++) {
      stages.add(Stage.of(i + 1, operators.get(i)));
    }
  }

  /** Replaces an estimator by what it was fitted to. */
  void fitted(Stage stage, Transform transform) {
    operators.set(stage.number() - 1, transform);
  }

  /** Takes over what an earlier run has fitted of the same operators. */
  void restore(List<Operator> fitted) {
    for (int i = 0; i < fitted.size(); i++) {
      operators.set(i, fitted.get(i));
    }
  }

  /** Plans from now on as if this estimator were fitted, to explain passes before any is run. */
  void assumeFitted(Stage stage) {
    assumedFitted.add(stage);
  }

  /** The operators, those fitted so far replaced by their transforms. */
  List<Operator> operators() {
    return operators;
  }

  /** The operators as they transform other rows, when all are fitted. */
  List<Operator> forOtherRows() {
    List<Operator> kept = new ArrayList<>();
    for (int i = 0; i < operators.size(); i++) {
      Operator fitted = operators.get(i);
      kept.add(
          given.get(i) instanceof Estimator<?> estimator
              ? estimator.forOtherRows((Transform) fitted)
              : fitted);
    }
    return kept;
  }

  boolean allFitted() {
    for (int i = 0; i < operators.size(); i++) {
      if (isUnfitted(i)) {
        return false;
      }
    }
    return true;
  }

  private boolean isUnfitted(int i) {
    return operators.get(i) instanceof Estimator<?> && !assumedFitted.contains(stages.get(i));
  }

  /** The next pass: a fit pass while an estimator is unfitted, then the last. */
  Pass next() {
    List<Step> steps = new ArrayList<>();
    Set<String> pending = new HashSet<>();
    Map<String, Stage> filled = new HashMap<>();
    Schema schema = source;
    boolean schemaKnown = true;
    boolean rowsPending = false;
    boolean deferred = false;
    for (int i = 0; i < operators.size(); i++) {
      Stage stage = stages.get(i);
      Binder binder = new Binder(schema, schemaKnown);
      Step step;
      try {
        step = bind(stage, operators.get(i), binder);
      } catch (Binder.NotYetKnownException e) {
        deferred = true; // this and all later stages wait for the fit that decides the columns
        break;
      } catch (BindException e) {
        throw stage.cannotBind(e);
      } catch (IllegalArgumentException e) {
        throw stage.failed(null, e);
      }
      Set<String> awaited = new HashSet<>(step.reads());
      if (isUnfitted(i)) {
        Step.Observing observing = ((Step.Observing) step).through(filled);
        awaited.removeAll(observing.through().keySet());
        step = observing;
      }
      boolean ready = !rowsPending && Collections.disjoint(awaited, pending);
      if (ready) {
        steps.add(step);
      }
      filled.keySet().removeAll(writes(step));
      if (ready && !isUnfitted(i)) {
        Set<String> stillPending = renamed(step, pending, true);
        pending.removeAll(writes(step));
        pending.addAll(stillPending);
      } else {
        pending.addAll(writes(step));
        rowsPending |= changesRows(step);
        if (ready) {
          fills(step).forEach(name -> filled.put(name, stage));
        }
      }
      schema = output(step);
      schemaKnown = binder.outputKnown();
    }
    return allFitted() && !deferred ? lastPass(steps, schema) : fitPass(steps);
  }

  static Step bind(Stage stage, Operator operator, Binder binder) {
    if (operator instanceof Transform transform) {
      return new Step.Transforming(stage, transform.bind(binder));
    }
    BoundEstimator<?> bound = ((Estimator<?>) operator).bind(binder);
    List<Field> observed =
        binder.input().getFields().stream()
            .filter(f -> bound.reads().contains(f.getName()))
            .toList();
    return new Step.Observing(stage, bound, observed, Map.of());
  }

  private Pass lastPass(List<Step> steps, Schema output) {
    Set<String> needed = new HashSet<>();
    output.getFields().forEach(field -> needed.add(field.getName()));
    for (int i = steps.size() - 1; i >= 0; i--) {
      need(steps.get(i), needed);
    }
    return new Pass(sourceColumns(needed), List.copyOf(steps), output);
  }

  /** Keeps only what leads to an observation: its columns, the steps that make them, the rows. */
  private Pass fitPass(List<Step> steps) {
    List<Step> kept = new ArrayList<>();
    Set<String> needed = new HashSet<>();
    for (int i = steps.size() - 1; i >= 0; i--) {
      Step step = steps.get(i);
      if (step instanceof Step.Observing && !assumedFitted.contains(step.stage())) {
        kept.add(step);
        needed.addAll(step.reads());
      } else if (!kept.isEmpty()
          && (changesRows(step) || !Collections.disjoint(writes(step), needed))) {
        kept.add(step);
        need(step, needed);
      }
    }
    Collections.reverse(kept);
    return new Pass(sourceColumns(needed), kept, null);
  }

  /** Turns the columns needed after a step into those needed before it. */
  private static void need(Step step, Set<String> needed) {
    Set<String> old = renamed(step, needed, false);
    needed.removeAll(writes(step));
    needed.addAll(step.reads());
    needed.addAll(old);
  }

  /** The new names of columns known by their old ones ({@code forward}), or the other way round. */
  private static Set<String> renamed(Step step, Set<String> names, boolean forward) {
    Set<String> renamed = new HashSet<>();
    if (step instanceof Step.Transforming t) {
      t.bound()
          .renames()
          .forEach(
              (to, from) -> {
                if (names.contains(forward ? from : to)) {
                  renamed.add(forward ? to : from);
                }
              });
    }
    return renamed;
  }

  private List<String> sourceColumns(Set<String> needed) {
    return source.getFields().stream().map(Field::getName).filter(needed::contains).toList();
  }

  static Set<String> writes(Step step) {
    return step instanceof Step.Transforming t
        ? t.bound().writes()
        : ((Step.Observing) step).bound().writes();
  }

  /** The columns that a step, once fitted, only fills. */
  static Set<String> fills(Step step) {
    return step instanceof Step.Observing observing ? observing.bound().fills() : Set.of();
  }

  static boolean changesRows(Step step) {
    return step instanceof Step.Transforming t
        ? t.bound().changesRows()
        : ((Step.Observing) step).bound().changesRows();
  }

  private static Schema output(Step step) {
    if (step instanceof Step.Transforming t) {
      BoundTransform bound = t.bound();
      return bound.output();
    }
    BoundEstimator<?> bound = ((Step.Observing) step).bound();
    return bound.output();
  }
}
