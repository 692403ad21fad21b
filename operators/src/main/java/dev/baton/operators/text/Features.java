package dev.baton.operators.text;

import dev.baton.operators.internal.KeyTable;

/** A fitted column's terms as they are looked up. Immutable, so all workers share one. */
final class Features {
  final String name;
  private final KeyTable terms = new KeyTable();
  private final double[] weights;

  Features(Vectorizing.Column column) {
    name = column.name();
    column.terms().forEach(terms::add);
    weights = column.weights().stream().mapToDouble(weight -> weight).toArray();
  }

  /** How many there are. */
  int size() {
    return terms.size();
  }

  /** The feature of a term, or -1. */
  int find(long address, int length) {
    return terms.find(address, length);
  }

  /** What the count of a feature is multiplied by. */
  double weight(int feature) {
    return weights.length == 0 ? 1 : weights[feature];
  }
}
