package dev.baton.operators.parquet;

import com.github.luben.zstd.Zstd;
import dev.baton.operators.internal.GzipHeader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.parquet.format.CompressionCodec;
import org.xerial.snappy.Snappy;

/**
 * Unpacks the bodies of pages. Whatever the input, nothing is written past the length announced.
 */
final class Decompressor implements AutoCloseable {
  private Inflater inflater;

  /**
   * Unpacks {@code length} bytes of {@code source} from {@code from} into exactly {@code size}
   * bytes of {@code target} from {@code to}.
   */
  void unpack(
      CompressionCodec codec,
      ArrowBuf source,
      long from,
      int length,
      ArrowBuf target,
      long to,
      int size)
      throws IOException {
    if (size == 0) {
      return;
    }
    long in = source.memoryAddress() + from;
    long out = target.memoryAddress() + to;
    long made =
        switch (codec) {
          case SNAPPY -> snappy(in, length, out, size);
          case ZSTD -> zstd(in, length, out, size);
          case LZ4_RAW -> Lz4Pages.block(in, length, out, size);
          case LZ4 -> Lz4Pages.older(in, length, out, size);
          case GZIP -> gzip(source.nioBuffer(from, length), target.nioBuffer(to, size));
          case UNCOMPRESSED, BROTLI, LZO ->
              throw new CorruptException(
                  "it is compressed with "
                      + codec
                      + ", which is not supported; use zstd or snappy");
        };
    if (made != size) {
      throw new CorruptException(
          "a page announces " + size + " bytes but its " + codec + " data has " + made);
    }
  }

  private static long snappy(long in, int length, long out, int size) throws IOException {
    try {
      long announced = Snappy.uncompressedLength(in, length);
      return announced == size ? Snappy.rawUncompress(in, length, out) : announced;
    } catch (IOException e) {
      throw new CorruptException("its snappy data is corrupt (" + e.getMessage() + ")");
    }
  }

  private static long zstd(long in, int length, long out, int size) throws CorruptException {
    long made = Zstd.decompressUnsafe(out, size, in, length);
    if (Zstd.isError(made)) {
      throw new CorruptException("its zstd data is corrupt (" + Zstd.getErrorName(made) + ")");
    }
    return made;
  }

  /** Members of a gzip file one behind the other; the checksums of members are not looked at. */
  private long gzip(ByteBuffer in, ByteBuffer out) throws CorruptException {
    if (inflater == null) {
      inflater = new Inflater(true);
    }
    try {
      while (in.hasRemaining()) {
        int data = GzipHeader.end(in);
        if (data == GzipHeader.CUT) {
          throw new CorruptException("its gzip data is cut off");
        }
        in.position(data);
        inflater.reset();
        inflater.setInput(in);
        while (!inflater.finished()) {
          if (inflater.inflate(out) == 0 && !inflater.finished()) {
            throw new CorruptException(
                out.hasRemaining()
                    ? "its gzip data is cut off"
                    : "its gzip data has more than the announced " + out.limit() + " bytes");
          }
        }
        in.position(Math.min(in.limit(), in.position() + 8));
      }
      return out.position();
    } catch (DataFormatException e) {
      throw new CorruptException("its gzip data is corrupt (" + e.getMessage() + ")");
    }
  }

  @Override
  public void close() {
    if (inflater != null) {
      inflater.end();
    }
  }
}
