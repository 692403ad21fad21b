package dev.baton.operators.parquet;

import dev.baton.engine.batch.Memory;
import dev.baton.engine.operator.KernelContext;
import org.apache.arrow.memory.ArrowBuf;

/** Reads indices into a dictionary in pieces that stay in the cache, and checks them. */
final class Indices implements AutoCloseable {
  static final int PIECE = 1024;

  private final RunReader runs = new RunReader();
  private final ArrowBuf room;

  Indices(KernelContext context) {
    room = context.allocator().buffer(4L * PIECE + PageReader.SLACK);
  }

  /** Starts on a page: a byte with the width, then runs. */
  void start(long from, long to) throws CorruptException {
    if (from >= to) {
      // A page of nulls only.
      runs.start(from, to, 0);
      return;
    }
    runs.start(from + 1, to, Memory.getByte(from) & 0xFF);
  }

  /**
   * Reads at most {@link #PIECE} indices, all of them below {@code size}; returns where they are.
   */
  long read(int count, int size) throws CorruptException {
    long target = room.memoryAddress();
    read(count, size, target);
    return target;
  }

  /** Reads any number of indices, all of them below {@code size}, to {@code target}. */
  void read(int count, int size, long target) throws CorruptException {
    runs.ints(count, target);
    int below = -1;
    for (int i = 0; i < count; i++) {
      int index = Memory.getInt(target + 4L * i);
      below &= index - size & ~index;
    }
    if (count > 0 && below >= 0) {
      throw new CorruptException("a page has an index that is not in its dictionary of " + size);
    }
  }

  /** Reads indices and fetches their values. */
  void gather(int count, long dictionary, int size, int width, long target)
      throws CorruptException {
    for (int done = 0; done < count; done += PIECE) {
      int some = Math.min(PIECE, count - done);
      fetch(some, read(some, size), dictionary, width, target + (long) done * width);
    }
  }

  private static void fetch(int count, long indices, long dictionary, int width, long target) {
    switch (width) {
      case 1 -> {
        for (int i = 0; i < count; i++) {
          Memory.putByte(target + i, Memory.getByte(dictionary + Memory.getInt(indices + 4L * i)));
        }
      }
      case 2 -> {
        for (int i = 0; i < count; i++) {
          long from = dictionary + 2L * Memory.getInt(indices + 4L * i);
          Memory.putShort(target + 2L * i, Memory.getShort(from));
        }
      }
      case 4 -> {
        for (int i = 0; i < count; i++) {
          long from = dictionary + 4L * Memory.getInt(indices + 4L * i);
          Memory.putInt(target + 4L * i, Memory.getInt(from));
        }
      }
      case 8 -> {
        for (int i = 0; i < count; i++) {
          long from = dictionary + 8L * Memory.getInt(indices + 4L * i);
          Memory.putLong(target + 8L * i, Memory.getLong(from));
        }
      }
      default -> {
        for (int i = 0; i < count; i++) {
          long from = dictionary + (long) width * Memory.getInt(indices + 4L * i);
          Memory.copy(from, target + (long) width * i, width);
        }
      }
    }
  }

  @Override
  public void close() {
    room.close();
  }
}
