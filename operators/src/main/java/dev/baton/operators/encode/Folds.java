package dev.baton.operators.encode;

import dev.baton.engine.operator.StateReader;
import dev.baton.engine.operator.StateWriter;
import java.util.Arrays;
import java.util.List;

/**
 * Deals the rows of all splits to folds in turn, so that the fold of a row depends on its number
 * alone: a split counts from fold 0, and is turned to its place when it is merged.
 */
final class Folds {
  private final int count;
  private int[] starts = new int[0];
  private long rows;

  Folds(int count) {
    this.count = count;
  }

  int count() {
    return count;
  }

  /** The fold of the next row. */
  int next() {
    return (int) (rows % count);
  }

  /** Goes past so many rows. */
  void pass(int more) {
    rows += more;
  }

  /** Appends the rows of a split, and gives by how many folds they are turned. */
  int merge(Folds later) {
    int shift = next();
    starts = Arrays.copyOf(starts, starts.length + 1);
    starts[starts.length - 1] = shift;
    rows += later.rows;
    return shift;
  }

  void write(StateWriter out) {
    out.longs(rows);
    out.longs(Arrays.stream(starts).asLongStream().toArray());
  }

  void read(StateReader in) {
    rows = in.longs()[0];
    starts = Arrays.stream(in.longs()).mapToInt(start -> (int) start).toArray();
  }

  /** The fold of the first row of each split. */
  List<Integer> starts() {
    return Arrays.stream(starts).boxed().toList();
  }
}
