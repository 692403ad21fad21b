package dev.baton.operators.parquet;

import dev.baton.engine.batch.Memory;
import dev.baton.engine.batch.Validity;
import dev.baton.engine.batch.Vectors;
import org.apache.arrow.vector.FieldVector;
import org.apache.parquet.format.Encoding;

/** Writes booleans as bits, without a dictionary. */
final class BooleanPieceWriter extends PieceWriter {
  private long bits;
  private long bitmap;
  private int rows;

  BooleanPieceWriter(WrittenColumn column, Scratch scratch) {
    super(column, scratch);
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
  int mostDifferent() {
    throw new UnsupportedOperationException();
  }

  @Override
  void addKeys(int from, int to) {
    throw new UnsupportedOperationException();
  }

  @Override
  void appendKeys(GrowingBuffer out) {
    throw new UnsupportedOperationException();
  }

  @Override
  int keysRange(GrowingBuffer out) {
    throw new UnsupportedOperationException();
  }

  @Override
  int range(int present, GrowingBuffer out) throws CorruptException {
    if (present == 0) {
      return -1;
    }
    int set = 0;
    for (int w = 0; w << 6 < rows; w++) {
      set += Long.bitCount(Validity.word(bitmap, w, rows) & Validity.word(bits, w, rows));
    }
    long at = out.room(2);
    Memory.putByte(at, (byte) (set == present ? 1 : 0));
    Memory.putByte(at + 1, (byte) (set > 0 ? 1 : 0));
    out.advance(2);
    return 1;
  }

  @Override
  Encoding values(int present) throws CorruptException {
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
    return Encoding.PLAIN;
  }
}
