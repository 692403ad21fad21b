package dev.baton.operators.io;

import dev.baton.engine.source.SourceException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.util.Arrays;

/**
 * Bytes that come once, of which the first may be looked at several times before all are read: what
 * was looked at is kept until then. Used by one thread at a time.
 */
public final class StreamedInput {
  private final String name;
  private final InputStream in;
  private byte[] kept = new byte[64 << 10];
  private int length;
  private boolean last;

  /**
   * @param name for messages
   */
  public StreamedInput(String name, InputStream in) {
    this.name = name;
    this.in = in;
  }

  String name() {
    return name;
  }

  /** Starts from the first byte. */
  Reader open() throws IOException {
    if (last) {
      throw new SourceException(name + " was read before, and what comes once is not kept");
    }
    return new Reader();
  }

  /** One reading. */
  final class Reader implements ReadableByteChannel {
    private int at;

    /** Says that there will be no other reading, so that nothing need be kept for it. */
    void isLast() {
      last = true;
    }

    @Override
    public int read(ByteBuffer to) throws IOException {
      if (at == length && !more(to.remaining())) {
        return -1;
      }
      int read = Math.min(to.remaining(), length - at);
      to.put(kept, at, read);
      at += read;
      return read;
    }

    /** Reads behind what is kept; false at the end. */
    private boolean more(int most) throws IOException {
      if (last) {
        at = 0;
        length = 0;
      }
      if (length == kept.length) {
        kept = Arrays.copyOf(kept, 2 * length);
      }
      int read = in.read(kept, length, Math.min(most, kept.length - length));
      length += Math.max(0, read);
      return read > 0;
    }

    @Override
    public boolean isOpen() {
      return true;
    }

    /** Others may read after this. */
    @Override
    public void close() {}
  }
}
