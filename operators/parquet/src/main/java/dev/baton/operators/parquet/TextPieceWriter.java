package dev.baton.operators.parquet;

import dev.baton.engine.batch.Memory;
import dev.baton.engine.batch.Validity;
import dev.baton.engine.batch.Vectors;
import dev.baton.operators.internal.KeyTable;
import org.apache.arrow.vector.FieldVector;

/** Writes texts and bytes of any length. */
final class TextPieceWriter extends PieceWriter {
  private long data;
  private long offsets;

  /** The rows that have a value. */
  private final int[] present = new int[Pieces.MOST_ROWS];

  TextPieceWriter(WrittenColumn column, Codec codec, GrowingBuffer body) {
    super(column, codec, body);
  }

  @Override
  void bind(FieldVector vector, long bitmap, int first, int rows, int count) {
    data = Vectors.data(vector);
    offsets = Vectors.offsets(vector) + 4L * first;
    int found = 0;
    for (int word = 0; word < Validity.words(rows); word++) {
      long bits = Validity.word(bitmap, word, rows);
      for (; bits != 0; bits &= bits - 1) {
        present[found++] = (word << 6) + Long.numberOfTrailingZeros(bits);
      }
    }
  }

  private int start(int number) {
    return Memory.getInt(offsets + 4L * present[number]);
  }

  private int length(int number) {
    return Memory.getInt(offsets + 4L * present[number] + 4) - start(number);
  }

  @Override
  boolean hasKeys() {
    return true;
  }

  @Override
  void addKeys(KeyTable keys, int from, int to, short[] numbers) {
    for (int i = from; i < to; i++) {
      numbers[i] = (short) keys.add(data + start(i), length(i));
    }
  }

  @Override
  int keysRange(KeyTable keys, GrowingBuffer out) throws CorruptException {
    int least = 0;
    int most = 0;
    for (int i = 1; i < keys.size(); i++) {
      if (keys.compareBytes(i, least) < 0) {
        least = i;
      } else if (keys.compareBytes(i, most) > 0) {
        most = i;
      }
    }
    int bytes = keys.length(least) + keys.length(most);
    long at = body.room(bytes + 32L);
    keys.copy(least, at);
    long second = at + (keys.length(least) + 8L & -8);
    keys.copy(most, second);
    return appendRange(at, keys.length(least), second, keys.length(most), out);
  }

  @Override
  int range(int count, GrowingBuffer out) throws CorruptException {
    if (count == 0) {
      return -1;
    }
    int least = 0;
    int most = 0;
    for (int i = 1; i < count; i++) {
      if (compare(i, least) < 0) {
        least = i;
      } else if (compare(i, most) > 0) {
        most = i;
      }
    }
    return appendRange(data + start(least), length(least), data + start(most), length(most), out);
  }

  private int compare(int a, int b) {
    long first = data + start(a);
    long second = data + start(b);
    int common = Math.min(length(a), length(b));
    for (int i = 0; i < common; i++) {
      int order = (Memory.getByte(first + i) & 0xFF) - (Memory.getByte(second + i) & 0xFF);
      if (order != 0) {
        return order;
      }
    }
    return length(a) - length(b);
  }

  @Override
  void plain(int count) throws CorruptException {
    long bytes = 4L * count;
    for (int i = 0; i < count; i++) {
      bytes += length(i);
    }
    long to = body.room(bytes);
    for (int i = 0; i < count; i++) {
      int length = length(i);
      Memory.putInt(to, length);
      Memory.copy(data + start(i), to + 4, length);
      to += 4L + length;
    }
    body.advance(bytes);
  }
}
