package dev.baton.operators.parquet;

import dev.baton.engine.batch.Memory;
import dev.baton.engine.batch.Validity;
import dev.baton.engine.batch.Vectors;
import dev.baton.operators.internal.Swar;
import org.apache.arrow.vector.FieldVector;
import org.apache.parquet.format.Encoding;

/**
 * Writes texts and bytes of any length. Those that all have eight bytes, such as hexadecimal
 * numbers, are numbered and compared as the words that they are.
 */
final class TextPieceWriter extends PieceWriter {
  private long data;
  private long offsets;

  /** Whether all values have eight bytes; they then lie one behind the other from there. */
  private boolean areWords;

  private long words;

  /** The rows that have a value, unless they are words. */
  private final int[] present = new int[Pieces.MOST_ROWS];

  TextPieceWriter(WrittenColumn column, Scratch scratch) {
    super(column, scratch);
  }

  @Override
  void bind(FieldVector vector, long bitmap, int first, int rows, int count) {
    data = Vectors.data(vector);
    offsets = Vectors.offsets(vector) + 4L * first;
    words = data + Memory.getInt(offsets);
    areWords = areWords(bitmap, rows);
    if (areWords) {
      return;
    }
    int found = 0;
    for (int word = 0; word < Validity.words(rows); word++) {
      long bits = Validity.word(bitmap, word, rows);
      for (; bits != 0; bits &= bits - 1) {
        present[found++] = (word << 6) + Long.numberOfTrailingZeros(bits);
      }
    }
  }

  /** Whether rows have eight bytes where there is a value, and none where there is not. */
  private boolean areWords(long bitmap, int rows) {
    int unlike = 0;
    int end = Memory.getInt(offsets);
    for (int first = 0; first < rows && unlike == 0; first += Long.SIZE) {
      long bits = Validity.word(bitmap, first >>> 6, rows);
      for (int row = first; row < Math.min(rows, first + Long.SIZE); row++) {
        end += (int) (bits & 1) << 3;
        unlike |= Memory.getInt(offsets + 4L * row + 4) ^ end;
        bits >>>= 1;
      }
    }
    return unlike == 0;
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
  int mostDifferent() {
    return 12;
  }

  @Override
  void addKeys(int from, int to) {
    if (areWords) {
      keys.longs(words, from, to, numbers);
    } else {
      keys.texts(data, offsets, present, from, to, numbers);
    }
  }

  @Override
  void appendKeys(GrowingBuffer out) throws CorruptException {
    if (areWords) {
      long to = out.room(12L * keys.size());
      for (int i = 0; i < keys.size(); i++) {
        Memory.putInt(to + 12L * i, Long.BYTES);
        Memory.putLong(to + 12L * i + 4, keys.value(i));
      }
      out.advance(12L * keys.size());
      return;
    }
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
    if (areWords) {
      long at = body.room(8L * keys.size());
      for (int i = 0; i < keys.size(); i++) {
        Memory.putLong(at + 8L * i, keys.value(i));
      }
      return wordRange(at, keys.size(), out);
    }
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
    } else if (areWords) {
      return wordRange(words, count, out);
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

  /** Appends the least and the greatest of some words, the first character counting most. */
  private static int wordRange(long at, int count, GrowingBuffer out) throws CorruptException {
    long least = Long.MAX_VALUE;
    long most = Long.MIN_VALUE;
    for (int i = 0; i < count; i++) {
      // Signed numbers, in the order of unsigned ones.
      long word = Long.reverseBytes(Memory.getLong(at + 8L * i)) ^ Long.MIN_VALUE;
      least = Math.min(least, word);
      most = Math.max(most, word);
    }
    long to = out.room(2L * Long.BYTES);
    Memory.putLong(to, Long.reverseBytes(least ^ Long.MIN_VALUE));
    Memory.putLong(to + Long.BYTES, Long.reverseBytes(most ^ Long.MIN_VALUE));
    out.advance(2L * Long.BYTES);
    return Long.BYTES;
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
  Encoding values(int count) throws CorruptException {
    long most = DeltaWriter.most(Integer.BYTES, count);
    long to = body.room(most + 4L * count);
    long lengths = to + most;
    long bytes = 0;
    for (int i = 0; i < count; i++) {
      int length = areWords ? Long.BYTES : length(i);
      Memory.putInt(lengths + 4L * i, length);
      bytes += length;
    }
    body.advance(deltas.write(lengths, Integer.BYTES, count, to) - to);
    if (areWords) {
      body.append(words, bytes);
    } else if (count > 0 && start(count - 1) + length(count - 1) - start(0) == bytes) {
      // Nothing lies between them.
      body.append(data + start(0), bytes);
    } else {
      for (int i = 0; i < count; i++) {
        body.append(data + start(i), length(i));
      }
    }
    return Encoding.DELTA_LENGTH_BYTE_ARRAY;
  }
}
