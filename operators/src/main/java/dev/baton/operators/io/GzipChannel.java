package dev.baton.operators.io;

import dev.baton.operators.internal.GzipHeader;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.ReadableByteChannel;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * Unpacks gzip; header, length and checksum of every member are checked. Zeros behind the last
 * member are the padding that some media need, as {@code gzip} takes them.
 */
final class GzipChannel extends UnpackingChannel {
  private static final int TRAILER = 8;

  private final Inflater inflater = new Inflater(true);
  private final CRC32 sum = new CRC32();
  private boolean first = true;

  GzipChannel(ReadableByteChannel raw) {
    super(raw);
    packed().order(ByteOrder.LITTLE_ENDIAN);
  }

  @Override
  boolean begin() throws IOException {
    if (!first && packed().get(packed().position()) == 0) {
      passPadding();
      return false;
    }
    first = false;
    int end = headerEnd();
    while (end == GzipHeader.CUT) {
      if (packed().position() == 0 && packed().limit() == packed().capacity()) {
        throw damaged("a gzip header of more than " + packed().capacity() + " bytes");
      }
      if (!more()) {
        throw new EOFException();
      }
      end = headerEnd();
    }
    packed().position(end);
    inflater.reset();
    sum.reset();
    return true;
  }

  private int headerEnd() throws IOException {
    try {
      return GzipHeader.end(packed());
    } catch (DataFormatException e) {
      throw damaged(e.getMessage());
    }
  }

  private void passPadding() throws IOException {
    do {
      while (packed().hasRemaining()) {
        if (packed().get() != 0) {
          throw damaged("other bytes than zeros behind the end of the gzip data");
        }
      }
    } while (more());
  }

  @Override
  boolean unpack(ByteBuffer to) throws IOException {
    ByteBuffer made = to.duplicate();
    try {
      inflater.setInput(packed());
      inflater.inflate(to);
    } catch (DataFormatException e) {
      throw damaged(e.getMessage());
    }
    sum.update(made.limit(to.position()));
    if (inflater.needsDictionary()) {
      throw damaged("it needs a dictionary");
    }
    if (!inflater.finished()) {
      return false;
    }
    need(TRAILER);
    if (packed().getInt() != (int) sum.getValue()) {
      throw damaged("the checksum of a gzip member does not fit");
    }
    if (packed().getInt() != (int) inflater.getBytesWritten()) {
      throw damaged("the length of a gzip member does not fit");
    }
    return true;
  }

  @Override
  public void close() throws IOException {
    inflater.end();
    super.close();
  }
}
