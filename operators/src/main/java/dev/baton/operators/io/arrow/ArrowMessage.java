package dev.baton.operators.io.arrow;

import dev.baton.engine.source.SourceException;
import dev.baton.operators.io.InputFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import org.apache.arrow.flatbuf.Message;

/**
 * A message of an Arrow file: where it is, not what is in it.
 *
 * <pre>
 * offset                      metadata             body            end
 * | FFFFFFFF | length (i32) | flatbuffer, padded | buffers, padded |
 * </pre>
 *
 * Before Arrow 0.15 the first word was missing.
 */
record ArrowMessage(InputFile file, long offset, ByteBuffer metadata, long body, long bodyLength) {
  private static final int MOST_METADATA = 256 << 20;
  private static final int CONTINUATION = -1;

  /** Whether the first bytes can be those of a stream, rather than of some other file. */
  static boolean startsStream(InputFile file, FileChannel channel) throws IOException {
    if (file.size() < 8) {
      return false;
    }
    ByteBuffer prefix = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN);
    file.read(channel, prefix, 0);
    int length = prefix.getInt(0);
    return length == CONTINUATION || length > 0 && length < file.size();
  }

  /** The message at {@code offset}, or null when the stream ends there. */
  static ArrowMessage read(InputFile file, FileChannel channel, long offset) throws IOException {
    long left = file.size() - offset;
    if (left == 0) {
      return null;
    }
    if (offset < 0 || left < 4) {
      throw corrupt(file, offset, "there is no whole message");
    }
    ByteBuffer prefix = ByteBuffer.allocate((int) Math.min(8, left)).order(ByteOrder.LITTLE_ENDIAN);
    file.read(channel, prefix, offset);
    int length = prefix.getInt(0);
    int prefixBytes = 4;
    if (length == CONTINUATION) {
      if (left < 8) {
        throw corrupt(file, offset, "there is no whole message");
      }
      length = prefix.getInt(4);
      prefixBytes = 8;
    }
    if (length == 0) {
      return null;
    }
    if (length < 0 || length > MOST_METADATA || length > left - prefixBytes) {
      throw corrupt(
          file, offset, "its metadata claims " + length + " bytes where " + left + " are left");
    }
    ByteBuffer metadata = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
    file.read(channel, metadata, offset + prefixBytes);
    metadata.flip();
    long body = offset + prefixBytes + length;
    long bodyLength = Message.getRootAsMessage(metadata).bodyLength();
    if (bodyLength < 0 || bodyLength > file.size() - body) {
      throw corrupt(
          file,
          offset,
          "its body claims " + bodyLength + " bytes where " + (file.size() - body) + " are left");
    }
    return new ArrowMessage(file, offset, metadata, body, bodyLength);
  }

  Message header() {
    return Message.getRootAsMessage(metadata.duplicate().order(ByteOrder.LITTLE_ENDIAN));
  }

  /** Where the next message of a stream starts. */
  long end() {
    return body + bodyLength;
  }

  String place() {
    return file.path() + ", Arrow message at byte " + offset;
  }

  private static SourceException corrupt(InputFile file, long offset, String what) {
    return new SourceException(
        file.path()
            + ", Arrow message at byte "
            + offset
            + ": "
            + what
            + "; the file is cut off or corrupt");
  }
}
