package dev.baton.operators.io;

import dev.baton.engine.batch.Memory;
import dev.baton.operators.internal.Swar;
import java.io.IOException;
import java.lang.ref.Reference;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import org.apache.arrow.memory.util.MemoryUtil;

/**
 * A search that also knows the line each record starts in, since it reads all that the search
 * passes. Only for those who want line numbers in advance. Confined to one thread at a time.
 */
public final class LineCount implements ByteSplits.Search {
  private static final int WINDOW = 256 * 1024;
  private static final long NEWLINES = Swar.broadcast('\n');

  private final InputFile file;
  private final ByteSplits.Search search;
  private final FileChannel channel;
  private final ByteBuffer window = ByteBuffer.allocateDirect(WINDOW);
  private long offset;
  private long line = 1;

  /**
   * Counts beside a search, which it closes.
   *
   * @param first where the first record starts
   */
  public LineCount(InputFile file, ByteSplits.Search search, long first) throws IOException {
    this.file = file;
    this.search = search;
    this.channel = file.channel();
    pass(first);
  }

  @Override
  public long atOrAfter(long target) throws IOException {
    long start = search.atOrAfter(target);
    pass(start);
    return start;
  }

  @Override
  public long line() {
    return line;
  }

  private void pass(long end) throws IOException {
    try {
      while (offset < end) {
        int length = (int) Math.min(WINDOW, end - offset);
        file.read(channel, window.clear().limit(length), offset);
        line += newlines(MemoryUtil.getByteBufferAddress(window), length);
        offset += length;
      }
    } finally {
      // The address alone does not keep the memory.
      Reference.reachabilityFence(window);
    }
  }

  /** The newlines in {@code length} bytes at {@code address}. */
  public static long newlines(long address, long length) {
    long found = 0;
    long i = 0;
    for (; i + 8 <= length; i += 8) {
      found += Long.bitCount(Swar.matches(Memory.getLong(address + i), NEWLINES));
    }
    for (; i < length; i++) {
      found += Memory.getByte(address + i) == '\n' ? 1 : 0;
    }
    return found;
  }

  @Override
  public void close() throws IOException {
    try {
      channel.close();
    } finally {
      search.close();
    }
  }
}
