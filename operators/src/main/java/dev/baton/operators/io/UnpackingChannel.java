package dev.baton.operators.io;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;

/**
 * Unpacks a file that is one member behind the other, as compressors write that work in parallel.
 * It ends where the file does, behind a member that is complete; all else is an error. (Those of
 * the libraries take some damaged members for the end.) Confined to one thread.
 */
abstract class UnpackingChannel implements ReadableByteChannel {
  private static final int BUFFER = 128 << 10;

  private final ReadableByteChannel raw;
  private final ByteBuffer packed = ByteBuffer.allocateDirect(BUFFER).limit(0);
  private long read;

  /** A member has begun and has not ended. */
  private boolean inside;

  /**
   * @param raw what is packed; closed with this
   */
  UnpackingChannel(ReadableByteChannel raw) {
    this.raw = raw;
  }

  /**
   * Begins with the member, whose first bytes are there.
   *
   * @return false when the file ends without another
   * @throws EOFException when it ends within the start of one
   */
  abstract boolean begin() throws IOException;

  /**
   * Unpacks what it can.
   *
   * @return whether the member ends here
   */
  abstract boolean unpack(ByteBuffer to) throws IOException;

  /** What was read and is not unpacked. */
  final ByteBuffer packed() {
    return packed;
  }

  /** Reads more behind what is left; false at the end of the file. */
  final boolean more() throws IOException {
    packed.compact();
    try {
      int more = raw.read(packed);
      read += Math.max(0, more);
      return more > 0;
    } finally {
      packed.flip();
    }
  }

  /** Reads until so many bytes are there. */
  final void need(int bytes) throws IOException {
    while (packed.remaining() < bytes) {
      if (!more()) {
        throw new EOFException();
      }
    }
  }

  /** An error at the place that is reached. */
  final IOException damaged(String what) {
    return new IOException("byte " + (read - packed.remaining()) + ": " + what);
  }

  @Override
  public final int read(ByteBuffer to) throws IOException {
    int start = to.position();
    while (to.hasRemaining() && to.position() == start) {
      if (!inside) {
        if (!packed.hasRemaining() && !more() || !begin()) {
          return -1;
        }
        inside = true;
      }
      int left = packed.remaining();
      if (unpack(to)) {
        inside = false;
      } else if (to.position() == start && packed.remaining() == left) {
        need(left + 1);
      }
    }
    return to.position() - start;
  }

  @Override
  public final boolean isOpen() {
    return raw.isOpen();
  }

  @Override
  public void close() throws IOException {
    raw.close();
  }
}
