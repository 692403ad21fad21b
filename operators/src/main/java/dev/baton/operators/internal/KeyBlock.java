package dev.baton.operators.internal;

import dev.baton.engine.batch.Memory;
import dev.baton.engine.batch.Validity;
import dev.baton.engine.batch.Vectors;
import dev.baton.engine.operator.TypeFamily;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VarCharVector;

/**
 * Up to {@link Longs#BLOCK} keys that are searched in a {@link KeyTable} together. In a table
 * larger than the processor's cache first all are hashed, then the slot where each belongs is
 * compared, without a branch, so that the processor waits for many slots at once; only keys that
 * are not there are searched one by one. In a small table, and where texts are long, so that each
 * is compared in more than one place anyway, one by one is faster. Confined to one thread, whose
 * own it is.
 */
public final class KeyBlock {
  /** The number of a key that the table does not have. */
  public static final int ABSENT = -1;

  private static final ThreadLocal<KeyBlock> OF_THREAD = ThreadLocal.withInitial(KeyBlock::new);

  private final long[] firsts = new long[Longs.BLOCK];
  private final long[] hashes = new long[Longs.BLOCK];
  private final int[] lengths = new int[Longs.BLOCK];
  private final int[] rows = new int[Longs.BLOCK];
  private final int[] starts = new int[Longs.BLOCK];
  private final int[] numbers = new int[Longs.BLOCK];
  private final int[] open = new int[Longs.BLOCK];
  private long data;
  private boolean isLong;
  private int size;

  private KeyBlock() {}

  /** The block of this thread; its contents are valid until somebody else loads it. */
  public static KeyBlock ofThread() {
    return OF_THREAD.get();
  }

  /**
   * Takes the values that are neither null nor NaN of {@code count} rows from {@code first}, which
   * is a multiple of 64.
   *
   * @param type as {@link Keys#family} tells
   * @param scratch gets the values as {@link Keys#load} does, but for texts
   */
  public KeyBlock load(TypeFamily type, FieldVector vector, int first, int count, long[] scratch) {
    size = 0;
    isLong = false;
    if (type == TypeFamily.TEXT) {
      loadTexts(vector, first, count);
    } else {
      Keys.load(type, vector, first, count, scratch);
      loadNumbers(vector, first, count, scratch, type == TypeFamily.FLOATING);
    }
    return this;
  }

  private void loadTexts(FieldVector vector, int first, int count) {
    data = Vectors.data(vector);
    long offsets = Vectors.offsets(vector) + 4L * first;
    long validity = Validity.address(vector);
    isLong = Memory.getInt(offsets + 4L * count) - Memory.getInt(offsets) > 8L * count;
    for (int start = 0; start < count; start += 64) {
      long valid = Validity.word(validity, (first + start) >>> 6, first + count);
      if (valid == -1) {
        for (int row = start; row < start + 64; row++) {
          loadText(row, offsets + 4L * row);
        }
      } else {
        for (; valid != 0; valid &= valid - 1) {
          int row = start + Long.numberOfTrailingZeros(valid);
          loadText(row, offsets + 4L * row);
        }
      }
    }
  }

  /** Takes {@code count} texts of a dictionary by their numbers, which are the rows then. */
  public KeyBlock load(VarCharVector texts, int[] numbers, int count) {
    size = 0;
    data = Vectors.data(texts);
    long bytes = 0;
    for (int i = 0; i < count; i++) {
      loadText(numbers[i], Vectors.offsets(texts) + 4L * numbers[i]);
      bytes += lengths[i];
    }
    isLong = bytes > 8L * count;
    return this;
  }

  /**
   * Takes {@code count} keys of another table from one on, unless one has more than eight bytes.
   */
  boolean load(KeyTable other, int first, int count) {
    size = 0;
    isLong = false;
    for (int i = 0; i < count; i++) {
      if (other.length(first + i) > 8) {
        return false;
      }
      rows[i] = i;
      starts[i] = 0;
      lengths[i] = other.length(first + i);
      firsts[i] = other.value(first + i);
    }
    size = count;
    return true;
  }

  private void loadText(int row, long offset) {
    int from = Memory.getInt(offset);
    int length = Memory.getInt(offset + 4) - from;
    int at = size++;
    rows[at] = row;
    starts[at] = from;
    lengths[at] = length;
    firsts[at] = Swar.word(data + from, length);
  }

  private void loadNumbers(
      FieldVector vector, int first, int count, long[] values, boolean floats) {
    long validity = Validity.address(vector);
    for (int start = 0; start < count; start += 64) {
      long valid = Validity.word(validity, (first + start) >>> 6, first + count);
      for (; valid != 0; valid &= valid - 1) {
        int row = start + Long.numberOfTrailingZeros(valid);
        int at = size++;
        rows[at] = row;
        lengths[at] = 8;
        firsts[at] = values[row];
        size -= floats && values[row] == Longs.NAN ? 1 : 0;
      }
    }
  }

  /** How many keys there are. */
  public int size() {
    return size;
  }

  /** The row of a key, counted from the first that was loaded. */
  public int row(int key) {
    return rows[key];
  }

  /** The number of a key in the table searched last, or {@link #ABSENT}. */
  public int number(int key) {
    return numbers[key];
  }

  /** Searches all keys in a table. */
  public KeyBlock find(KeyTable table) {
    if (isLong || table.isSmall()) {
      for (int key = 0; key < size; key++) {
        numbers[key] = table.find(firsts[key], data + starts[key], lengths[key]);
      }
      return this;
    }
    int left = probe(table);
    for (int i = 0; i < left; i++) {
      int key = open[i];
      numbers[key] = table.find(firsts[key], data + starts[key], lengths[key], hashes[key]);
    }
    return this;
  }

  /** The same, and adds those that are new in the order of their rows. */
  public KeyBlock add(KeyTable table) {
    if (isLong || table.isSmall()) {
      for (int key = 0; key < size; key++) {
        numbers[key] = table.add(firsts[key], data + starts[key], lengths[key]);
      }
      return this;
    }
    int left = probe(table);
    for (int i = 0; i < left; i++) {
      int key = open[i];
      numbers[key] = table.add(firsts[key], data + starts[key], lengths[key], hashes[key]);
    }
    return this;
  }

  private int probe(KeyTable table) {
    for (int key = 0; key < size; key++) {
      hashes[key] = KeyTable.hash(firsts[key], data + starts[key], lengths[key]);
    }
    return table.probe(firsts, lengths, hashes, size, numbers, open);
  }
}
