package dev.baton.engine.operator;

import java.util.ArrayList;
import java.util.List;

/**
 * An operator that stands for several others in a row. Plans know only these: estimators inside
 * share passes with those outside, and each has a stage of its own.
 */
public non-sealed interface Composite extends Operator {
  /** The operators it stands for, possibly composite themselves. */
  List<Operator> expand();

  /** Operators with each composite replaced by what it stands for. */
  static List<Operator> flatten(List<Operator> operators) {
    List<Operator> flat = new ArrayList<>();
    for (Operator operator : operators) {
      if (operator instanceof Composite composite) {
        flat.addAll(flatten(composite.expand()));
      } else {
        flat.add(operator);
      }
    }
    return flat;
  }
}
