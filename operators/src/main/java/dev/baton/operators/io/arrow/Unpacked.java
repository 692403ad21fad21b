package dev.baton.operators.io.arrow;

import com.github.luben.zstd.Zstd;
import dev.baton.engine.operator.KernelContext;
import dev.baton.engine.source.SourceException;
import dev.baton.operators.internal.Lz4Frame;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.util.HashMap;
import java.util.Map;
import org.apache.arrow.flatbuf.Buffer;
import org.apache.arrow.memory.ArrowBuf;

/**
 * The buffers of one compressed record batch, each unpacked when it is first needed and kept, since
 * a batch is read in several slices.
 *
 * <pre>
 * length unpacked (i64), or -1: as it is | lz4 frame or zstd frame
 * </pre>
 */
final class Unpacked implements AutoCloseable {
  private static final int PREFIX = Long.BYTES;
  private static final long AS_IT_IS = -1;

  /** No vector of ours can hold more. */
  private static final long MOST_BYTES = Integer.MAX_VALUE;

  /** One byte of lz4 says at most that 255 others follow. */
  private static final long MOST_LZ4_RATIO = 255;

  /** A block of zstd has at least four bytes and makes at most 128 KiB. */
  private static final long MOST_ZSTD_RATIO = 32 << 10;

  private final ArrowMessage message;
  private final Compression codec;
  private final KernelContext context;
  private final Map<Integer, Piece> pieces = new HashMap<>();

  /**
   * @param codec how the batch is compressed
   */
  Unpacked(ArrowMessage message, Compression codec, KernelContext context) {
    this.message = message;
    this.codec = codec;
    this.context = context;
  }

  ArrowMessage message() {
    return message;
  }

  /** Buffer {@code number} of the batch. */
  Piece piece(int number, String column, Buffer packed, FileChannel channel) throws Exception {
    Piece known = pieces.get(number);
    if (known == null) {
      known = unpack(column, packed, channel);
      pieces.put(number, known);
    }
    return known;
  }

  private Piece unpack(String column, Buffer packed, FileChannel channel) throws Exception {
    if (packed.length() == 0) {
      return new Piece(packed.offset(), 0, null);
    }
    if (packed.length() < PREFIX) {
      throw corrupt(column, "a buffer of " + packed.length() + " bytes has no length");
    }
    ByteBuffer prefix = ByteBuffer.allocate(PREFIX).order(ByteOrder.LITTLE_ENDIAN);
    long at = message.body() + packed.offset();
    context.blocking(
        () -> {
          message.file().read(channel, prefix, at);
          return null;
        });
    long size = prefix.getLong(0);
    long length = packed.length() - PREFIX;
    if (size == AS_IT_IS) {
      return new Piece(packed.offset() + PREFIX, length, null);
    }
    if (size < 0
        || size > MOST_BYTES
        || length > MOST_BYTES
        || size > (codec == Compression.LZ4 ? MOST_LZ4_RATIO : MOST_ZSTD_RATIO) * length) {
      throw corrupt(column, length + " bytes claim to be " + size + " unpacked");
    }
    if (size == 0) {
      return new Piece(packed.offset(), 0, null);
    }
    return new Piece(0, size, unpack(column, at + PREFIX, length, size, channel));
  }

  private ArrowBuf unpack(String column, long at, long length, long size, FileChannel channel)
      throws Exception {
    ArrowBuf unpacked = null;
    try (ArrowBuf source = context.allocator().buffer(length)) {
      context.blocking(
          () -> {
            message.file().read(channel, source.nioBuffer(0, (int) length), at);
            return null;
          });
      checkAnnounced(source.nioBuffer(0, (int) length), size);
      unpacked = context.allocator().buffer(size);
      long made = unpack(source.memoryAddress(), length, unpacked.memoryAddress(), size);
      if (made != size) {
        throw new IllegalArgumentException(size + " bytes are announced, but it has " + made);
      }
      return unpacked;
    } catch (IllegalArgumentException e) {
      if (unpacked != null) {
        unpacked.close();
      }
      throw corrupt(column, e.getMessage());
    } catch (Throwable e) {
      if (unpacked != null) {
        unpacked.close();
      }
      throw e;
    }
  }

  /** Most zstd frames say themselves how large they are; checked before there is room for it. */
  private void checkAnnounced(ByteBuffer packed, long size) {
    if (codec == Compression.ZSTD) {
      long own = Zstd.getDirectByteBufferFrameContentSize(packed, 0, packed.limit());
      if (own > 0 && own != size) {
        throw new IllegalArgumentException(
            size + " bytes are announced, but its zstd frame says " + own);
      }
    }
  }

  private long unpack(long in, long length, long out, long size) {
    if (codec == Compression.LZ4) {
      return Lz4Frame.unpack(in, length, out, size);
    }
    long made = Zstd.decompressUnsafe(out, size, in, length);
    if (Zstd.isError(made)) {
      throw new IllegalArgumentException(
          "its zstd data is corrupt (" + Zstd.getErrorName(made) + ")");
    }
    return made;
  }

  private SourceException corrupt(String column, String what) {
    return new SourceException(
        message.place() + ", column '" + column + "': " + what + "; the file is corrupt");
  }

  @Override
  public void close() {
    for (Piece piece : pieces.values()) {
      if (piece.unpacked() != null) {
        piece.unpacked().close();
      }
    }
    pieces.clear();
  }
}
