package dev.baton.engine.batch;

import java.util.Arrays;
import java.util.List;
import org.apache.arrow.vector.BaseFixedWidthVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.complex.FixedSizeListVector;

/**
 * Adds the hashes of one column's values to the hashes of their rows. A value becomes a 64-bit code
 * by its type; what the row gets is {@code mix(code ^ seed)}, or {@code mix(NULL + seed)} for a
 * null. The codes of nulls are computed too and not used: what Arrow keeps in their slots may be
 * read.
 */
final class DigestColumn {
  static final int BLOCK = 1024;

  private final FieldVector vector;
  private final DigestSchema.Kind kind;
  private final long seed;
  private final DigestColumn[] children;

  /** Bytes of a value, or values of a list, where all have the same number. */
  private final int width;

  private final long[] codes;
  private long[] elements = new long[0];

  DigestColumn(FieldVector vector, long seed) {
    this.vector = vector;
    this.seed = seed;
    kind = DigestSchema.kind(vector.getField(), vector.getName());
    List<FieldVector> inner = vector.getChildrenFromFields();
    children = new DigestColumn[inner.size()];
    for (int i = 0; i < children.length; i++) {
      children[i] = new DigestColumn(inner.get(i), DigestHash.seed(seed, i));
    }
    width =
        switch (kind) {
          case FIXED_BYTES -> ((BaseFixedWidthVector) vector).getTypeWidth();
          case FIXED_LIST -> ((FixedSizeListVector) vector).getListSize();
          default -> 0;
        };
    codes = new long[Math.min(BLOCK, vector.getValueCount())];
  }

  /** Adds rows {@code first} to {@code first + count - 1} to {@code hashes} from index 0. */
  void add(int first, int count, long[] hashes) {
    long validity = count == 0 ? 0 : Validity.address(vector);
    for (int done = 0; done < count; done += BLOCK) {
      int n = Math.min(BLOCK, count - done);
      encode(first + done, n);
      for (int i = 0; i < n; i += 64) {
        int some = Math.min(64, n - i);
        long valid = bits(validity, first + done + i, some);
        mixIn(i, some, valid, hashes, done + i);
      }
    }
  }

  private void mixIn(int first, int count, long valid, long[] hashes, int at) {
    if (valid == Validity.tail(count)) {
      for (int i = 0; i < count; i++) {
        hashes[at + i] += DigestHash.mix(codes[first + i] ^ seed);
      }
      return;
    }
    long missing = DigestHash.mix(DigestHash.NULL + seed);
    for (int i = 0; i < count; i++) {
      long hash = DigestHash.mix(codes[first + i] ^ seed);
      hashes[at + i] += (valid >>> i & 1) != 0 ? hash : missing;
    }
  }

  /** Validity bits of up to 64 rows from any row. */
  private long bits(long validity, int first, int count) {
    int rows = vector.getValueCount();
    int shift = first & 63;
    long bits = Validity.word(validity, first >>> 6, rows) >>> shift;
    if (shift + count > 64) {
      bits |= Validity.word(validity, (first >>> 6) + 1, rows) << (64 - shift);
    }
    return bits & Validity.tail(count);
  }

  /** Writes the codes of {@code count} rows from {@code first} to {@link #codes}. */
  private void encode(int first, int count) {
    switch (kind) {
      case BIT -> bit(Vectors.data(vector), first, count);
      case INT8 -> int8(Vectors.data(vector) + first, count, -1L);
      case UINT8 -> int8(Vectors.data(vector) + first, count, 0xFFL);
      case INT16 -> int16(Vectors.data(vector) + 2L * first, count, -1L);
      case UINT16 -> int16(Vectors.data(vector) + 2L * first, count, 0xFFFFL);
      case INT32 -> int32(Vectors.data(vector) + 4L * first, count, -1L);
      case UINT32 -> int32(Vectors.data(vector) + 4L * first, count, 0xFFFF_FFFFL);
      case INT64 -> int64(Vectors.data(vector) + 8L * first, count);
      case FLOAT16 -> float16(Vectors.data(vector) + 2L * first, count);
      case FLOAT32 -> float32(Vectors.data(vector) + 4L * first, count);
      case FLOAT64 -> float64(Vectors.data(vector) + 8L * first, count);
      case BYTES -> bytes(Vectors.offsets(vector) + 4L * first, count);
      case LARGE_BYTES -> largeBytes(Vectors.offsets(vector) + 8L * first, count);
      case FIXED_BYTES -> fixedBytes(Vectors.data(vector) + (long) width * first, count);
      case LIST -> list(Vectors.offsets(vector) + 4L * first, count);
      case FIXED_LIST -> fixedList(first, count);
      case STRUCT -> struct(first, count);
    }
  }

