package dev.baton.operators.io;

import dev.baton.engine.source.SourceException;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.ReadableByteChannel;

/** How a file is compressed, which shows in its first bytes whatever its name is. */
enum Packing {
  GZIP,
  ZSTD;

  private static final int GZIP_MAGIC = 0x1F8B;
  private static final int ZSTD_MAGIC = 0x28B52FFD;

  /** The packing of a file, or null when it is not compressed. */
  static Packing of(InputFile file) throws IOException {
    ByteBuffer magic = ByteBuffer.allocate(4);
    if (file.stream() != null) {
      ReadableByteChannel start = file.stream().open();
      while (magic.hasRemaining() && start.read(magic) >= 0) {
        // A pipe gives as little as it likes.
      }
    } else {
      try (FileChannel channel = file.channel()) {
        file.read(channel, magic.limit((int) Math.min(4, file.size())), 0);
      }
    }
    // Whatever is not there is zero, as no start of a compressed file is.
    magic.clear();
    if (magic.getShort(0) == (short) GZIP_MAGIC) {
      return GZIP;
    }
    return magic.getInt(0) == ZSTD_MAGIC ? ZSTD : null;
  }

  /** Unpacks from a channel, which it closes. */
  ReadableByteChannel open(InputFile file, ReadableByteChannel raw) throws IOException {
    try {
      return this == GZIP ? new GzipChannel(raw) : new ZstdChannel(raw);
    } catch (NoClassDefFoundError e) {
      raw.close();
      throw failed(file, e);
    }
  }

  /** Says what is wrong with the file. */
  SourceException failed(InputFile file, Throwable e) {
    String what;
    if (e instanceof NoClassDefFoundError) {
      what = " is compressed with zstd; add the artifact com.github.luben:zstd-jni, or unpack it";
    } else if (e instanceof EOFException) {
      what = " is cut off: its " + name().toLowerCase(java.util.Locale.ROOT) + " data has no end";
    } else {
      what = " is damaged: it cannot be unpacked (" + e.getMessage() + ")";
    }
    return new SourceException(file.path() + what, e);
  }
}
