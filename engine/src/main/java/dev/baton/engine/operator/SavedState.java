package dev.baton.engine.operator;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;

/**
 * Everything a {@link FitState} has seen, as arrays on the heap: what it wrote, so that a state
 * made by the same estimator can go on from there, now or from a file. Immutable.
 *
 * <p>As bytes it is a row of arrays: a letter for the type ({@code L} int64, {@code D} float64,
 * {@code B} bytes), the number of elements as int64, and the elements, all little-endian.
 */
public final class SavedState {
  private static final int CHUNK = 1 << 16;
  private static final int HEADER = 9;

  private final List<Object> arrays;

  private SavedState(List<Object> arrays) {
    this.arrays = arrays;
  }

  /** What a state has seen so far; it can be used on. */
  public static SavedState of(FitState<?> state) {
    List<Object> arrays = new ArrayList<>();
    state.write(
        new StateWriter() {
          @Override
          public void longs(long... values) {
            arrays.add(values.clone());
          }

          @Override
          public void doubles(double... values) {
            arrays.add(values.clone());
          }

          @Override
          public void bytes(byte[] values) {
            arrays.add(values.clone());
          }
        });
    return new SavedState(arrays);
  }

  /**
   * Makes a new state go on from here.
   *
   * @throws IllegalArgumentException when it is the state of another estimator
   */
  public void restore(FitState<?> state) {
    Iterator<Object> next = arrays.iterator();
    try {
      state.read(new Reader(next));
    } catch (RuntimeException e) {
      throw new IllegalArgumentException("the saved state is that of another estimator: " + e, e);
    }
    if (next.hasNext()) {
      throw new IllegalArgumentException(
          "the saved state is that of another estimator: it has more than "
              + state.getClass().getSimpleName()
              + " reads");
    }
  }

  private record Reader(Iterator<Object> arrays) implements StateReader {
    @Override
    public long[] longs() {
      return ((long[]) arrays.next()).clone();
    }

    @Override
    public double[] doubles() {
      return ((double[]) arrays.next()).clone();
    }

    @Override
    public byte[] bytes() {
      return ((byte[]) arrays.next()).clone();
    }
  }

  /** How many bytes {@link #writeTo} writes. */
  public long bytes() {
    return arrays.stream().mapToLong(array -> HEADER + (long) length(array) * width(array)).sum();
  }

  private static int length(Object array) {
    return java.lang.reflect.Array.getLength(array);
  }

  private static int width(Object array) {
    return array instanceof byte[] ? 1 : 8;
  }

  public void writeTo(OutputStream out) throws IOException {
    ByteBuffer chunk = ByteBuffer.allocate(CHUNK).order(ByteOrder.LITTLE_ENDIAN);
    for (Object array : arrays) {
      int length = length(array);
      chunk.put((byte) (array instanceof long[] ? 'L' : array instanceof double[] ? 'D' : 'B'));
      chunk.putLong(length);
      int step = CHUNK / 2 / width(array);
      for (int first = 0; first < length; first += step) {
        put(array, first, Math.min(step, length - first), chunk);
        drain(chunk, out);
      }
      drain(chunk, out);
    }
  }

  private static void put(Object array, int first, int count, ByteBuffer chunk) {
    if (array instanceof byte[] bytes) {
      chunk.put(bytes, first, count);
      return;
    }
    for (int i = first; i < first + count; i++) {
      chunk.putLong(
          array instanceof long[] longs
              ? longs[i]
              : Double.doubleToRawLongBits(((double[]) array)[i]));
    }
  }

  @SuppressWarnings("ByteBufferBackingArray") // It was allocated here.
  private static void drain(ByteBuffer chunk, OutputStream out) throws IOException {
    out.write(chunk.array(), 0, chunk.position());
    chunk.clear();
  }

  /**
   * What {@link #writeTo} wrote.
   *
   * @param bytes how many bytes there are; an array that claims more is refused before it is made
   */
  public static SavedState readFrom(InputStream in, long bytes) throws IOException {
    List<Object> arrays = new ArrayList<>();
    ByteBuffer chunk = ByteBuffer.allocate(CHUNK).order(ByteOrder.LITTLE_ENDIAN);
    long left = bytes;
    while (left > 0) {
      fill(chunk, HEADER, in);
      byte type = chunk.get();
      long length = chunk.getLong();
      left -= HEADER;
      int width = type == 'B' ? 1 : 8;
      if (type != 'L' && type != 'D' && type != 'B') {
        throw new IOException("a state has an array of type " + type);
      }
      if (length < 0 || length > left / width || length > Integer.MAX_VALUE - 8) {
        throw new IOException(
            "a state has an array of " + length + " elements in " + left + " bytes");
      }
      arrays.add(elements(type, (int) length, chunk, in));
      left -= length * width;
    }
    return new SavedState(arrays);
  }

  private static Object elements(byte type, int length, ByteBuffer chunk, InputStream in)
      throws IOException {
    if (type == 'B') {
      byte[] bytes = in.readNBytes(length);
      if (bytes.length < length) {
        throw new EOFException("a state ends early");
      }
      return bytes;
    }
    long[] longs = type == 'L' ? new long[length] : null;
    double[] doubles = type == 'D' ? new double[length] : null;
    for (int first = 0; first < length; first += CHUNK / 8) {
      int end = Math.min(length, first + CHUNK / 8);
      fill(chunk, 8 * (end - first), in);
      for (int i = first; i < end; i++) {
        if (longs != null) {
          longs[i] = chunk.getLong();
        } else {
          doubles[i] = Double.longBitsToDouble(chunk.getLong());
        }
      }
    }
    return longs != null ? longs : doubles;
  }

  @SuppressWarnings("ByteBufferBackingArray") // It was allocated here.
  private static void fill(ByteBuffer chunk, int bytes, InputStream in) throws IOException {
    if (in.readNBytes(chunk.clear().array(), 0, bytes) < bytes) {
      throw new EOFException("a state ends early");
    }
    chunk.limit(bytes);
  }

  /** By every bit of every array. */
  @Override
  public boolean equals(Object other) {
    return other instanceof SavedState that
        && Arrays.deepEquals(arrays.toArray(), that.arrays.toArray());
  }

  @Override
  public int hashCode() {
    return Arrays.deepHashCode(arrays.toArray());
  }

  @Override
  public String toString() {
    return arrays.size() + " arrays, " + bytes() + " bytes";
  }
}
