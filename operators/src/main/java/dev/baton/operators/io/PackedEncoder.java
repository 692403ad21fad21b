package dev.baton.operators.io;

import com.github.luben.zstd.Zstd;
import dev.baton.engine.batch.Batch;
import dev.baton.engine.operator.KernelContext;
import dev.baton.engine.source.Encoder;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Locale;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import org.apache.arrow.memory.ArrowBuf;

/**
 * Compresses what another encoder makes, each batch by itself as a member of a gzip file or a frame
 * of a zstd file, whose concatenation every reader of these formats takes as one. So workers
 * compress at the same time. Belongs to one worker.
 */
public final class PackedEncoder implements Encoder {
  /** Makes text of a batch. */
  public interface Texts extends AutoCloseable {
    /** The text, owned by the caller. */
    TextBytes encode(Batch batch) throws Exception;

    @Override
    void close();
  }

  private static final byte[] GZIP_HEADER = {0x1F, (byte) 0x8B, 8, 0, 0, 0, 0, 0, 0, (byte) 0xFF};
  private static final int GZIP_TRAILER = 8;
  private static final int ZSTD_LEVEL = 3;

  private final Texts texts;
  private final Packing packing;
  private final KernelContext context;
  private final Deflater deflater = new Deflater(Deflater.DEFAULT_COMPRESSION, true);

  private PackedEncoder(Texts texts, Packing packing, KernelContext context) {
    this.texts = texts;
    this.packing = packing;
    this.context = context;
  }

  /** An encoder for a file of that name: compressing for {@code .gz} and {@code .zst}. */
  public static Encoder of(Path path, Texts texts, KernelContext context) throws IOException {
    return new PackedEncoder(texts, packing(path), context);
  }

  private static Packing packing(Path path) throws IOException {
    String name = path.getFileName().toString().toLowerCase(Locale.ROOT);
    if (name.endsWith(".zst")) {
      try {
        Zstd.maxCompressionLevel();
      } catch (NoClassDefFoundError e) {
        throw new IOException(
            "cannot write " + path + ": zstd needs the artifact com.github.luben:zstd-jni", e);
      }
      return Packing.ZSTD;
    }
    return name.endsWith(".gz") ? Packing.GZIP : null;
  }

  /** Some text as a member of a file of that name, or as it is. */
  public static byte[] pack(Path path, byte[] text) throws IOException {
    Packing packing = packing(path);
    if (packing == null) {
      return text;
    }
    ByteBuffer from = ByteBuffer.allocateDirect(text.length).put(text).flip();
    ByteBuffer to = ByteBuffer.allocateDirect(room(packing, text.length));
    Deflater deflater = new Deflater(Deflater.DEFAULT_COMPRESSION, true);
    try {
      pack(packing, deflater, from, to);
    } finally {
      deflater.end();
    }
    byte[] packed = new byte[to.flip().remaining()];
    to.get(packed);
    return packed;
  }

  @Override
  public TextBytes encode(Batch batch) throws Exception {
    TextBytes text = texts.encode(batch);
    if (packing == null || text.length() == 0) {
      return text;
    }
    try (text) {
      ArrowBuf packed = context.allocator().buffer(room(packing, text.length()));
      try {
        ByteBuffer to = packed.nioBuffer(0, (int) packed.capacity());
        pack(packing, deflater, text.buffer().nioBuffer(0, text.length()), to);
        return new TextBytes(packed, to.position());
      } catch (Throwable e) {
        packed.close();
        throw e;
      }
    }
  }

  /** The most bytes that so much text can become. */
  private static int room(Packing packing, int length) {
    return Math.toIntExact(
        packing == Packing.ZSTD
            ? Zstd.compressBound(length)
            : length + length / 1000L + 64 + GZIP_HEADER.length + GZIP_TRAILER);
  }

  private static void pack(Packing packing, Deflater deflater, ByteBuffer from, ByteBuffer to) {
    if (packing == Packing.ZSTD) {
      boolean withChecksum = true;
      Zstd.compress(to, from, ZSTD_LEVEL, withChecksum);
      return;
    }
    CRC32 sum = new CRC32();
    sum.update(from.duplicate());
    int length = from.remaining();
    to.order(ByteOrder.LITTLE_ENDIAN).put(GZIP_HEADER);
    deflater.reset();
    deflater.setInput(from);
    deflater.finish();
    while (!deflater.finished()) {
      deflater.deflate(to);
    }
    to.putInt((int) sum.getValue()).putInt(length);
  }

  @Override
  public void close() {
    deflater.end();
    texts.close();
  }
}
