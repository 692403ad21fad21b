package dev.baton.operators.bin;

import dev.baton.operators.internal.Sorted;
import java.util.Arrays;

/** Clusters of numbers about their means, by the rules of scikit-learn's KMeans. */
final class Clusters {
  private static final int ROUNDS = 300;
  private static final double TOLERANCE = 1e-4;

  private final Sorted values;
  private double[] centres;

  /** Where each cluster ends among the values; they follow each other. */
  private int[] ends;

  private Clusters(Sorted values, double[] centres) {
    this.values = values;
    this.centres = centres;
    this.ends = new int[centres.length];
  }

  /**
   * The centres that Lloyd's algorithm comes to, in ascending order.
   *
   * @param centres where to begin, in ascending order
   */
  static double[] find(Sorted values, double[] centres) {
    Clusters clusters = new Clusters(values, centres);
    double enough = TOLERANCE * clusters.variance();
    for (int round = 0; round < ROUNDS; round++) {
      int[] before = clusters.ends;
      double moved = clusters.move();
      if (Arrays.equals(before, clusters.ends) || moved <= enough) {
        break;
      }
    }
    return clusters.centres;
  }

  private double variance() {
    double mean = mean(0, values.size());
    double squares = 0;
    double count = 0;
    for (int i = 0; i < values.size(); i++) {
      double distance = values.value(i) - mean;
      squares += values.weight(i) * distance * distance;
      count += values.weight(i);
    }
    return squares / count;
  }

  private double mean(int from, int to) {
    double sum = 0;
    double count = 0;
    for (int i = from; i < to; i++) {
      sum += values.weight(i) * values.value(i);
      count += values.weight(i);
    }
    return sum / count;
  }

  /** Assigns each value to the nearest centre; gives the squares of how far the centres move. */
  private double move() {
    ends = new int[centres.length];
    int at = 0;
    for (int cluster = 0; cluster < centres.length; cluster++) {
      boolean last = cluster == centres.length - 1;
      double limit = last ? 0 : (centres[cluster] + centres[cluster + 1]) / 2;
      while (at < values.size() && (last || values.value(at) <= limit)) {
        at++;
      }
      ends[cluster] = at;
    }
    double[] next = new double[centres.length];
    double moved = 0;
    boolean empty = false;
    for (int cluster = 0; cluster < next.length; cluster++) {
      int from = cluster == 0 ? 0 : ends[cluster - 1];
      empty |= from == ends[cluster];
      next[cluster] = from == ends[cluster] ? Double.NaN : mean(from, ends[cluster]);
    }
    if (empty) {
      relocate(next);
    }
    for (int cluster = 0; cluster < next.length; cluster++) {
      double step = next[cluster] - centres[cluster];
      moved += step * step;
    }
    Arrays.sort(next);
    centres = next;
    return moved;
  }

  /** An empty cluster takes the value that is farthest from its centre, out of its cluster. */
  private void relocate(double[] next) {
    boolean[] taken = new boolean[values.size()];
    for (int cluster = 0; cluster < next.length; cluster++) {
      if (Double.isNaN(next[cluster])) {
        int farthest = -1;
        int owner = -1;
        double most = -1;
        for (int other = 0, i = 0; other < ends.length; other++) {
          for (; i < ends[other]; i++) {
            double distance = Math.abs(values.value(i) - centres[other]);
            if (!taken[i] && distance > most) {
              farthest = i;
              owner = other;
              most = distance;
            }
          }
        }
        taken[farthest] = true;
        next[cluster] = values.value(farthest);
        next[owner] = meanWithout(owner, taken, next[owner]);
      }
    }
  }

  private double meanWithout(int cluster, boolean[] taken, double none) {
    double sum = 0;
    double count = 0;
    for (int i = cluster == 0 ? 0 : ends[cluster - 1]; i < ends[cluster]; i++) {
      if (!taken[i]) {
        sum += values.weight(i) * values.value(i);
        count += values.weight(i);
      }
    }
    return count == 0 ? none : sum / count;
  }
}
