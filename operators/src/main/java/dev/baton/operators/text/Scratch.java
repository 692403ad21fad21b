package dev.baton.operators.text;

import dev.baton.engine.batch.Memory;
import dev.baton.operators.internal.Swar;
import java.nio.ByteBuffer;
import org.apache.arrow.memory.util.MemoryUtil;

/**
 * UTF-8 text being built outside the heap, where tables of keys look for it. Bytes are numbered
 * from 0; growing moves them. Released with the object. Confined to one thread.
 */
final class Scratch {
  private ByteBuffer memory = ByteBuffer.allocateDirect(1024);
  private long base = MemoryUtil.getByteBufferAddress(memory);

  /** How many bytes are in use; whoever writes them sets it. */
  int size;

  /** The address of byte 0, until more room is made. */
  long base() {
    return base;
  }

  /** Makes room for so many bytes after those in use. */
  void room(long bytes) {
    long needed = size + bytes;
    if (needed > memory.capacity()) {
      if (needed > Integer.MAX_VALUE) {
        throw new IllegalStateException("a text of more than 2 GiB; cut it before this stage");
      }
      int capacity = (int) Math.min(Integer.MAX_VALUE, Math.max(needed, 2L * memory.capacity()));
      ByteBuffer larger = ByteBuffer.allocateDirect(capacity);
      long to = MemoryUtil.getByteBufferAddress(larger);
      Memory.copy(base, to, size);
      memory = larger;
      base = to;
    }
  }

  /** Appends bytes. */
  void put(byte[] bytes) {
    room(bytes.length);
    Memory.copyFromArray(bytes, 0, base + size, bytes.length);
    size += bytes.length;
  }

  /** Appends bytes from outside the heap, eight at a time, for most words are short. */
  void put(long address, int length) {
    room(length + 8L);
    long to = base + size;
    for (int i = 0; i < length; i += 8) {
      Memory.putLong(to + i, Swar.word(address + i, length - i));
    }
    size += length;
  }

  /** Appends the UTF-8 form of a code point. */
  void put(int letter) {
    room(4);
    long at = base + size;
    if (letter < 0x80) {
      Memory.putByte(at, (byte) letter);
      size++;
    } else if (letter < 0x800) {
      Memory.putByte(at, (byte) (0xC0 | letter >> 6));
      Memory.putByte(at + 1, (byte) (0x80 | letter & 63));
      size += 2;
    } else if (letter < 0x10000) {
      Memory.putByte(at, (byte) (0xE0 | letter >> 12));
      Memory.putByte(at + 1, (byte) (0x80 | letter >> 6 & 63));
      Memory.putByte(at + 2, (byte) (0x80 | letter & 63));
      size += 3;
    } else {
      Memory.putByte(at, (byte) (0xF0 | letter >> 18));
      Memory.putByte(at + 1, (byte) (0x80 | letter >> 12 & 63));
      Memory.putByte(at + 2, (byte) (0x80 | letter >> 6 & 63));
      Memory.putByte(at + 3, (byte) (0x80 | letter & 63));
      size += 4;
    }
  }
}
