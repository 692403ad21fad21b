package dev.baton.operators.io;

import dev.baton.engine.source.SourceException;
import java.io.IOException;
import java.io.InputStream;
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
  final class Reader extends InputStream {
    private int at;

    /** Says that there will be no other reading, so that nothing need be kept for it. */
    void isLast() {
      last = true;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] to, int offset, int most) throws IOException {
      if (most == 0) {
        return 0;
      }
      if (at == length && last) {
        at = 0;
        length = 0;
        return in.read(to, offset, most);
      }
      if (at == length && !keepMore(most)) {
        return -1;
      }
      int read = Math.min(most, length - at);
      System.arraycopy(kept, at, to, offset, read);
      at += read;
      return read;
    }

    /** Reads and keeps; false at the end. */
    private boolean keepMore(int most) throws IOException {
      if (length == kept.length) {
        kept = Arrays.copyOf(kept, 2 * length);
      }
      int read = in.read(kept, length, Math.min(most, kept.length - length));
      length += Math.max(0, read);
      return read > 0;
    }

    /**
     * Waits for a byte if need be: whoever asks wants to know whether this is the end, as a GZIP
     * stream does behind each of its members.
     */
    @Override
    public int available() throws IOException {
      if (at == length && last) {
        at = 0;
        length = 0;
      }
      return at < length || keepMore(1) ? length - at : 0;
    }
  }
}
