package dev.baton.operators.internal;

import java.nio.ByteBuffer;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;

/** The start of a gzip member (RFC 1952). */
public final class GzipHeader {
  /** What {@link #end} returns when there is too little of a header to know. */
  public static final int CUT = -1;

  private static final byte[] START = {0x1F, (byte) 0x8B, 8};
  private static final int FIXED = 10;
  private static final int HEADER_CHECKSUM = 2;
  private static final int EXTRA = 4;
  private static final int NAME = 8;
  private static final int COMMENT = 16;
  private static final int RESERVED = 0xE0;

  private GzipHeader() {}

  /**
   * Where the deflated data begins, behind the header with which {@code in} starts; or {@link
   * #CUT}.
   *
   * @param in is not moved
   * @throws DataFormatException when there is no header, or a damaged one
   */
  public static int end(ByteBuffer in) throws DataFormatException {
    int start = in.position();
    for (int i = 0; i < Math.min(START.length, in.remaining()); i++) {
      if (in.get(start + i) != START[i]) {
        throw new DataFormatException("no gzip header where one must be");
      }
    }
    if (in.remaining() < FIXED) {
      return CUT;
    }
    int flags = in.get(start + 3);
    if ((flags & RESERVED) != 0) {
      throw new DataFormatException("a gzip header with flags that there are none of");
    }
    int at = start + FIXED;
    if ((flags & EXTRA) != 0) {
      if (at + 2 > in.limit()) {
        return CUT;
      }
      at += 2 + unsignedShort(in, at);
    }
    if ((flags & NAME) != 0) {
      at = textEnd(in, at);
    }
    if ((flags & COMMENT) != 0) {
      at = textEnd(in, at);
    }
    if ((flags & HEADER_CHECKSUM) != 0) {
      if (at + 2 > in.limit()) {
        return CUT;
      }
      CRC32 sum = new CRC32();
      sum.update(in.duplicate().limit(at));
      if ((sum.getValue() & 0xFFFF) != unsignedShort(in, at)) {
        throw new DataFormatException("a gzip header that its checksum does not fit");
      }
      at += 2;
    }
    return at > in.limit() ? CUT : at;
  }

  private static int unsignedShort(ByteBuffer in, int at) {
    return in.get(at) & 0xFF | (in.get(at + 1) & 0xFF) << 8;
  }

  /** Behind the zero at the end of a text; behind the limit when there is none. */
  private static int textEnd(ByteBuffer in, int at) {
    while (at < in.limit() && in.get(at) != 0) {
      at++;
    }
    return at + 1;
  }
}
