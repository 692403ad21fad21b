package dev.baton.operators.io.fields;

import dev.baton.engine.batch.Memory;
import dev.baton.engine.batch.Validity;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.BaseFixedWidthVector;
import org.apache.arrow.vector.FieldVector;

/**
 * A column of numbers, truth values or times. The fast path tries to parse each field as it stands;
 * what it cannot parse is looked at again more patiently: it may be missing, or have spaces around.
 */
abstract class FixedColumn extends ColumnReader {
  /** What {@link #retry} found: a value, not a missing one. */
  boolean present;

  /** Whether fields must be compared with the null tokens before they are parsed. */
  private final boolean nullsFirst;

  private BaseFixedWidthVector vector;

  FixedColumn(FieldColumn column, NullTokens nulls, BadRecords bad) {
    super(column, nulls, bad);
    this.nullsFirst = nulls.ambiguous();
  }

  /**
   * Parses fields {@code index[at]}, {@code index[at + width]}, … and stores them from {@code row}.
   *
   * @param count 1 to 64
   * @return a bit for each that is not missing
   */
  abstract long read(long base, long[] index, int at, int width, int count, long data, int row);

  /** Parses a trimmed field in every way the type allows; false when it is no value of the type. */
  abstract boolean parse(long address, int length);

  @Override
  final void begin(BufferAllocator allocator, int rows) {
    vector = (BaseFixedWidthVector) column.field().createVector(allocator);
    vector.allocateNew(Math.max(rows, 64));
  }

  @Override
  final void read(long base, long[] index, int width, int row, int count) {
    while (vector.getValueCapacity() < row + count) {
      vector.reAlloc();
    }
    long data = vector.getDataBuffer().memoryAddress();
    long validity = vector.getValidityBuffer().memoryAddress();
    for (int i = 0; i < count; i += 64) {
      int n = Math.min(64, count - i);
      int at = i * width + column.position();
      long valid = read(base, index, at, width, n, data, row + i);
      if (nullsFirst) {
        valid &= ~missing(base, index, at, width, n);
      }
      Validity.putWord(validity, (row + i) >>> 6, row + count, valid);
    }
  }

  private long missing(long base, long[] index, int at, int width, int count) {
    long missing = 0;
    for (int i = 0; i < count; i++, at += width) {
      long field = index[at];
      if (nulls.matches(base + Fields.start(field), Fields.length(field))) {
        missing |= 1L << i;
      }
    }
    return missing;
  }

  /** A second look at a field; leaves in {@link #present} whether it has a value. */
  final void retry(long base, long field) {
    long address = base + Fields.start(field);
    int length = Fields.length(field);
    present = false;
    if (nulls.matches(address, length)) {
      return;
    }
    while (length > 0 && blank(address)) {
      address++;
      length--;
    }
    while (length > 0 && blank(address + length - 1)) {
      length--;
    }
    present = length > 0 && !Fields.escaped(field) && parse(address, length);
    if (!present && !(length == 0 && nulls.matches(address, 0))) {
      bad(column.unexpected(base, field));
    }
  }

  private static boolean blank(long address) {
    byte b = Memory.getByte(address);
    return b == ' ' || b == '\t';
  }

  @Override
  final FieldVector finish(int rows) {
    BaseFixedWidthVector finished = vector;
    vector = null;
    finished.setValueCount(rows);
    return finished;
  }

  @Override
  public final void close() {
    if (vector != null) {
      vector.close();
      vector = null;
    }
  }
}
