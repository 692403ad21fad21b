package dev.baton.operators.internal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.baton.engine.batch.Memory;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.memory.RootAllocator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class Lz4Test {
  private static final int GUARD = 64;

  private final RootAllocator allocator = new RootAllocator();
  private final Lz4.Packer packer = new Lz4.Packer();

  @AfterEach
  void close() {
    allocator.close();
  }

  private byte[] pack(byte[] plain) {
    long room = Lz4Frame.bound(plain.length);
    try (ArrowBuf in = allocator.buffer(Math.max(1, plain.length));
        ArrowBuf out = allocator.buffer(room + GUARD)) {
      in.setBytes(0, plain);
      out.setOne(0, out.capacity());
      long made = Lz4Frame.pack(packer, in.memoryAddress(), plain.length, out.memoryAddress());
      assertTrue(made <= room, made + " bytes in a room of " + room);
      checkGuard(out, room);
      byte[] packed = new byte[(int) made];
      out.getBytes(0, packed);
      return packed;
    }
  }

  /** Unpacks into exactly so much room and checks that nothing else is written. */
  private byte[] unpack(byte[] packed, int size) {
    try (ArrowBuf in = allocator.buffer(Math.max(1, packed.length));
        ArrowBuf out = allocator.buffer(size + GUARD)) {
      in.setBytes(0, packed);
      out.setOne(0, out.capacity());
      try {
        long made = Lz4Frame.unpack(in.memoryAddress(), packed.length, out.memoryAddress(), size);
        byte[] plain = new byte[(int) made];
        out.getBytes(0, plain);
        return plain;
      } finally {
        checkGuard(out, size);
      }
    }
  }

  private static void checkGuard(ArrowBuf buffer, long from) {
    for (long i = from; i < from + GUARD; i++) {
      assertEquals(-1, Memory.getByte(buffer.memoryAddress() + i), "written behind the end");
    }
  }

  private static byte[] text(Random random, int length) {
    byte[] text = new byte[length];
    int kind = random.nextInt(5);
    for (int i = 0; i < length; i++) {
      text[i] =
          switch (kind) {
            case 0 -> (byte) random.nextInt();
            case 1 -> 0;
            case 2 -> (byte) ('a' + random.nextInt(3));
            case 3 -> (byte) (i % 7 == 0 ? random.nextInt(2) : i % 5);
            default -> i < 100 || random.nextInt(20) == 0 ? (byte) random.nextInt() : text[i - 100];
          };
    }
    return text;
  }

  @Test
  void whatIsPackedUnpacksToItself() {
    Random random = new Random(1);
    for (int length = 0; length < 300; length++) {
      byte[] plain = text(random, length);
      assertArrayEquals(plain, unpack(pack(plain), length));
    }
    for (int length : new int[] {70_000, 1_000_003, (4 << 20) - 1, (4 << 20) + 1, 9 << 20}) {
      for (int i = 0; i < 3; i++) {
        byte[] plain = text(random, length);
        assertArrayEquals(plain, unpack(pack(plain), length));
      }
    }
    assertTrue(pack(new byte[1 << 20]).length < 5000);
  }

  @Test
  void checksumsAreThoseOfXxHash() {
    assertEquals(0x02CC5D05, hash(""));
    assertEquals(0x550D7456, hash("a"));
    assertEquals(0x32D153FF, hash("abc"));
    assertEquals(0xE2293B2F, hash("Nobody inspects the spammish repetition"));
  }

  private int hash(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
    try (ArrowBuf buffer = allocator.buffer(Math.max(1, bytes.length))) {
      buffer.setBytes(0, bytes);
      return XxHash32.of(buffer.memoryAddress(), bytes.length);
    }
  }

  @Test
  void damagedFramesAreErrorsAndNeverWriteOutside() {
    Random random = new Random(2);
    int errors = 0;
    for (int round = 0; round < 3000; round++) {
      byte[] plain = text(random, random.nextInt(400));
      byte[] packed = pack(plain);
      if (round % 3 == 0) {
        packed = Arrays.copyOf(packed, random.nextInt(packed.length));
      } else {
        for (int i = 0; i < 3; i++) {
          packed[random.nextInt(packed.length)] = (byte) random.nextInt();
        }
      }
      try {
        unpack(packed, random.nextInt(500));
      } catch (IllegalArgumentException e) {
        errors++;
        assertTrue(e.getMessage().contains("lz4"), e.getMessage());
      }
    }
    assertTrue(errors > 2000, errors + " errors");
    byte[] packed = pack(new byte[1000]);
    assertEquals(
        "its lz4 data is corrupt, or more than announced",
        assertThrows(IllegalArgumentException.class, () -> unpack(packed, 999)).getMessage());
  }
}
