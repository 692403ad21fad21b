package dev.baton.operators.io.fields;

import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.FieldVector;

/**
 * Builds one column from the index of a {@link FieldIndexer}, chunk by chunk. Owns the column until
 * {@link #finish}. Confined to one thread.
 */
abstract class ColumnReader implements AutoCloseable {
  final FieldColumn column;
  final NullTokens nulls;
  private final BadRecords bad;

  ColumnReader(FieldColumn column, NullTokens nulls, BadRecords bad) {
    this.column = column;
    this.nulls = nulls;
    this.bad = bad;
  }

  /**
   * Makes the reader of a column.
   *
   * @param bad takes the fields that are no values, which become null; null to fail at the first
   */
  static ColumnReader of(FieldColumn column, NullTokens nulls, BadRecords bad) {
    return switch (column.type().getTypeID()) {
      case Int -> new IntegerColumn(column, nulls, bad);
      case FloatingPoint -> new FloatColumn(column, nulls, bad);
      case Bool -> new BoolColumn(column, nulls, bad);
      case Date, Timestamp -> new TimeColumn(column, nulls, bad);
      default -> new TextColumn(column, nulls, bad);
    };
  }

  final void bad(BadField e) {
    if (bad == null) {
      throw e;
    }
    bad.field(e);
  }

  /**
   * Starts a new column.
   *
   * @param rows about how many it will have
   */
  abstract void begin(BufferAllocator allocator, int rows);

  /**
   * Appends the fields of a chunk.
   *
   * @param base the address of the text
   * @param index its fields, {@code width} to a row
   * @param row rows the column has so far, a multiple of 64
   * @param count rows of the chunk
   * @throws BadField at a field that is not a value of the column's type, if that is to fail
   */
  abstract void read(long base, long[] index, int width, int row, int count);

  /** Hands over the column, which has {@code rows} rows. */
  abstract FieldVector finish(int rows);

  /** Releases the column, unless it was handed over. */
  @Override
  public abstract void close();
}
