package dev.baton.operators.io.fields;

import dev.baton.engine.batch.Memory;
import dev.baton.engine.batch.Validity;
import dev.baton.operators.internal.Swar;
import dev.baton.operators.internal.Utf8;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VarCharVector;

/**
 * Text, copied eight bytes at a time. A quoted field is never missing: {@code ""} is the empty
 * string.
 */
final class TextColumn extends ColumnReader {
  /** The longest text that is copied as one word. */
  private static final int WORD = 8;

  /** Bit <i>n</i>: a field of <i>n</i> bytes is a value, or with 0 bytes all are or none is. */
  private final int simpleLengths;

  private final int emptyValid;
  private VarCharVector vector;
  private int expectedRows;

  /** Bytes of text in the column. */
  private long used;

  /** All words of text copied from the chunk, or-ed together. */
  private long seen;

  TextColumn(FieldColumn column, NullTokens nulls, BadRecords bad) {
    super(column, nulls, bad);
    this.emptyValid = nulls.hasEmpty() ? 0 : 1;
    int simple = 1;
    for (int length = 1; length <= WORD; length++) {
      simple |= (nulls.mayMatch(length) ? 0 : 1) << length;
    }
    this.simpleLengths = simple;
  }

  @Override
  void begin(BufferAllocator allocator, int rows) {
    vector = (VarCharVector) column.field().createVector(allocator);
    expectedRows = Math.max(rows, 64);
  }

  @Override
  void read(long base, long[] index, int width, int row, int count) {
    used = reserve(index, width, row, count);
    seen = 0;
    long offsets = vector.getOffsetBuffer().memoryAddress() + 4L * row;
    long validity = vector.getValidityBuffer().memoryAddress();
    for (int i = 0; i < count; i += 64) {
      int at = i * width + column.position();
      long valid = append(base, index, at, width, count - i, offsets + 4L * i);
      Validity.putWord(validity, (row + i) >>> 6, row + count, valid);
    }
    Memory.putInt(offsets + 4L * count, (int) used);
    if ((seen & Swar.HIGH_BITS) != 0) {
      check(base, index, width, row, count);
    }
  }

  /**
   * Appends the next fields, 64 if there are so many; a method by itself, so that the loop's
   * variables stay in registers.
   *
   * @return a bit for each that is not missing
   */
  private long append(long base, long[] index, int at, int width, int left, long offsets) {
    long data = vector.getDataBuffer().memoryAddress();
    long used = this.used;
    long seen = 0;
    long missing = 0;
    int count = Math.min(left, 64);
    for (int i = 0; i < count; i++, at += width) {
      long field = index[at];
      long length = field & 0xFFFF_FFFFL;
      Memory.putInt(offsets + 4L * i, (int) used);
      if (length <= WORD && (simpleLengths >>> (int) field & 1) != 0) {
        // Without a branch that depends on whether it is empty.
        long word = Memory.getLong(base + (field >>> 32));
        seen |= word;
        Memory.putLong(data + used, word);
        used += length;
        missing = missing >>> 1 | (length | emptyValid) - 1 & Long.MIN_VALUE;
        continue;
      }
      this.used = used;
      missing = missing >>> 1 | (any(base, field, left - i) ? 0 : Long.MIN_VALUE);
      used = this.used;
      data = vector.getDataBuffer().memoryAddress();
    }
    this.used = used;
    this.seen |= seen;
    return ~(missing >>> 64 - count) & Validity.tail(count);
  }

  /** Appends a field; returns whether it is not missing. */
  private boolean any(long base, long field, int rows) {
    long from = base + Fields.start(field);
    int length = Fields.length(field);
    if (!Fields.quoted(field) && nulls.matches(from, length)) {
      return false;
    }
    if (length > WORD) {
      room(used, length, rows);
    }
    long to = vector.getDataBuffer().memoryAddress() + used;
    if (Fields.escaped(field)) {
      used += column.format().unescape(from, from + length, to) - to;
      seen |= Swar.HIGH_BITS;
      return true;
    }
    long all = 0;
    for (int k = 0; k < length; k += 8) {
      long word = Memory.getLong(from + k);
      all |= word;
      Memory.putLong(to + k, word);
    }
    seen |= all;
    used += length;
    return true;
  }

  /** Makes room for a word a row; returns the bytes of text the column has so far. */
  private long reserve(long[] index, int width, int row, int count) {
    if (row == 0) {
      long bytes = WORD;
      int at = column.position();
      for (int i = 0; i < count; i++, at += width) {
        bytes += (int) index[at] & Fields.LENGTH;
      }
      vector.allocateNew(bytes * Math.max(1, (expectedRows + count - 1) / count), expectedRows);
    }
    while (vector.getValueCapacity() < row + count) {
      vector.reallocValidityAndOffsetBuffers();
    }
    long used = row == 0 ? 0 : Memory.getInt(vector.getOffsetBuffer().memoryAddress() + 4L * row);
    return room(used, 0, count);
  }

  /** Makes room for a text and a word for each of some rows; returns {@code used} again. */
  private long room(long used, int length, int rows) {
    long needed = used + length + (rows + 1L) * WORD;
    if (vector.getDataBuffer().capacity() < needed) {
      vector.reallocDataBuffer(Math.max(needed, 2L * used));
    }
    return used;
  }

  /** Looks for text that is not UTF-8; bytes of neighbouring fields may have raised the alarm. */
  private void check(long base, long[] index, int width, int row, int count) {
    long data = vector.getDataBuffer().memoryAddress();
    long offsets = vector.getOffsetBuffer().memoryAddress() + 4L * row;
    for (int i = 0; i < count; i++) {
      int from = Memory.getInt(offsets + 4L * i);
      int to = Memory.getInt(offsets + 4L * i + 4);
      if (!Utf8.valid(data + from, data + to)) {
        long field = index[i * width + column.position()];
        bad(
            BadField.value(
                Fields.start(field),
                column.position(),
                "expected UTF-8 text but found '" + Fields.show(base, field) + "'",
                "convert the file to UTF-8"));
        Validity.clear(vector.getValidityBuffer().memoryAddress(), row + i);
      }
    }
  }

  @Override
  FieldVector finish(int rows) {
    VarCharVector finished = vector;
    vector = null;
    finished.setLastSet(rows - 1);
    finished.setValueCount(rows);
    return finished;
  }

  @Override
  public void close() {
    if (vector != null) {
      vector.close();
      vector = null;
    }
  }
}
