package dev.baton.operators.internal;

import dev.baton.engine.batch.Memory;

/**
 * LZ4 frames in memory, as the LZ4 frame format describes them. Checksums are verified where there
 * are some; frames of a dictionary are refused.
 *
 * <pre>
 * 04224D18 | flags | block size | [content size (i64)] | [dictionary (i32)] | header checksum
 *   blocks: length (i32; its top bit: as it is) | bytes | [checksum (i32)]
 * 00000000 | [checksum of the content (i32)]
 * </pre>
 */
public final class Lz4Frame {
  private static final int MAGIC = 0x184D2204;
  private static final int VERSION = 1 << 6;
  private static final int INDEPENDENT = 1 << 5;
  private static final int BLOCK_CHECKSUMS = 1 << 4;
  private static final int CONTENT_SIZE = 1 << 3;
  private static final int CONTENT_CHECKSUM = 1 << 2;
  private static final int DICTIONARY = 1;
  private static final int BLOCKS_OF_4_MIB = 7 << 4;
  private static final int BLOCK = 4 << 20;
  private static final int AS_IT_IS = 1 << 31;

  private Lz4Frame() {}

  /** The room that packing {@code length} bytes needs. */
  public static long bound(long length) {
    return length + (length / BLOCK + 1) * 8 + Lz4.bound(BLOCK) - BLOCK + 32;
  }

  /**
   * Packs bytes into a frame of blocks that stand alone.
   *
   * @param out where there is room for {@link #bound} bytes
   * @return how many bytes the frame has
   */
  public static long pack(Lz4.Packer packer, long in, long length, long out) {
    Memory.putInt(out, MAGIC);
    Memory.putByte(out + 4, (byte) (VERSION | INDEPENDENT));
    Memory.putByte(out + 5, (byte) BLOCKS_OF_4_MIB);
    Memory.putByte(out + 6, (byte) (XxHash32.of(out + 4, 2) >>> 8));
    long to = out + 7;
    for (long at = 0; at < length; at += BLOCK) {
      int piece = (int) Math.min(BLOCK, length - at);
      int packed = packer.pack(in + at, piece, to + 4);
      if (packed >= piece) {
        Memory.copy(in + at, to + 4, piece);
        packed = piece;
        Memory.putInt(to, piece | AS_IT_IS);
      } else {
        Memory.putInt(to, packed);
      }
      to += 4 + packed;
    }
    Memory.putInt(to, 0);
    return to + 4 - out;
  }

  /**
   * Unpacks a frame.
   *
   * @param size the most bytes to make
   * @return how many it has made
   * @throws IllegalArgumentException saying what is wrong with it
   */
  public static long unpack(long in, long length, long out, long size) {
    long end = in + length;
    check(length >= 11 && Memory.getInt(in) == MAGIC, "it is no lz4 frame");
    int flags = Memory.getByte(in + 4) & 0xFF;
    check((flags & 0xC0) == VERSION, "its lz4 frame has an unknown version");
    check((flags & DICTIONARY) == 0, "its lz4 frame needs a dictionary");
    long header = in + 6 + ((flags & CONTENT_SIZE) != 0 ? 8 : 0);
    check(end - header >= 5, "its lz4 frame is cut off");
    check(
        Memory.getByte(header) == (byte) (XxHash32.of(in + 4, header - in - 4) >>> 8),
        "the header of its lz4 frame is damaged");
    long at = header + 1;
    long to = out;
    int trailer = (flags & BLOCK_CHECKSUMS) != 0 ? 4 : 0;
    while (true) {
      check(end - at >= 4, "its lz4 frame is cut off");
      int word = Memory.getInt(at);
      at += 4;
      if (word == 0) {
        break;
      }
      long packed = word & ~AS_IT_IS;
      check(packed <= end - at - trailer, "its lz4 frame is cut off");
      if (trailer != 0) {
        check(Memory.getInt(at + packed) == XxHash32.of(at, packed), "an lz4 block is damaged");
      }
      long room = out + size - to;
      if ((word & AS_IT_IS) != 0) {
        check(packed <= room, "its lz4 frame has more bytes than announced");
        Memory.copy(at, to, packed);
        to += packed;
      } else {
        long origin = (flags & INDEPENDENT) != 0 ? to : out;
        long made = Lz4.unpack(at, packed, origin, to, room);
        check(made != Lz4.CORRUPT, "its lz4 data is corrupt, or more than announced");
        to += made;
      }
      at += packed + trailer;
    }
    if ((flags & CONTENT_CHECKSUM) != 0) {
      check(end - at >= 4, "its lz4 frame is cut off");
      check(
          Memory.getInt(at) == XxHash32.of(out, to - out), "the checksum of its lz4 frame differs");
    }
    return to - out;
  }

  private static void check(boolean holds, String otherwise) {
    if (!holds) {
      throw new IllegalArgumentException(otherwise);
    }
  }
}
