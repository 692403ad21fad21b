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
    int used = reserve(index, width, row, count);
    long offsets = vector.getOffsetBuffer().memoryAddress();
    long validity = vector.getValidityBuffer().memoryAddress();
    long data = vector.getDataBuffer().memoryAddress();
    long to = data + used;
    long seen = 0;
    int at = column.position();
    for (int i = 0; i < count; i += 64) {
      int n = Math.min(64, count - i);
      long valid = 0;
      for (int j = 0; j < n; j++, at += width) {
        long field = index[at];
        long from = base + (field >>> 32);
        int length = (int) field & Fields.LENGTH;
        Memory.putInt(offsets + 4L * (row + i + j), (int) (to - data));
        if ((field & 0xFFFF_FFFFL) <= WORD && (simpleLengths >>> (int) field & 1) != 0) {
          // Without a branch that depends on whether it is empty.
          long word = Memory.getLong(from);
          seen |= word;
          Memory.putLong(to, word);
          to += length;
          valid |= (~(length - 1 >> 31) & 1L | emptyValid) << j;
          continue;
        }
        if ((field & Fields.QUOTED) == 0 && nulls.mayMatch(length) && nulls.matches(from, length)) {
          continue;
        }
        valid |= 1L << j;
        if (length > WORD) {
          used = room((int) (to - data), length, count - i - j);
          data = vector.getDataBuffer().memoryAddress();
          to = data + used;
        }
        if (Fields.escaped(field)) {
          to = column.format().unescape(from, from + length, to);
          seen |= Swar.HIGH_BITS;
          continue;
        }
        for (int k = 0; k < length; k += 8) {
          long word = Memory.getLong(from + k);
          seen |= word;
          Memory.putLong(to + k, word);
        }
        to += length;
      }
      Validity.putWord(validity, (row + i) >>> 6, row + count, valid);
    }
    Memory.putInt(offsets + 4L * (row + count), (int) (to - data));
    if ((seen & Swar.HIGH_BITS) != 0) {
      check(base, index, width, row, count);
    }
  }

  /** Makes room for a word a row; returns the bytes of text the column has so far. */
  private int reserve(long[] index, int width, int row, int count) {
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
    int used = row == 0 ? 0 : Memory.getInt(vector.getOffsetBuffer().memoryAddress() + 4L * row);
    return room(used, 0, count);
  }

  /** Makes room for a text and a word for each of some rows; returns {@code used} again. */
  private int room(int used, int length, int rows) {
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
