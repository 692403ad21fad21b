package dev.baton.operators.combine;

import dev.baton.engine.batch.Batch;
import java.util.Arrays;
import java.util.List;
import org.apache.arrow.vector.types.pojo.Field;

/**
 * The last rows of each group, by the places where their values are: group <i>g</i> has the slots
 * from <i>g</i> times {@code size}, which it uses in turn.
 */
final class Rings {
  private final Groups groups;
  private final int size;
  private int[] next = new int[1];
  private int[] filled = new int[1];
  private int[] slots = new int[0];
  private int[] numbers;

  Rings(List<Field> by, int size) {
    this.groups = new Groups(by);
    this.size = size;
  }

  Groups groups() {
    return groups;
  }

  int size() {
    return size;
  }

  void clear() {
    groups.clear();
    Arrays.fill(next, 0);
    Arrays.fill(filled, 0);
  }

  /** Slots in use or soon to be. */
  int slotCount() {
    return groups.size() * size;
  }

  /** Finds the group of each row of a batch. */
  void number(Batch batch) {
    numbers = groups.number(batch);
    int count = groups.size();
    if ((long) count * size > Integer.MAX_VALUE / 2) {
      throw new IllegalStateException(
          String.format(
              "%d groups of %d rows each are too many to remember; use fewer rows or groups",
              count, size));
    }
    if (count > next.length) {
      next = Arrays.copyOf(next, Math.max(count, 2 * next.length));
      filled = Arrays.copyOf(filled, next.length);
    }
  }

  /** Takes the next slot of a group. */
  int advance(int group) {
    int at = next[group];
    next[group] = at + 1 == size ? 0 : at + 1;
    filled[group] = Math.min(size, filled[group] + 1);
    return group * size + at;
  }

  /**
   * The slot of each row of the batch last numbered, as its rows pass in order or backwards; valid
   * until the next call. What a slot holds before a row comes is {@code size} rows older.
   */
  int[] walk(int rows, boolean backwards) {
    if (slots.length < rows) {
      slots = new int[rows];
    }
    for (int n = 0; n < rows; n++) {
      int row = backwards ? rows - 1 - n : n;
      slots[row] = advance(numbers[row]);
    }
    return slots;
  }

  /** The group of each row of the batch last numbered. */
  int[] numbers() {
    return numbers;
  }

  /** How many slots of a group hold a row. */
  int filled(int group) {
    return filled[group];
  }

  /** The slot of the row of a group that came {@code index} rows after the oldest one held. */
  int slot(int group, int index) {
    int at = next[group] - filled[group] + index;
    return group * size + (at < 0 ? at + size : at >= size ? at - size : at);
  }
}
