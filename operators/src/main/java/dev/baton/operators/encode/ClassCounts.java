package dev.baton.operators.encode;

import dev.baton.engine.operator.StateReader;
import dev.baton.engine.operator.StateWriter;
import dev.baton.operators.internal.KeyCounts;
import java.util.Arrays;

/** How many rows of each group have each class, by fold; only what occurs takes room. */
final class ClassCounts {
  private final int folds;
  private final KeyCounts cells = new KeyCounts();

  /** By group and fold; made when first asked for. */
  private long[][] rows;

  /** By group, fold and class; made with them. */
  private long[][][] ofClass;

  ClassCounts(int folds) {
    this.folds = folds;
  }

  /**
   * Counts rows.
   *
   * @param groups their groups
   * @param classes their classes, -1 for rows to leave out
   * @param fold the fold of the first row; rows are dealt to the folds in turn
   */
  void add(int[] groups, int[] classes, int count, int fold) {
    for (int i = 0, in = fold; i < count; i++, in = in + 1 == folds ? 0 : in + 1) {
      if (classes[i] >= 0) {
        cells.add((long) groups[i] << 32 | (long) classes[i] * folds + in);
      }
    }
  }

  /**
   * Adds what another has counted.
   *
   * @param groups the number here of each of its groups
   * @param classes the number here of each of its classes
   * @param shift the fold here of its first
   */
  void merge(ClassCounts later, int[] groups, int[] classes, int shift) {
    for (int cell = 0; cell < later.cells.keys().size(); cell++) {
      long key = later.cells.keys().value(cell);
      int group = groups[(int) (key >>> 32)];
      int of = classes[(int) key / folds];
      int fold = ((int) key % folds + shift) % folds;
      cells.add((long) group << 32 | (long) of * folds + fold, later.cells.count(cell));
    }
  }

  void write(StateWriter out) {
    cells.write(out);
  }

  void read(StateReader in) {
    cells.read(in);
  }

  /**
   * The moments, over the rows of a group, of 1 for those of a class and 0 for others; without the
   * rows of a fold, or of all folds for one that does not exist.
   */
  FoldedMoments.Sum without(int fold, int group, int of) {
    if (rows == null) {
      sum();
    }
    long count = 0;
    long ones = 0;
    for (int other = 0; group < rows.length && other < folds; other++) {
      if (other != fold) {
        count += rows[group][other];
        long[] classes = ofClass[group][other];
        ones += of < classes.length ? classes[of] : 0;
      }
    }
    double mean = (double) ones / count;
    return new FoldedMoments.Sum(count, mean, ones - ones * mean);
  }

  private void sum() {
    int groups = 0;
    for (int cell = 0; cell < cells.keys().size(); cell++) {
      groups = Math.max(groups, 1 + (int) (cells.keys().value(cell) >>> 32));
    }
    rows = new long[groups][folds];
    ofClass = new long[groups][folds][0];
    for (int cell = 0; cell < cells.keys().size(); cell++) {
      long key = cells.keys().value(cell);
      int group = (int) (key >>> 32);
      int fold = (int) key % folds;
      int of = (int) key / folds;
      long[] classes = ofClass[group][fold];
      if (of >= classes.length) {
        classes = Arrays.copyOf(classes, of + 1);
        ofClass[group][fold] = classes;
      }
      classes[of] += cells.count(cell);
      rows[group][fold] += cells.count(cell);
    }
  }
}
