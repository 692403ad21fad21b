package dev.baton.operators.parquet;

import dev.baton.engine.batch.Memory;

/** The values of a page, all of one width, without nulls. */
interface FixedValues extends AutoCloseable {
  /**
   * Reads the next {@code count} values; up to {@link PageReader#SLACK} bytes behind them may be
   * written too.
   */
  void read(int count, long target) throws CorruptException;

  @Override
  default void close() {}

  static CorruptException cutOff(long count, long there) {
    return new CorruptException("a page has " + there + " values where " + count + " are needed");
  }

  /** One value behind the other. */
  final class Plain implements FixedValues {
    private final int width;
    private final long end;
    private long at;

    Plain(int width, long from, long to) {
      this.width = width;
      this.at = from;
      this.end = to;
    }

    @Override
    public void read(int count, long target) throws CorruptException {
      long bytes = (long) count * width;
      if (bytes > end - at) {
        throw cutOff(count, (end - at) / width);
      }
      Memory.copy(at, target, bytes);
      at += bytes;
    }
  }

  /** DELTA_BINARY_PACKED. */
  final class Delta implements FixedValues {
    private final DeltaReader deltas = new DeltaReader();
    private final int width;

    Delta(int width, long from, long to) throws CorruptException {
      this.width = width;
      deltas.start(from, to);
    }

    @Override
    public void read(int count, long target) throws CorruptException {
      deltas.read(count, width, target);
    }
  }

  /** BYTE_STREAM_SPLIT: the first bytes of all values, then the second bytes, and so on. */
  final class Split implements FixedValues {
    private final int width;
    private final long stride;
    private long at;
    private long left;

    Split(int width, long from, long to) {
      this.width = width;
      this.stride = (to - from) / width;
      this.at = from;
      this.left = stride;
    }

    @Override
    public void read(int count, long target) throws CorruptException {
      if (count > left) {
        throw cutOff(count, left);
      }
      for (int stream = 0; stream < width; stream++) {
        long from = at + stream * stride;
        long to = target + stream;
        for (int i = 0; i < count; i++) {
          Memory.putByte(to, Memory.getByte(from + i));
          to += width;
        }
      }
      at += count;
      left -= count;
    }
  }
}
