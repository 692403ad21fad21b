package dev.baton.operators.io.arrow;

import com.github.luben.zstd.Zstd;
import dev.baton.engine.batch.Memory;
import dev.baton.operators.internal.Lz4;
import dev.baton.operators.internal.Lz4Frame;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.compression.AbstractCompressionCodec;
import org.apache.arrow.vector.compression.CompressionUtil;

/** Compresses buffers for Arrow's unloader. Confined to one thread. */
final class BodyCodec extends AbstractCompressionCodec {
  private static final int ZSTD_LEVEL = 1;

  private final Compression compression;
  private final Lz4.Packer packer = new Lz4.Packer();

  BodyCodec(Compression compression) {
    this.compression = compression;
  }

  @Override
  protected ArrowBuf doCompress(BufferAllocator allocator, ArrowBuf plain) {
    long length = plain.writerIndex();
    long prefix = CompressionUtil.SIZE_OF_UNCOMPRESSED_LENGTH;
    boolean lz4 = compression == Compression.LZ4;
    long room = lz4 ? Lz4Frame.bound(length) : Zstd.compressBound(length);
    ArrowBuf packed = allocator.buffer(prefix + room);
    try {
      long in = plain.memoryAddress();
      long out = packed.memoryAddress() + prefix;
      long made =
          lz4 ? Lz4Frame.pack(packer, in, length, out) : zstd(allocator, in, length, out, room);
      if (!lz4 && Zstd.isError(made)) {
        throw new IllegalStateException("zstd cannot compress: " + Zstd.getErrorName(made));
      }
      packed.writerIndex(prefix + made);
      return packed;
    } catch (Throwable e) {
      packed.close();
      throw e;
    }
  }

  /**
   * Native code reads a copy only: the buffer may be a mapped file, and when that is made shorter,
   * Java code gets an error but native code ends the process.
   */
  private static long zstd(BufferAllocator allocator, long in, long length, long out, long room) {
    try (ArrowBuf copy = allocator.buffer(Math.max(length, 1))) {
      Memory.copy(in, copy.memoryAddress(), length);
      return Zstd.compressUnsafe(out, room, copy.memoryAddress(), length, ZSTD_LEVEL);
    }
  }

  @Override
  protected ArrowBuf doDecompress(BufferAllocator allocator, ArrowBuf packed) {
    throw new UnsupportedOperationException("record batches are unpacked by Unpacked");
  }

  @Override
  public CompressionUtil.CodecType getCodecType() {
    return compression == Compression.LZ4
        ? CompressionUtil.CodecType.LZ4_FRAME
        : CompressionUtil.CodecType.ZSTD;
  }
}
