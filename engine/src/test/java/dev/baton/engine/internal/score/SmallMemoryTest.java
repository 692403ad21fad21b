package dev.baton.engine.internal.score;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.baton.engine.batch.Memory;
import dev.baton.engine.batch.Types;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.memory.ForeignAllocation;
import org.apache.arrow.memory.ReferenceManager;
import org.apache.arrow.vector.TinyIntVector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.ipc.message.ArrowFieldNode;
import org.apache.arrow.vector.util.TransferPair;
import org.junit.jupiter.api.Test;

/** Memory for single rows behaves as Arrow's own, and finds the same mistakes. */
class SmallMemoryTest {
  private final SmallMemory memory = new SmallMemory();

  @Test
  void buffersDoNotOverlapWhateverIsReleasedBetween() {
    SplittableRandom random = new SplittableRandom(7);
    List<ArrowBuf> held = new ArrayList<>();
    for (int i = 0; i < 20_000; i++) {
      if (held.size() > 60 || !held.isEmpty() && random.nextInt(3) == 0) {
        ArrowBuf released = held.remove(random.nextInt(held.size()));
        check(released);
        released.close();
      } else {
        int size = 1 + random.nextInt(random.nextInt(50) == 0 ? 100_000 : 300);
        ArrowBuf made = memory.buffer(size);
        assertTrue(made.capacity() >= size, () -> size + " gave " + made.capacity());
        Memory.fill(made.memoryAddress(), made.capacity(), (byte) made.getId());
        held.add(made);
      }
    }
    for (ArrowBuf buffer : held) {
      check(buffer);
      buffer.close();
    }
    assertEquals(0, memory.getAllocatedMemory());
    memory.close();
  }

  private static void check(ArrowBuf buffer) {
    for (long at = 0; at < buffer.capacity(); at++) {
      assertEquals((byte) buffer.getId(), buffer.getByte(at));
    }
  }

  @Test
  void aLeakIsFound() {
    ArrowBuf buffer = memory.buffer(100);
    assertEquals(128, memory.getAllocatedMemory());
    assertEquals(
        "memory was leaked by scoring: 128 bytes",
        assertThrows(IllegalStateException.class, memory::close).getMessage());
    assertThrows(IllegalStateException.class, memory::assertOpen);
    assertEquals(1, buffer.refCnt());
  }

  @Test
  void aBufferIsReleasedOnceOnly() {
    ArrowBuf buffer = memory.buffer(8);
    ReferenceManager references = buffer.getReferenceManager();
    references.retain();
    assertEquals(2, references.getRefCount());
    assertEquals(false, references.release());
    assertEquals(true, references.release());
    assertThrows(IllegalStateException.class, references::release);
    assertThrows(IllegalStateException.class, references::retain);
    assertThrows(IllegalArgumentException.class, () -> memory.buffer(-1));
    assertEquals(0, memory.buffer(0).capacity());
    memory.close();
  }

  @Test
  void whatIsReleasedIsHandedOutAgain() {
    ArrowBuf first = memory.buffer(100);
    long address = first.memoryAddress();
    ArrowBuf other = memory.buffer(100);
    assertNotEquals(address, other.memoryAddress());
    first.close();
    ArrowBuf again = memory.buffer(70);
    assertEquals(address, again.memoryAddress());
    again.close();
    other.close();
    assertEquals(256, memory.getPeakMemoryAllocation());
    memory.close();
  }

  @Test
  void columnsAreSlicedTransferredAndGrown() {
    try (VarCharVector texts = new VarCharVector("t", memory)) {
      for (int row = 0; row < 500; row++) {
        texts.setSafe(row, ("text " + row).getBytes(StandardCharsets.UTF_8));
      }
      texts.setValueCount(500);
      TransferPair half = texts.getTransferPair(Types.field("half", Types.UTF8), memory);
      half.splitAndTransfer(250, 250);
      try (VarCharVector part = (VarCharVector) half.getTo()) {
        TransferPair all = part.getTransferPair(part.getField(), memory);
        all.transfer();
        try (VarCharVector moved = (VarCharVector) all.getTo()) {
          assertEquals(250, moved.getValueCount());
          assertEquals("text 499", moved.getObject(249).toString());
        }
        assertEquals("text 250", texts.getObject(250).toString());
      }
    }
    assertEquals(0, memory.getAllocatedMemory());
    memory.close();
  }

  /** As a mapped file is; its buffers live beside those of the rows. */
  @Test
  void foreignMemoryCanBeInAColumnToo() {
    int[] released = new int[1];
    ArrowBuf own = memory.buffer(64);
    Memory.fill(own.memoryAddress(), 64, (byte) 1);
    ForeignAllocation foreign =
        new ForeignAllocation(64, own.memoryAddress()) {
          @Override
          protected void release0() {
            released[0]++;
          }
        };
    try (ArrowBuf wrapped = memory.wrapForeignAllocation(foreign);
        TinyIntVector column = new TinyIntVector("c", memory)) {
      column.loadFieldBuffers(new ArrowFieldNode(8, 0), List.of(wrapped, wrapped));
      assertEquals(1, column.get(7));
      TransferPair pair = column.getTransferPair(column.getField(), memory);
      pair.splitAndTransfer(0, 8);
      pair.getTo().close();
    }
    assertEquals(1, released[0]);
    own.close();
    memory.close();
  }
}
