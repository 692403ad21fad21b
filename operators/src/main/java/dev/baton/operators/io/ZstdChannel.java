package dev.baton.operators.io;

import com.github.luben.zstd.ZstdDecompressCtx;
import com.github.luben.zstd.ZstdException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;

/** Unpacks zstd, whose members are called frames. */
final class ZstdChannel extends UnpackingChannel {
  private final ZstdDecompressCtx context = new ZstdDecompressCtx();

  ZstdChannel(ReadableByteChannel raw) {
    super(raw);
  }

  @Override
  boolean begin() {
    return true;
  }

  @Override
  boolean unpack(ByteBuffer to) throws IOException {
    try {
      return context.decompressDirectByteBufferStream(to, packed());
    } catch (ZstdException e) {
      throw damaged(e.getMessage());
    }
  }

  @Override
  public void close() throws IOException {
    context.close();
    super.close();
  }
}
