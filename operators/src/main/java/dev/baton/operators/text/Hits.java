package dev.baton.operators.text;

import java.util.Arrays;

/** The features of one text at a time with their values, in ascending order. */
final class Hits {
  private final boolean binary;
  private final boolean sublinear;

  int count;
  int[] features = new int[64];
  double[] values = new double[64];

  Hits(boolean binary, boolean sublinear) {
    this.binary = binary;
    this.sublinear = sublinear;
  }

  /** Counts and weighs the terms of a text. */
  void count(Terms terms, Features column) {
    if (terms.count > features.length) {
      features = new int[Math.max(terms.count, 2 * features.length)];
      values = new double[features.length];
    }
    int found = 0;
    for (int i = 0; i < terms.count; i++) {
      int feature = column.find(terms.address(i), terms.length(i));
      features[found] = feature;
      found += feature >= 0 ? 1 : 0;
    }
    Arrays.sort(features, 0, found);
    count = 0;
    for (int i = 0; i < found; ) {
      int feature = features[i];
      int times = 0;
      for (; i < found && features[i] == feature; i++) {
        times++;
      }
      double value = binary ? 1 : times;
      if (sublinear && value > 1) {
        // StrictMath: the same bits on every machine.
        value = 1 + StrictMath.log(value);
      }
      features[count] = feature;
      values[count++] = value * column.weight(feature);
    }
  }
}
