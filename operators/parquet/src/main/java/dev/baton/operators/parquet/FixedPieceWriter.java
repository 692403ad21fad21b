package dev.baton.operators.parquet;

import dev.baton.engine.batch.Memory;
import dev.baton.engine.batch.Vectors;
import dev.baton.operators.internal.KeyTable;
import org.apache.arrow.vector.FieldVector;

/** Writes values of one width. */
final class FixedPieceWriter extends PieceWriter {
  private final int width;

  /** The values present, as stored, in the body. */
  private long values;

  FixedPieceWriter(WrittenColumn column, Codec codec, GrowingBuffer body) {
    super(column, codec, body);
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
  void addKeys(KeyTable keys, int from, int to, short[] numbers) {
    if (width == 4) {
      for (int i = from; i < to; i++) {
        numbers[i] = (short) keys.add(Memory.getInt(values + 4L * i));
      }
    } else {
      for (int i = from; i < to; i++) {
        numbers[i] = (short) keys.add(Memory.getLong(values + 8L * i));
      }
    }
  }

  @Override
  int keysRange(KeyTable keys, GrowingBuffer out) throws CorruptException {
    // The values themselves are no longer needed: the keys take their place.
    for (int i = 0; i < keys.size(); i++) {
      if (width == 4) {
        Memory.putInt(values + 4L * i, (int) keys.value(i));
      } else {
        Memory.putLong(values + 8L * i, keys.value(i));
      }
    }
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
