package dev.baton.operators.io.arrow;

import dev.baton.operators.io.InputFile;
import java.io.IOException;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.ForeignAllocation;
import org.apache.arrow.memory.util.MemoryUtil;

/**
 * An Arrow file in memory as the system has it, in windows that overlap, so that whatever is
 * shorter than half of one lies within one. They are mapped when first used and go when neither
 * this nor a buffer refers to them. Thread-safe.
 */
final class Mapping {
  private static final long STEP = 1L << 30;
  private static final long MOST_WINDOW = Integer.MAX_VALUE;

  /** Kernels may look at whole words, so a little behind a buffer must be in the file too. */
  private static final int BEHIND = 8;

  private final InputFile file;
  private final MappedByteBuffer[] windows;

  Mapping(InputFile file) {
    this.file = file;
    this.windows = new MappedByteBuffer[(int) (file.size() / STEP) + 1];
  }

  /**
   * A read-only buffer over bytes of the file, accounted to the allocator as if it were its own.
   *
   * @return null when they must be read instead: too many, or at the very end of the file
   */
  ArrowBuf buffer(long at, long length, FileChannel channel, BufferAllocator allocator)
      throws IOException {
    int number = (int) (at / STEP);
    long start = number * STEP;
    if (length == 0
        || length > file.size() - at - BEHIND
        || at + length + BEHIND - start > MOST_WINDOW) {
      return null;
    }
    MappedByteBuffer window = window(number, channel);
    Mapped mapped =
        new Mapped(window, length, MemoryUtil.getByteBufferAddress(window) + at - start);
    ArrowBuf buffer = allocator.wrapForeignAllocation(mapped);
    buffer.writerIndex(length);
    return buffer;
  }

  private synchronized MappedByteBuffer window(int number, FileChannel channel) throws IOException {
    if (windows[number] == null) {
      long start = number * STEP;
      long length = Math.min(MOST_WINDOW, file.size() - start);
      windows[number] = channel.map(FileChannel.MapMode.READ_ONLY, start, length);
    }
    return windows[number];
  }

  /** Keeps the window as long as Arrow refers to it; it goes with the last such reference. */
  private static final class Mapped extends ForeignAllocation {
    @SuppressWarnings("unused")
    private final MappedByteBuffer window;

    Mapped(MappedByteBuffer window, long length, long address) {
      super(length, address);
      this.window = window;
    }

    @Override
    protected void release0() {}
  }
}