  private void bit(long data, int first, int count) {
    for (int i = 0; i < count; i++) {
      codes[i] = Validity.isSet(data, first + i) ? 1 : 0;
    }
  }

  private void int8(long at, int count, long mask) {
    for (int i = 0; i < count; i++) {
      codes[i] = Memory.getByte(at + i) & mask;
    }
  }

  private void int16(long at, int count, long mask) {
    for (int i = 0; i < count; i++) {
      codes[i] = Memory.getShort(at + 2L * i) & mask;
    }
  }

  private void int32(long at, int count, long mask) {
    for (int i = 0; i < count; i++) {
      codes[i] = Memory.getInt(at + 4L * i) & mask;
    }
  }

  private void int64(long at, int count) {
    for (int i = 0; i < count; i++) {
      codes[i] = Memory.getLong(at + 8L * i);
    }
  }

  private void float16(long at, int count) {
    for (int i = 0; i < count; i++) {
      int bits = Memory.getShort(at + 2L * i) & 0xFFFF;
      codes[i] = (bits & 0x7FFF) > 0x7C00 ? 0x7E00 : bits;
    }
  }

  private void float32(long at, int count) {
    for (int i = 0; i < count; i++) {
      codes[i] = Float.floatToIntBits(Memory.getFloat(at + 4L * i)) & 0xFFFF_FFFFL;
    }
  }

  private void float64(long at, int count) {
    for (int i = 0; i < count; i++) {
      codes[i] = Double.doubleToLongBits(Memory.getDouble(at + 8L * i));
    }
  }

  private void bytes(long offsets, int count) {
    long data = Vectors.data(vector);
    long limit = limit();
    int from = Memory.getInt(offsets);
    for (int i = 0; i < count; i++) {
      int to = Memory.getInt(offsets + 4L * (i + 1));
      codes[i] = DigestHash.bytes(data + from, to - from, limit);
      from = to;
    }
  }

  private void largeBytes(long offsets, int count) {
    long data = Vectors.data(vector);
    long limit = limit();
    long from = Memory.getLong(offsets);
    for (int i = 0; i < count; i++) {
      long to = Memory.getLong(offsets + 8L * (i + 1));
      codes[i] = DigestHash.bytes(data + from, to - from, limit);
      from = to;
    }
  }

  private void fixedBytes(long at, int count) {
    long limit = limit();
    for (int i = 0; i < count; i++) {
      codes[i] = DigestHash.bytes(at + (long) width * i, width, limit);
    }
  }

  private long limit() {
    return Vectors.data(vector) + vector.getDataBuffer().capacity();
  }

  private void list(long offsets, int count) {
    int start = Memory.getInt(offsets);
    hashElements(start, Memory.getInt(offsets + 4L * count) - start);
    int from = 0;
    for (int i = 0; i < count; i++) {
      int to = Memory.getInt(offsets + 4L * (i + 1)) - start;
      codes[i] = sequence(from, to);
      from = to;
    }
  }

  private void fixedList(int first, int count) {
    hashElements(first * width, count * width);
    for (int i = 0; i < count; i++) {
      codes[i] = sequence(i * width, (i + 1) * width);
    }
  }

  private long sequence(int from, int to) {
    long state = DigestHash.start(to - from);
    for (int j = from; j < to; j++) {
      state = DigestHash.next(state, elements[j]);
    }
    return state;
  }

  private void struct(int first, int count) {
    hashElements(first, count);
    System.arraycopy(elements, 0, codes, 0, count);
  }

  /** The hashes of the children's rows, summed over children, to {@link #elements}. */
  private void hashElements(int first, int count) {
    if (elements.length < count) {
      elements = new long[Math.max(count, 2 * elements.length)];
    }
    Arrays.fill(elements, 0, count, 0);
    for (DigestColumn child : children) {
      child.add(first, count, elements);
    }
  }
}
