package dev.baton.operators.parquet;

import dev.baton.engine.batch.Memory;
import dev.baton.engine.batch.Validity;

/** Writes the definition levels of a page of an optional column: its bytes, then runs of bits. */
final class Levels {
  private Levels() {}

  /** Appends them, and returns how many bytes they have. */
  static int write(long bitmap, int rows, int present, GrowingBuffer out) throws CorruptException {
    long start = out.room(16L + Validity.bytes(rows));
    long at = start + 4;
    if (present == rows || present == 0) {
      at = varint(rows << 1, at);
      Memory.putByte(at++, (byte) (present == 0 ? 0 : 1));
    } else {
      int groups = Validity.bytes(rows);
      at = varint(groups << 1 | 1, at);
      Validity.copy(bitmap, at, rows);
      at += groups;
    }
    Memory.putInt(start, (int) (at - start - 4));
    out.advance(at - start);
    return (int) (at - start);
  }

  /** Writes a number, seven bits in a byte, and returns the address behind it. */
  static long varint(int value, long at) {
    while ((value & ~0x7F) != 0) {
      Memory.putByte(at++, (byte) (value | 0x80));
      value >>>= 7;
    }
    Memory.putByte(at++, (byte) value);
    return at;
  }
}
