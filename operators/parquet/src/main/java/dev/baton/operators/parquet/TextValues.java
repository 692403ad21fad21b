package dev.baton.operators.parquet;

import dev.baton.engine.batch.Memory;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.memory.BufferAllocator;

/** The texts of a page, without nulls. */
interface TextValues extends AutoCloseable {
  /**
   * Reads the next {@code count} texts.
   *
   * @param ends where to write the end of each in {@code target}, four bytes
   */
  void read(int count, GrowingBuffer target, long ends) throws CorruptException;

  @Override
  default void close() {}

  /** PLAIN: a length of four bytes before each. */
  final class Plain implements TextValues {
    private final long end;
    private long at;

    Plain(long from, long to) {
      this.at = from;
      this.end = to;
    }

    @Override
    public void read(int count, GrowingBuffer target, long ends) throws CorruptException {
      long last = at;
      for (int i = 0; i < count; i++) {
        int length = end - last < 4 ? -1 : Memory.getInt(last);
        if (length < 0 || length > end - last - 4) {
          throw new CorruptException(
              "text " + i + " of " + count + " of a page lies outside of it");
        }
        last += 4L + length;
      }
      long bytes = last - at - 4L * count;
      long to = target.room(bytes);
      int used = target.used();
      for (int i = 0; i < count; i++) {
        int length = Memory.getInt(at);
        copy(at + 4, to, length);
        at += 4L + length;
        to += length;
        used += length;
        Memory.putInt(ends + 4L * i, used);
      }
      target.advance(bytes);
    }
  }

  /** Short texts in words: up to seven bytes behind the end are read and written too. */
  static void copy(long from, long to, int length) {
    if (length <= 16) {
      Memory.putLong(to, Memory.getLong(from));
      if (length > 8) {
        Memory.putLong(to + 8, Memory.getLong(from + 8));
      }
    } else if (length <= 64) {
      for (int i = 0; i < length; i += 8) {
        Memory.putLong(to + i, Memory.getLong(from + i));
      }
    } else {
      Memory.copy(from, to, length);
    }
  }

  /** DELTA_LENGTH_BYTE_ARRAY: all lengths, then all bytes. */
  final class DeltaLength implements TextValues {
    private final DeltaReader lengths = new DeltaReader();
    private final long end;
    private long at;

    DeltaLength(long from, long to) throws CorruptException {
      lengths.start(from, to);
      at = lengths.skipAll();
      end = to;
      lengths.start(from, to);
    }

    @Override
    public void read(int count, GrowingBuffer target, long ends) throws CorruptException {
      lengths.read(count, 4, ends);
      long used = target.used();
      for (int i = 0; i < count; i++) {
        int length = Memory.getInt(ends + 4L * i);
        used += length;
        if (length < 0 || used > Integer.MAX_VALUE) {
          throw new CorruptException("a page has a text of " + length + " bytes");
        }
        Memory.putInt(ends + 4L * i, (int) used);
      }
      long bytes = used - target.used();
      if (bytes > end - at) {
        throw new CorruptException(
            "a page announces " + bytes + " bytes of text where " + (end - at) + " are left");
      }
      Memory.copy(at, target.room(bytes), bytes);
      target.advance(bytes);
      at += bytes;
    }
  }

  /** DELTA_BYTE_ARRAY: how much each text shares with the one before, and the rest of it. */
  final class DeltaText implements TextValues {
    private static final int PIECE = 1024;

    private final DeltaReader prefixes = new DeltaReader();
    private final DeltaReader suffixes = new DeltaReader();
    private final long end;
    private long at;

    /** Prefix and suffix lengths of a piece, and the last text read. */
    private final ArrowBuf room;

    private final GrowingBuffer last;

    DeltaText(long from, long to, BufferAllocator allocator) throws CorruptException {
      prefixes.start(from, to);
      long middle = prefixes.skipAll();
      prefixes.start(from, to);
      suffixes.start(middle, to);
      at = suffixes.skipAll();
      suffixes.start(middle, to);
      end = to;
      room = allocator.buffer(8L * PIECE);
      last = new GrowingBuffer(allocator, 64);
    }

    @Override
    public void read(int count, GrowingBuffer target, long ends) throws CorruptException {
      long prefix = room.memoryAddress();
      long suffix = prefix + 4L * PIECE;
      for (int done = 0; done < count; done += PIECE) {
        int some = Math.min(PIECE, count - done);
        prefixes.read(some, 4, prefix);
        suffixes.read(some, 4, suffix);
        for (int i = 0; i < some; i++) {
          append(Memory.getInt(prefix + 4L * i), Memory.getInt(suffix + 4L * i), target);
          Memory.putInt(ends + 4L * (done + i), target.used());
        }
      }
    }

    private void append(int shared, int own, GrowingBuffer target) throws CorruptException {
      if (shared < 0 || shared > last.used() || own < 0 || own > end - at) {
        throw new CorruptException(
            String.format(
                "a page has a text of %d bytes of the one before, which has %d, and %d of its own",
                shared, last.used(), own));
      }
      long length = (long) shared + own;
      long to = target.room(length);
      Memory.copy(last.address(), to, shared);
      Memory.copy(at, to + shared, own);
      at += own;
      target.advance(length);
      // Its beginning is there already.
      last.advance((long) shared - last.used());
      Memory.copy(to + shared, last.room(own), own);
      last.advance(own);
    }

    @Override
    public void close() {
      room.close();
      last.close();
    }
  }
}
