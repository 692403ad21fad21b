package dev.baton.operators.compose;

import dev.baton.engine.operator.Columns;
import dev.baton.engine.operator.Composite;
import dev.baton.engine.operator.Operator;
import dev.baton.engine.operator.Tolerant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * Gives groups of columns steps of their own, as scikit-learn's operator of that name.
 *
 * <p>Inside a group there are only its columns, so {@code columns: all} means all of these. A
 * column can be in several groups, each of which has its own of it. What the groups leave behind
 * comes in their order, then the columns of no group. Steps in a group can make and drop columns
 * but not rows. Each step is a stage of its own, so estimators of different groups are fitted in
 * the same pass.
 *
 * <p>Cost: none but the steps'; columns are renamed, not copied, unless they are in several groups.
 *
 * <p>Like: scikit-learn ColumnTransformer (copies columns, fits group after group; weights of
 * groups); feature-engine SklearnTransformerWrapper; Spark ML RFormula.
 *
 * @param groups in the order of their columns in the result
 * @param remainder what becomes of columns in no group: {@code drop} (the default) or {@code
 *     passthrough}
 * @param prefix whether columns are called {@code <group>__<column>} afterwards (default true); if
 *     not, two groups must not leave behind columns of one name
 */
public record ColumnTransformer(List<Group> groups, Remainder remainder, boolean prefix)
    implements Composite {

  /**
   * Steps for some columns.
   *
   * @param name for prefixes and messages
   * @param columns those it is about
   * @param steps what happens to them, in order; none passes them on
   */
  public record Group(String name, Columns columns, List<Operator> steps) {
    public Group {
      Objects.requireNonNull(columns, "columns");
      steps = List.copyOf(steps);
      if (name.isEmpty() || name.contains("__")) {
        throw new IllegalArgumentException(
            "a group must have a name without '__' but it was '" + name + "'");
      }
      if (steps.stream().anyMatch(Tolerant.class::isInstance)) {
        throw new IllegalArgumentException(
            "group '"
                + name
                + "' has a lenient step, but rows belong to all groups; put it before the"
                + " column-transformer");
      }
    }

    /** How its columns are called inside. */
    String prefix() {
      return name + "__";
    }
  }

  /** What becomes of columns in no group. */
  public enum Remainder {
    DROP,
    PASSTHROUGH
  }

  public ColumnTransformer {
    groups = List.copyOf(groups);
    Objects.requireNonNull(remainder, "remainder");
    Set<String> names = new HashSet<>();
    for (Group group : groups) {
      if (!names.add(group.name())) {
        throw new IllegalArgumentException("two groups are called '" + group.name() + "'");
      }
    }
    if (groups.isEmpty()) {
      throw new IllegalArgumentException("groups must not be empty");
    }
  }

  /** Drops columns in no group and prefixes the others. */
  public ColumnTransformer(List<Group> groups) {
    this(groups, Remainder.DROP, true);
  }

  @Override
  public List<Operator> expand() {
    List<Operator> flat = new ArrayList<>();
    List<String> names = groups.stream().map(Group::name).toList();
    flat.add(new EnterGroups(names, groups.stream().map(Group::columns).toList(), remainder));
    for (Group group : groups) {
      for (Operator step : Composite.flatten(group.steps())) {
        flat.add(InGroup.of(group.prefix(), step));
      }
    }
    flat.add(new LeaveGroups(names, prefix));
    return flat;
  }
}
