package dev.baton.operators.parquet;

import dev.baton.engine.batch.Memory;
import dev.baton.engine.batch.Validity;
import dev.baton.engine.batch.Vectors;
import dev.baton.operators.internal.Swar;
import org.apache.arrow.vector.FieldVector;

/** Writes texts and bytes of any length. */
final class TextPieceWriter extends PieceWriter {
  private long data;
  private long offsets;

  /** The rows that have a value. */
  private final int[] present = new int[Pieces.MOST_ROWS];

  TextPieceWriter(WrittenColumn column, Scratch scratch) {
    super(column, scratch);
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
  void addKeys(int from, int to) {
    keys.texts(data, offsets, present, from, to, numbers);
  }

  @Override
  void appendKeys(GrowingBuffer out) throws CorruptException {
    for (int i = 0; i < keys.size(); i++) {
      int length = keys.length(i);
      copy(data + keys.start(i), length, out.room(length + 4L));
      out.advance(length + 4L);
    }
  }

  /** Writes the length of a text, and its bytes in whole words. */
  private static void copy(long from, int length, long to) {
    Memory.putInt(to, length);
    if (length > 64) {
      Memory.copy(from, to + 4, length);
      return;
    }
    for (int i = 0; i < length; i += 8) {
      Memory.putLong(to + 4 + i, Swar.word(from + i, length - i));
    }
  }

  @Override
  int keysRange(GrowingBuffer out) throws CorruptException {
    int least = 0;
    int most = 0;
    for (int i = 1; i < keys.size(); i++) {
      if (compareKeys(i, least) < 0) {
        least = i;
      } else if (compareKeys(i, most) > 0) {
        most = i;
      }
    }
    return appendRange(
        data + keys.start(least),
        keys.length(least),
        data + keys.start(most),
        keys.length(most),
        out);
  }

  private int compareKeys(int a, int b) {
    return compare(data + keys.start(a), keys.length(a), data + keys.start(b), keys.length(b));
  }

  @Override
  int range(int count, GrowingBuffer out) throws CorruptException {
    if (count == 0) {
      return -1;
    }
    int least = 0;
    int most = 0;
    for (int i = 1; i < count; i++) {
      if (compareValues(i, least) < 0) {
        least = i;
      } else if (compareValues(i, most) > 0) {
        most = i;
      }
    }
    return appendRange(data + start(least), length(least), data + start(most), length(most), out);
  }

  private int compareValues(int a, int b) {
    return compare(data + start(a), length(a), data + start(b), length(b));
  }

  /** Orders texts by their unsigned bytes. */
  private static int compare(long a, int aLength, long b, int bLength) {
    int common = Math.min(aLength, bLength);
    for (int i = 0; i < common; i += 8) {
      long first = Long.reverseBytes(Swar.word(a + i, common - i));
      long second = Long.reverseBytes(Swar.word(b + i, common - i));
      if (first != second) {
        return Long.compareUnsigned(first, second);
      }
    }
    return aLength - bLength;
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
      copy(data + start(i), length, to);
      to += 4L + length;
    }
    body.advance(bytes);
  }
}
