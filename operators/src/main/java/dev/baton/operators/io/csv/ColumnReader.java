package dev.baton.operators.io.csv;

import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.FieldVector;

/**
 * Builds one column from the index of a {@link Tokenizer}, chunk by chunk. Owns the column until
 * {@link #finish}. Confined to one thread.
 */
abstract class ColumnReader implements AutoCloseable {
  final CsvColumn column;
  final NullTokens nulls;

  ColumnReader(CsvColumn column, NullTokens nulls) {
    this.column = column;
    this.nulls = nulls;
  }

  static ColumnReader of(CsvColumn column, NullTokens nulls) {
    return switch (column.type().getTypeID()) {
      case Int -> new IntegerColumn(column, nulls);
      case FloatingPoint -> new FloatColumn(column, nulls);
      case Bool -> new BoolColumn(column, nulls);
      case Date, Timestamp -> new TimeColumn(column, nulls);
      default -> new TextColumn(column, nulls);
    };
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
   * @throws BadField at a field that is not a value of the column's type
   */
  abstract void read(long base, long[] index, int width, int row, int count);

  /** Hands over the column, which has {@code rows} rows. */
  abstract FieldVector finish(int rows);

  /** Releases the column, unless it was handed over. */
  @Override
  public abstract void close();
}
