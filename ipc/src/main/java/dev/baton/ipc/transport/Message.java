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
  private final Body body;
  private final Runnable giveBack;
  private final AtomicInteger holders = new AtomicInteger(1);
  private final AtomicBoolean closed = new AtomicBoolean();

  /** {@code body} may be null; {@code giveBack} runs once, after the body was let go. */
  Message(byte[] header, long bytes, Body body, Runnable giveBack) {
    this.header = header;
    this.bytes = bytes;
    this.body = body;
    this.giveBack = giveBack;
  }

  /** The header as sent; not a copy. */
  public byte[] header() {
    return header;
  }

  /** The length of the payload; 0 if there is none. */
  public long payloadBytes() {
    return bytes;
  }

  /** The address of the payload, a multiple of 64; 0 if there is none. */
  public long payloadAddress() {
    return body == null ? 0 : body.address();
  }

  /**
   * The payload as a buffer that the allocator accounts for and that outlives this message's {@link
   * #close}: the slot goes back once all such buffers and the message are closed. It may be written
   * to: until then the slot is the receiver's.
   *
   * @throws org.apache.arrow.memory.OutOfMemoryException if the allocator's limit is too low; the
   *     message stays as it was
   */
  public ArrowBuf wrap(BufferAllocator allocator) {
    if (closed.get()) {
      throw new IllegalStateException("the message is closed");
    }
    if (body == null) {
      return allocator.getEmpty();
    }
    holders.incrementAndGet();
    Wrapped wrapped = new Wrapped();
    boolean done = false;
    try {
      ArrowBuf buffer = allocator.wrapForeignAllocation(wrapped);
      buffer.writerIndex(bytes);
      done = true;
      return buffer;
    } finally {
      if (!done) {
        wrapped.release0();
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

  private final class Wrapped extends ForeignAllocation {
    private final AtomicBoolean released = new AtomicBoolean();

    Wrapped() {
      super(bytes, body.address());
    }

    /** Arrow calls it on some of its own failures and not on others: only the first call counts. */
    @Override
    protected void release0() {
      if (released.compareAndSet(false, true)) {
        release();
      }
    }
  }
}
