package dev.baton.ipc.transport;

import dev.baton.engine.batch.Memory;
import java.io.IOException;
import net.openhft.chronicle.core.OS;

/** A payload too large for a slot, in memory of this process: being cut or put together. */
final class Assembly implements Body {
  private final long bytes;
  private final long allocated;
  private final long address;
  private long filled;
  private boolean closed;

  Assembly(long bytes) {
    this.bytes = bytes;
    allocated = OS.memory().allocate(bytes + Frame.ALIGNMENT);
    address = Frame.alignUp(allocated);
    // Gaps between what is written would hold what was here before.
    Memory.fill(address, bytes, (byte) 0);
  }

  /** Appends a part, after which {@code more} bytes are to come. */
  void add(long from, long length, long more) throws IOException {
    if (filled + length + more != bytes) {
      throw new IOException(
          "a part of %d bytes with %d to come, where %d of %d bytes are there"
              .formatted(length, more, filled, bytes));
    }
    Memory.copy(from, address + filled, length);
    filled += length;
  }

  long bytes() {
    return bytes;
  }

  @Override
  public long address() {
    return address;
  }

  @Override
  public synchronized void close() {
    if (!closed) {
      closed = true;
      OS.memory().freeMemory(allocated, bytes + Frame.ALIGNMENT);
    }
  }
}
