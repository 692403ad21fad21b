package dev.baton.engine.internal.plan;

import dev.baton.engine.operator.BoundTransform;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Which estimators what reaches a step depends on. Steps are added in the order of the stages. */
final class Lineage {
  private final Map<String, Set<Integer>> columns = new HashMap<>();
  private final Map<String, Set<Integer>> unfilled = new HashMap<>();
  private final Set<Integer> rows = new HashSet<>();

  /** Notes a step; returns the numbers of the estimators before it that its input depends on. */
  Set<Integer> add(Step step) {
    Set<Integer> input = new TreeSet<>(rows);
    step.reads().forEach(name -> input.addAll(reaching(step, name)));
    Set<Integer> output = new TreeSet<>(input);
    Map<String, Set<Integer>> renamed = new HashMap<>();
    if (step instanceof Step.Observing) {
      output.add(step.stage().number());
    } else {
      BoundTransform bound = ((Step.Transforming) step).bound();
      bound.renames().forEach((to, from) -> renamed.put(to, columns.getOrDefault(from, Set.of())));
    }
    Planner.fills(step).forEach(name -> unfilled.put(name, columns.getOrDefault(name, Set.of())));
    Planner.writes(step).forEach(name -> columns.put(name, output));
    columns.putAll(renamed);
    if (Planner.changesRows(step)) {
      rows.addAll(output);
    }
    return input;
  }

  private Set<Integer> reaching(Step step, String column) {
    boolean through =
        step instanceof Step.Observing observing && observing.through().containsKey(column);
    return (through ? unfilled : columns).getOrDefault(column, Set.of());
  }
}
