package dev.baton.operators.parquet;

import dev.baton.engine.batch.Memory;
import dev.baton.engine.batch.Vectors;
import org.apache.arrow.vector.FieldVector;

/** Writes values of one width. */
final class FixedPieceWriter extends PieceWriter {
  private final int width;

  /** The values present, as stored, in the body. */
  private long values;

  FixedPieceWriter(WrittenColumn column, Scratch scratch) {
    super(column, scratch);
    this.width = column.width();
  }

  @Override
  void bind(FieldVector vector, long bitmap, int first, int rows, int present)
      throws CorruptException {
    int arrow = column.arrowWidth();
    long source = Vectors.data(vector) + (long) first * arrow;
    values = body.room((long) rows * width);
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
    return column.order().range(values, present, out) ? width : -1;
  }

  @Override
  void plain(int present) {
    body.advance((long) present * width);
  }
}
