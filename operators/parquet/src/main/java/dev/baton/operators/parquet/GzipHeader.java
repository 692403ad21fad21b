package dev.baton.operators.parquet;

import java.nio.ByteBuffer;

/** The start of a gzip member (RFC 1952). */
final class GzipHeader {
  private static final int FIXED = 10;
  private static final int HEADER_CHECKSUM = 2;
  private static final int EXTRA = 4;
  private static final int NAME = 8;
  private static final int COMMENT = 16;

  private GzipHeader() {}

  /** Moves to the deflated data. */
  static void skip(ByteBuffer in) throws CorruptException {
    int start = in.position();
    if (in.remaining() < FIXED || in.get(start) != 0x1F || in.get(start + 1) != (byte) 0x8B) {
      throw new CorruptException("its gzip data has no gzip header");
    }
    int flags = in.get(start + 3);
    in.position(start + FIXED);
    if ((flags & EXTRA) != 0 && in.remaining() >= 2) {
      int length = in.get() & 0xFF | (in.get() & 0xFF) << 8;
      in.position(Math.min(in.limit(), in.position() + length));
    }
    if ((flags & NAME) != 0) {
      skipText(in);
    }
    if ((flags & COMMENT) != 0) {
      skipText(in);
    }
    if ((flags & HEADER_CHECKSUM) != 0) {
      in.position(Math.min(in.limit(), in.position() + 2));
    }
  }

  private static void skipText(ByteBuffer in) {
    while (in.hasRemaining() && in.get() != 0) {
      // One byte after the other, to the zero at its end.
    }
  }
}
