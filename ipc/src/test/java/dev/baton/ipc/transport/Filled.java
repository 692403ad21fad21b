package dev.baton.ipc.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.baton.engine.batch.Memory;
import java.util.SplittableRandom;

/** A payload of pseudo-random bytes that can be checked without keeping them. */
record Filled(long seed, long bytes) implements Payload {
  static Filled of(long seed, long bytes) {
    return new Filled(seed, bytes);
  }

  @Override
  public void writeTo(long address) {
    assertEquals(0, address % Frame.ALIGNMENT, "a payload is aligned");
    SplittableRandom random = new SplittableRandom(seed);
    for (long i = 0; i < bytes; i += 8) {
      long word = random.nextLong();
      if (bytes - i >= 8) {
        Memory.putLong(address + i, word);
      } else {
        for (long j = i; j < bytes; j++) {
          Memory.putByte(address + j, (byte) (word >>> (8 * (j - i))));
        }
      }
    }
  }

  void assertIn(Message message) {
    assertEquals(bytes, message.payloadBytes());
    assertEquals(0, message.payloadAddress() % Frame.ALIGNMENT, "a payload is aligned");
    assertAt(message.payloadAddress());
  }

  void assertAt(long address) {
    SplittableRandom random = new SplittableRandom(seed);
    for (long i = 0; i < bytes; i += 8) {
      long word = random.nextLong();
      if (bytes - i >= 8) {
        if (Memory.getLong(address + i) != word) {
          assertEquals(word, Memory.getLong(address + i), "seed " + seed + ", byte " + i);
        }
      } else {
        for (long j = i; j < bytes; j++) {
          assertEquals((byte) (word >>> (8 * (j - i))), Memory.getByte(address + j));
        }
      }
    }
  }
}
