package dev.baton.ipc.transport;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import net.openhft.chronicle.bytes.MappedBytesStore;
import net.openhft.chronicle.bytes.MappedFile;
import net.openhft.chronicle.bytes.SyncMode;
import net.openhft.chronicle.core.io.ReferenceOwner;

/**
 * A region of a mapped file, held by this object: it stays mapped until the last holder of the
 * region has closed.
 */
final class Mapping implements Body, ReferenceOwner {
  private static final long PAGE = 4096;

  private final MappedBytesStore store;
  private final long address;
  private boolean closed;

  private Mapping(MappedBytesStore store, long address) {
    this.store = store;
    this.address = address;
  }

  /** Maps the first bytes of an existing file, which must be long enough. */
  static Mapping of(Path file, long bytes) throws IOException {
    long size = Files.size(file);
    if (size < bytes) {
      throw new IOException(file + " has " + size + " bytes where " + bytes + " are expected");
    }
    long mapped = roundUp(bytes);
    MappedFile mappedFile = MappedFile.of(file.toFile(), mapped, 0, false);
    mappedFile.syncMode(SyncMode.NONE);
    try {
      ReferenceOwner opener = ReferenceOwner.temporary("open");
      MappedBytesStore store = mappedFile.acquireByteStore(opener, 0);
      try {
        return hold(store, store.addressForRead(0));
      } finally {
        store.release(opener);
      }
    } finally {
      mappedFile.releaseLast();
    }
  }

  /** Holds a region that someone else has mapped. */
  static Mapping hold(MappedBytesStore store, long address) {
    Mapping mapping = new Mapping(store, address);
    store.reserve(mapping);
    return mapping;
  }

  /** Another holder of this region, at an offset from its address. */
  synchronized Mapping share(long offset) throws IOException {
    if (closed) {
      throw new TransportClosedException("the connection is closed");
    }
    return hold(store, address + offset);
  }

  @Override
  public long address() {
    return address;
  }

  static long roundUp(long bytes) {
    return (bytes + PAGE - 1) / PAGE * PAGE;
  }

  @Override
  public synchronized void close() {
    if (!closed) {
      closed = true;
      store.release(this);
    }
  }
}
