package dev.baton.operators.parquet;

import dev.baton.engine.batch.Memory;
import dev.baton.engine.batch.Vectors;
import org.apache.arrow.vector.FieldVector;
import org.apache.parquet.format.Encoding;
import org.apache.parquet.format.Type;

/** Writes values of one width. */
final class FixedPieceWriter extends PieceWriter {
  private final int width;
  private final boolean isInteger;

  /** The values present, as stored, in the body behind where integers go as differences. */
  private long values;

  FixedPieceWriter(WrittenColumn column, Scratch scratch) {
    super(column, scratch);
    this.width = column.width();
    this.isInteger = column.physical() == Type.INT32 || column.physical() == Type.INT64;
  }

  @Override
  void bind(FieldVector vector, long bitmap, int first, int rows, int present)
      throws CorruptException {
    int arrow = column.arrowWidth();
    long source = Vectors.data(vector) + (long) first * arrow;
    long most = isInteger ? DeltaWriter.most(width, rows) : 0;
    values = body.room(most + (long) rows * width) + most;
    if (column.isDecimal()) {
      Compaction.reversed(source, width, bitmap, rows, values);
    } else if (arrow < width) {
      boolean signed = column.order() == ValueOrder.INT32;
      Compaction.widened(source, arrow, signed, bitmap, rows, values);
    } else {
      Compaction.values(source, width, bitmap, rows, present, values);
    }
  }

  @Override
  boolean hasKeys() {
    return width == 4 || width == 8;
  }

  @Override
  int mostDifferent() {
    return isInteger ? 9 : 12;
  }

  @Override
  void addKeys(int from, int to) {
    if (width == 4) {
      keys.ints(values, from, to, numbers);
    } else {
      keys.longs(values, from, to, numbers);
    }
  }

  @Override
  void appendKeys(GrowingBuffer out) throws CorruptException {
    long bytes = (long) keys.size() * width;
    writeKeys(out.room(bytes));
    out.advance(bytes);
  }

  private void writeKeys(long to) {
    if (width == 4) {
      for (int i = 0; i < keys.size(); i++) {
        Memory.putInt(to + 4L * i, (int) keys.value(i));
      }
    } else {
      for (int i = 0; i < keys.size(); i++) {
        Memory.putLong(to + 8L * i, keys.value(i));
      }
    }
  }

  @Override
  int keysRange(GrowingBuffer out) throws CorruptException {
    // The values themselves are no longer needed: the keys take their place.
    writeKeys(values);
    return range(keys.size(), out);
  }

  @Override
  int range(int present, GrowingBuffer out) throws CorruptException {
    return column.order().range(values, width, present, out) ? width : -1;
  }

  @Override
  Encoding values(int present) throws CorruptException {
    long plain = (long) present * width;
    long to = body.room(plain);
    if (isInteger) {
      long bytes = deltas.write(values, width, present, to) - to;
      if (bytes < plain - plain / 8) {
        body.advance(bytes);
        return Encoding.DELTA_BINARY_PACKED;
      }
      Memory.copy(values, to, plain);
    }
    body.advance(plain);
    return Encoding.PLAIN;
  }
}
