package dev.baton.operators.encode;

import dev.baton.engine.operator.StateReader;
import dev.baton.engine.operator.StateWriter;
import java.util.Arrays;

/**
 * The count, mean and sum of squared deviations of groups of numbers, each kept in some folds
 * apart. Numbers are added by Welford's method and sets of them by that of Chan, Golub and LeVeque.
 */
final class FoldedMoments {
  private final int folds;
  private double[] cells;

  FoldedMoments(int folds) {
    this.folds = folds;
    this.cells = new double[3 * folds];
  }

  /**
   * What was added to one group.
   *
   * @param squares the sum of squared deviations from the mean
   */
  record Sum(double count, double mean, double squares) {
    double variance() {
      return squares / count;
    }
  }

  /**
   * Adds a number.
   *
   * @param cell the group, times the number of folds, plus the fold
   */
  void add(int cell, double value) {
    int at = 3 * cell;
    if (at >= cells.length) {
      reserve(cell / folds);
    }
    double count = cells[at] + 1;
    double off = value - cells[at + 1];
    double mean = cells[at + 1] + off / count;
    cells[at] = count;
    cells[at + 1] = mean;
    cells[at + 2] += off * (value - mean);
  }

  private void reserve(int group) {
    int needed = 3 * folds * (group + 1);
    if (needed > cells.length) {
      cells = Arrays.copyOf(cells, Math.max(needed, 2 * cells.length));
    }
  }

  /** Adds a group of another, whose folds begin at {@code shift}, to a group. */
  void merge(int group, FoldedMoments later, int laterGroup, int shift) {
    reserve(group);
    if (3 * folds * laterGroup >= later.cells.length) {
      return;
    }
    for (int fold = 0; fold < folds; fold++) {
      int at = 3 * (group * folds + (fold + shift) % folds);
      int from = 3 * (laterGroup * folds + fold);
      merge(cells, at, later.cells, from);
    }
  }

  private static void merge(double[] into, int at, double[] other, int from) {
    if (other[from] == 0) {
      return;
    }
    if (into[at] == 0) {
      System.arraycopy(other, from, into, at, 3);
      return;
    }
    double count = into[at] + other[from];
    double off = other[from + 1] - into[at + 1];
    into[at + 2] += other[from + 2] + off * off * (into[at] * other[from] / count);
    into[at + 1] += off * (other[from] / count);
    into[at] = count;
  }

  /** A group without what was added to a fold; the whole group for a fold that does not exist. */
  Sum without(int fold, int group) {
    double[] sum = new double[3];
    for (int other = 0; other < folds; other++) {
      int at = 3 * (group * folds + other);
      if (other != fold && at < cells.length) {
        merge(sum, 0, cells, at);
      }
    }
    return new Sum(sum[0], sum[1], sum[2]);
  }

  void write(StateWriter out) {
    out.doubles(cells);
  }

  void read(StateReader in) {
    cells = in.doubles();
  }
}
