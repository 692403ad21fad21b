package dev.baton.operators.internal;

import dev.baton.engine.operator.FitState;
import dev.baton.engine.operator.StateReader;
import dev.baton.engine.operator.StateWriter;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Base64;
import java.util.function.Consumer;

/**
 * What a {@link FitState} writes, as a parameter of the transform it becomes: immutable, equal by
 * its bytes, and base64 where the transform is written down.
 *
 * <p>Each thing written is its length in bytes, as four, and these bytes; little-endian.
 */
public final class Packed {
  private final byte[] bytes;

  private Packed(byte[] bytes) {
    this.bytes = bytes;
  }

  /** What a state writes. */
  public static Packed of(FitState<?> state) {
    return of(state::write);
  }

  /** What a part of a state writes. */
  public static Packed of(Consumer<StateWriter> state) {
    Writer writer = new Writer();
    state.accept(writer);
    return new Packed(Arrays.copyOf(writer.buffer.array(), writer.buffer.position()));
  }

  /** A reader of it, from the start. */
  public StateReader reader() {
    return new Reader(ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN));
  }

  /** Gives a state that has seen nothing what this was made of. */
  public <S extends FitState<S>> S into(S state) {
    state.read(reader());
    return state;
  }

  /** The content that {@link #toString} wrote. */
  public static Packed parse(String text) {
    return new Packed(Base64.getDecoder().decode(text));
  }

  @Override
  public String toString() {
    return Base64.getEncoder().encodeToString(bytes);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Packed that && Arrays.equals(bytes, that.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }

  private static final class Writer implements StateWriter {
    private ByteBuffer buffer = ByteBuffer.allocate(256).order(ByteOrder.LITTLE_ENDIAN);

    private ByteBuffer begin(int bytes) {
      long needed = (long) buffer.position() + 4 + bytes;
      if (needed > buffer.capacity()) {
        if (needed > Integer.MAX_VALUE - 8) {
          throw new IllegalStateException("what was learned takes more than 2 GiB");
        }
        long larger = Math.min(Integer.MAX_VALUE - 8, Math.max(needed, 2L * buffer.capacity()));
        buffer =
            ByteBuffer.allocate((int) larger)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put(buffer.array(), 0, buffer.position());
      }
      return buffer.putInt(bytes);
    }

    @Override
    public void longs(long... values) {
      begin(Math.multiplyExact(8, values.length)).asLongBuffer().put(values);
      buffer.position(buffer.position() + 8 * values.length);
    }

    @Override
    public void doubles(double... values) {
      begin(Math.multiplyExact(8, values.length)).asDoubleBuffer().put(values);
      buffer.position(buffer.position() + 8 * values.length);
    }

    @Override
    public void bytes(byte[] values) {
      begin(values.length).put(values);
    }
  }

  private record Reader(ByteBuffer buffer) implements StateReader {
    @Override
    public long[] longs() {
      long[] values = new long[buffer.getInt() / 8];
      buffer.asLongBuffer().get(values);
      buffer.position(buffer.position() + 8 * values.length);
      return values;
    }

    @Override
    public double[] doubles() {
      double[] values = new double[buffer.getInt() / 8];
      buffer.asDoubleBuffer().get(values);
      buffer.position(buffer.position() + 8 * values.length);
      return values;
    }

    @Override
    public byte[] bytes() {
      byte[] values = new byte[buffer.getInt()];
      buffer.get(values);
      return values;
    }
  }
}
