package dev.baton.operators.parquet;

import dev.baton.engine.batch.Memory;
import dev.baton.engine.batch.Validity;
import dev.baton.engine.batch.Vectors;
import dev.baton.operators.internal.KeyTable;
import org.apache.arrow.vector.FieldVector;

/** Writes booleans as bits, without a dictionary. */
final class BooleanPieceWriter extends PieceWriter {
  private long bits;
  private long bitmap;
  private int rows;

  BooleanPieceWriter(WrittenColumn column, Codec codec, GrowingBuffer body) {
    super(column, codec, body);
  }

  @Override
  void bind(FieldVector vector, long validity, int first, int count, int present) {
    bits = Vectors.data(vector) + (first >>> 3);
    bitmap = validity;
    rows = count;
  }

  @Override
  boolean hasKeys() {
    return false;
  }

  @Override
  void addKeys(KeyTable keys, int from, int to, short[] numbers) {
    throw new UnsupportedOperationException();
  }

  @Override
  int keysRange(KeyTable keys, GrowingBuffer out) {
    throw new UnsupportedOperationException();
  }

  @Override
  int range(int present, GrowingBuffer out) {
    return -1;
  }

  @Override
  void plain(int present) throws CorruptException {
    long to = body.room(Validity.bytes(present));
    if (present == rows) {
      Validity.copy(bits, to, rows);
    } else {
      Memory.fill(to, Validity.bytes(present), (byte) 0);
      int next = 0;
      for (int i = 0; i < rows; i++) {
        if (Validity.isSet(bitmap, i)) {
          if (Validity.isSet(bits, i)) {
            Validity.set(to, next);
          }
          next++;
        }
      }
    }
    body.advance(Validity.bytes(present));
  }
}
