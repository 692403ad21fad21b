package dev.baton.ipc.worker;

import dev.baton.engine.batch.PooledAllocator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import net.openhft.chronicle.queue.ChronicleQueue;
import net.openhft.chronicle.queue.ExcerptAppender;
import net.openhft.chronicle.queue.ExcerptTailer;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueueBuilder;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.BigIntVector;

/** Loads what costs a worker most of its start: one vector and one queue, used once. */
public final class ArchiveTraining {
  private ArchiveTraining() {}

  public static void main(String[] arguments) throws IOException {
    try (BufferAllocator allocator = new PooledAllocator();
        BigIntVector vector = new BigIntVector("x", allocator)) {
      vector.allocateNew(1);
      vector.set(0, 1);
      vector.setValueCount(1);
    }
    Path directory = Files.createTempDirectory("baton-training");
    try {
      try (ChronicleQueue queue = SingleChronicleQueueBuilder.binary(directory).build();
          ExcerptAppender appender = queue.createAppender();
          ExcerptTailer tailer = queue.createTailer()) {
        appender.writeBytes(bytes -> bytes.writeLong(1));
        tailer.readBytes(bytes -> bytes.readLong());
      }
    } finally {
      PrivateDirectory.delete(directory);
    }
  }
}
