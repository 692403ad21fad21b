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
  private VarCharVector vector;
  private int expectedRows;

  TextColumn(FieldColumn column, NullTokens nulls, BadRecords bad) {
    super(column, nulls, bad);
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
        if ((field & Fields.QUOTED) == 0 && nulls.mayMatch(length) && nulls.matches(from, length)) {
          continue;
        }
        valid |= 1L << j;
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

  /** Makes room for the chunk; returns the bytes of text the column has so far. */
  private int reserve(long[] index, int width, int row, int count) {
    long bytes = 8;
    int at = column.position();
    for (int i = 0; i < count; i++, at += width) {
      bytes += (int) index[at] & Fields.LENGTH;
    }
    if (row == 0) {
      vector.allocateNew(bytes * Math.max(1, (expectedRows + count - 1) / count), expectedRows);
    }
    while (vector.getValueCapacity() < row + count) {
      vector.reallocValidityAndOffsetBuffers();
    }
    int used = row == 0 ? 0 : Memory.getInt(vector.getOffsetBuffer().memoryAddress() + 4L * row);
    if (vector.getDataBuffer().capacity() < used + bytes) {
      vector.reallocDataBuffer(Math.max(used + bytes, 2L * used));
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
