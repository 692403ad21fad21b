package dev.baton.ipc.transport;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import net.openhft.chronicle.bytes.Bytes;
import net.openhft.chronicle.bytes.MappedBytesStore;
import net.openhft.chronicle.queue.ExcerptTailer;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueue;
import net.openhft.chronicle.wire.DocumentContext;

/** The only reader of a queue: checks each document and deletes files that it has read. */
final class QueueReader implements AutoCloseable {
  private final Path directory;
  private final TransportOptions options;
  private final boolean delete;
  private final SingleChronicleQueue queue;
  private final ExcerptTailer tailer;
  private int cycle = Queues.FIRST_CYCLE;
  private boolean closed;

  QueueReader(Path directory, TransportOptions options, boolean delete) {
    this.directory = directory;
    this.options = options;
    this.delete = delete;
    // Time 0: a reader never starts a file.
    queue = Queues.open(directory, options, () -> 0);
    tailer = queue.createTailer();
    tailer.singleThreadedCheckDisabled(true);
  }

  /** The next document, or null if there is none yet; its body is the caller's to close. */
  synchronized Frame read() throws IOException {
    if (closed) {
      throw new TransportClosedException("the connection is closed");
    }
    Frame frame;
    try (DocumentContext document = tailer.readingDocument()) {
      if (!document.isPresent()) {
        return null;
      }
      frame = parse(document.wire().bytes());
    }
    if (tailer.cycle() > cycle) {
      deleteUpTo(tailer.cycle());
    }
    return frame;
  }

  private Frame parse(Bytes<?> bytes) throws IOException {
    long length = bytes.readRemaining();
    if (length < Frame.FIXED_BYTES) {
      throw corrupt("a document of " + length + " bytes");
    }
    byte kind = bytes.readByte();
    byte placement = bytes.readByte();
    bytes.readShort();
    int slot = bytes.readInt();
    long value = bytes.readLong();
    long more = bytes.readLong();
    long millis = bytes.readLong();
    int headerLength = bytes.readInt();
    if (headerLength < 0
        || headerLength > TransportOptions.MAX_HEADER_BYTES
        || headerLength > bytes.readRemaining()) {
      throw corrupt("a header of " + headerLength + " bytes in a document of " + length);
    }
    if (kind == Frame.CREDIT) {
      return new Frame(kind, placement, 0, 0, value, 0, millis, new byte[0], null);
    }
    if (kind != Frame.MESSAGE || placement < Frame.NONE || placement > Frame.INLINE) {
      throw corrupt("a document of kind " + kind + " and placement " + placement);
    }
    if (placement != Frame.NONE && (slot < 0 || slot >= options.slots())) {
      throw corrupt("slot " + slot + " of " + options.slots());
    }
    if (value < 0 || value > options.slotBytes()) {
      throw corrupt("a payload of " + value + " bytes; a slot has " + options.slotBytes());
    }
    if (more < 0 || (more > 0 && value == 0)) {
      throw corrupt("a payload of " + value + " bytes with " + more + " to come");
    }
    byte[] header = new byte[headerLength];
    bytes.read(header);
    Mapping body = placement == Frame.INLINE ? body(bytes, value) : null;
    return new Frame(kind, placement, slot, value, 0, more, millis, header, body);
  }

  private Mapping body(Bytes<?> bytes, long length) throws IOException {
    long position = Frame.alignUp(bytes.readPosition());
    if (position + length > bytes.readLimit()) {
      throw corrupt("a payload of " + length + " bytes that ends outside its document");
    }
    if (!bytes.bytesStore().inside(position, length)) {
      // As when it was written.
      bytes.readByte(position + length - 1);
    }
    MappedBytesStore store = (MappedBytesStore) bytes.bytesStore();
    if (!store.inside(position, length)) {
      throw corrupt("a payload of " + length + " bytes that is not within one block");
    }
    return Mapping.hold(store, store.addressForRead(position));
  }

  private IOException corrupt(String found) {
    return new IOException(
        "corrupt queue "
            + directory
            + ": "
            + found
            + "; both processes must run the same version and nothing else may write there");
  }

  /** Payloads that lie in a deleted file stay mapped until they are closed. */
  private void deleteUpTo(int current) throws IOException {
    for (; cycle < current; cycle++) {
      if (delete) {
        Files.deleteIfExists(Queues.file(directory, cycle));
      }
    }
  }

  @Override
  public synchronized void close() {
    if (!closed) {
      closed = true;
      tailer.close();
      queue.close();
    }
  }
}
