package dev.baton.ipc.transport;

import dev.baton.engine.batch.Memory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.locks.ReentrantLock;
import net.openhft.chronicle.bytes.Bytes;
import net.openhft.chronicle.bytes.BytesStore;
import net.openhft.chronicle.queue.ExcerptAppender;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueue;
import net.openhft.chronicle.wire.DocumentContext;

/**
 * The only writer of a queue. Messages come from one thread, credits from any; neither waits for
 * more than the document that is being written.
 */
final class QueueWriter implements AutoCloseable {
  private final Path directory;
  private final TransportOptions options;
  private final Disk disk;
  private final ReentrantLock lock = new ReentrantLock();
  private final Credits credits = new Credits(lock, this::writeCredits);

  private final SingleChronicleQueue queue;
  private final ExcerptAppender appender;

  /** Read by Chronicle's clock: the file being written. */
  private volatile int cycle;

  private long position;
  private boolean closed;

  QueueWriter(Path directory, TransportOptions options, Disk disk) throws IOException {
    this.directory = directory;
    this.options = options;
    this.disk = disk;
    queue = Queues.open(directory, options, () -> Queues.timeOf(cycle));
    boolean opened = false;
    try {
      // Never on after a writer that was killed: what it left half written ends with its file.
      cycle = Math.max(Queues.FIRST_CYCLE, queue.lastCycle() + 1);
      prepare(cycle);
      appender = queue.createAppender();
      appender.singleThreadedCheckDisabled(true);
      opened = true;
    } finally {
      if (!opened) {
        queue.close();
      }
    }
  }

  /** Appends a message; {@code inline} is the payload that goes into the document, or null. */
  void append(Frame frame, Payload inline) throws IOException {
    lock.lock();
    try {
      write(frame, inline);
    } finally {
      lock.unlock();
      credits.flush();
    }
  }

  /** Gives a slot back, now or right after the document that another thread is writing. */
  void credit(int slot) throws IOException {
    credits.add(slot);
  }

  private void writeCredits(long slots) throws IOException {
    if (!closed) {
      write(Frame.credit(slots), null);
    }
  }

  private void write(Frame frame, Payload inline) throws IOException {
    if (closed) {
      throw new TransportClosedException("the connection is closed");
    }
    if (position > options.rollBytes()) {
      int next = cycle + 1;
      prepare(next);
      cycle = next;
    }
    DocumentContext document = appender.writingDocument();
    try {
      Bytes<?> bytes = document.wire().bytes();
      bytes.writeByte(frame.kind());
      bytes.writeByte(frame.placement());
      bytes.writeShort((short) 0);
      bytes.writeInt(frame.slot());
      bytes.writeLong(frame.kind() == Frame.CREDIT ? frame.slots() : frame.payloadBytes());
      bytes.writeLong(frame.more());
      bytes.writeLong(frame.millis());
      bytes.writeInt(frame.header().length);
      bytes.write(frame.header());
      if (inline != null) {
        writePayload(bytes, inline, frame.payloadBytes());
      }
      position = bytes.writePosition();
    } catch (Throwable t) {
      document.rollbackOnClose();
      throw t;
    } finally {
      document.close();
    }
  }

  /** Makes the file of a cycle out of blocks that exist. */
  private void prepare(int next) throws IOException {
    Path file = Queues.preparedFile(directory, next);
    Files.deleteIfExists(file);
    disk.createZeros(file, options.cycleBytes());
  }

  private static void writePayload(Bytes<?> bytes, Payload payload, long length) {
    long position = Frame.alignUp(bytes.writePosition());
    if (!bytes.bytesStore().inside(position, length)) {
      // A block is left for the next one only when something is written behind its end.
      bytes.writeByte(position + length - 1, (byte) 0);
    }
    BytesStore<?, ?> store = bytes.bytesStore();
    if (!store.inside(position, length)) {
      throw new IllegalStateException(
          "a payload of %d bytes at %d is not within the block from %d to %d"
              .formatted(length, position, store.start(), store.safeLimit()));
    }
    long address = store.addressForWrite(position);
    boolean written = false;
    try {
      payload.writeTo(address);
      written = true;
    } finally {
      if (!written) {
        // Chronicle takes anything but zeros after the last document for a document.
        Memory.fill(address, length, (byte) 0);
      }
    }
    bytes.writePosition(position + length);
  }

  @Override
  public void close() {
    lock.lock();
    try {
      if (!closed) {
        closed = true;
        appender.close();
        queue.close();
      }
    } finally {
      lock.unlock();
    }
  }
}
