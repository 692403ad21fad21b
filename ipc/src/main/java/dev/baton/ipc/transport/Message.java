package dev.baton.ipc.transport;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.ForeignAllocation;

/**
 * A received message. Its payload is read where the sender wrote it, until the message and every
 * buffer made by {@link #wrap} are closed; then the slot goes back to the sender. May be closed on
 * any thread, in any order, and outlives its {@link Endpoint}.
 */
public final class Message implements AutoCloseable {
  private final byte[] header;
  private final long bytes;
  private final Mapping body;
  private final Runnable giveBack;
  private final AtomicInteger holders = new AtomicInteger(1);
  private final AtomicBoolean closed = new AtomicBoolean();

  /** {@code body} may be null; {@code giveBack} runs once, after the body was let go. */
  Message(byte[] header, long bytes, Mapping body, Runnable giveBack) {
    this.header = header;
    this.bytes = bytes;
    this.body = body;
    this.giveBack = giveBack;
  }

  /** The header as sent; not a copy. */
  public byte[] header() {
    return header;
  }

  /** The address of the payload, a multiple of 64; 0 if there is none. */
  public long address() {
    return body == null ? 0 : body.address();
  }

  /** The length of the payload. */
  public long bytes() {
    return bytes;
  }

  /**
   * The payload as an Arrow buffer, without a copy. It counts against the allocator, and keeps the
   * payload in place after this message is closed. It may be written to: the slot is the receiver's
   * until it is given back.
   */
  public ArrowBuf wrap(BufferAllocator allocator) {
    if (closed.get()) {
      throw new IllegalStateException("the message is closed");
    }
    if (body == null) {
      return allocator.getEmpty();
    }
    holders.incrementAndGet();
    boolean wrapped = false;
    try {
      ArrowBuf buffer =
          allocator.wrapForeignAllocation(
              new ForeignAllocation(bytes, body.address()) {
                @Override
                protected void release0() {
                  release();
                }
              });
      buffer.writerIndex(bytes);
      wrapped = true;
      return buffer;
    } finally {
      if (!wrapped) {
        release();
      }
    }
  }

  @Override
  public void close() {
    if (closed.compareAndSet(false, true)) {
      release();
    }
  }

  private void release() {
    if (holders.decrementAndGet() == 0) {
      if (body != null) {
        body.close();
      }
      giveBack.run();
    }
  }
}
