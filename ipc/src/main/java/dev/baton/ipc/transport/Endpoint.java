package dev.baton.ipc.transport;

import dev.baton.ipc.transport.ConnectionDirectory.Lane;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import net.openhft.chronicle.core.io.BackgroundResourceReleaser;

/**
 * One end of a two-way connection between the parent and one worker, through files in a directory.
 * Messages arrive in the order they were sent. One thread may send while another receives; messages
 * may be closed on any thread.
 *
 * <p>At most {@link TransportOptions#slots} payloads are on their way or held by the receiver in
 * each direction: that bounds memory and disk. Messages without payload are not counted, they are
 * bounded by what the two sides agree on.
 */
public final class Endpoint implements AutoCloseable {
  private static final byte[] NO_HEADER = {};

  private final TransportOptions options;
  private final Lane incoming;
  private final QueueWriter writer;
  private final QueueReader reader;

  /** Null unless payloads lie in slabs. */
  private final Mapping outgoingSlab;

  private final Mapping incomingSlab;

  private final Slots slots;
  private final Queue<Message> inbox = new ConcurrentLinkedQueue<>();
  private final AtomicBoolean closed = new AtomicBoolean();
  private final AtomicLong bytesSent = new AtomicLong();
  private final AtomicLong bytesReceived = new AtomicLong();
  private final AtomicLong sendNanos = new AtomicLong();
  private final AtomicLong waitNanos = new AtomicLong();

  /** What went wrong while a slot was given back, where it could not be thrown. */
  private volatile IOException failure;

  /** The payload being received in parts, or null. */
  private Assembly assembly;

  Endpoint(TransportOptions options, Lane outgoing, Lane incoming, Disk disk) throws IOException {
    this.options = options;
    this.incoming = incoming;
    this.slots = new Slots(options.slots());
    boolean slabs = options.kind() == TransportOptions.Kind.SLAB;
    Mapping out = null;
    Mapping in = null;
    QueueWriter appending = null;
    QueueReader reading = null;
    boolean opened = false;
    try {
      out = slabs ? Mapping.of(outgoing.slab(), options.slabBytes()) : null;
      in = slabs ? Mapping.of(incoming.slab(), options.slabBytes()) : null;
      appending = new QueueWriter(outgoing.queue(), options, disk);
      reading = new QueueReader(incoming.queue(), options, !options.keep());
      opened = true;
    } finally {
      if (!opened) {
        closeAll(appending, reading, out, in);
      }
    }
    outgoingSlab = out;
    incomingSlab = in;
    writer = appending;
    reader = reading;
  }

  /**
   * Creates the directory, which must not exist, readable by this user only, and opens the parent's
   * end. The parent deletes it with {@link #delete} when the worker has ended; a worker that
   * replaces a dead one gets a directory of its own.
   *
   * @throws IOException if there is not enough space; nothing is left then
   */
  public static Endpoint create(Path directory, TransportOptions options) throws IOException {
    return ConnectionDirectory.create(directory, options, Disk.REAL);
  }

  /** Opens the worker's end of a directory that a parent has created; works once. */
  public static Endpoint open(Path directory) throws IOException {
    return ConnectionDirectory.open(directory);
  }

  /**
   * Deletes a connection's directory with all that is in it, also while a process that dies is
   * still about. Links are not followed; what is not there is not missed.
   */
  public static void delete(Path directory) throws IOException {
    ConnectionDirectory.delete(directory);
  }

  /**
   * Sends a message. If it has a payload and no slot is free, waits for the receiver to close a
   * message; what arrives meanwhile is kept for {@link #poll}. A payload larger than a slot is
   * copied and sent in parts, which the receiver puts together while it looks for messages.
   *
   * @param header at most {@link TransportOptions#MAX_HEADER_BYTES}; not kept
   * @param payload may be null; if it throws, nothing is sent
   * @param keepWaiting asked between looks for a free slot; {@code () -> false} looks once
   * @throws TransportClosedException if {@code keepWaiting} said no or this end is closed
   * @throws IOException if the disk is full or what the other side wrote is corrupt
   */
  public void send(byte[] header, Payload payload, BooleanSupplier keepWaiting)
      throws IOException, InterruptedException {
    if (header.length > TransportOptions.MAX_HEADER_BYTES) {
      throw new IllegalArgumentException(
          "a header has at most %d bytes but this one has %d; send the rest as payload"
              .formatted(TransportOptions.MAX_HEADER_BYTES, header.length));
    }
    checkHealth();
    long bytes = payload == null ? 0 : payload.bytes();
    if (bytes < 0) {
      throw new IllegalArgumentException("a payload of " + bytes + " bytes");
    }
    if (bytes > options.slotBytes()) {
      sendParts(header, payload, keepWaiting);
    } else if (bytes > 0) {
      sendSlot(header, payload, 0, keepWaiting);
    } else {
      long start = System.nanoTime();
      writer.append(Frame.message(Frame.NONE, 0, 0, 0, header), null);
      sendNanos.addAndGet(System.nanoTime() - start);
    }
    bytesSent.addAndGet(header.length + bytes);
  }

  private void sendSlot(byte[] header, Payload payload, long more, BooleanSupplier keepWaiting)
      throws IOException, InterruptedException {
    int slot = claim(keepWaiting);
    long start = System.nanoTime();
    boolean sent = false;
    try {
      append(header, payload, slot, more);
      sent = true;
    } finally {
      if (!sent) {
        slots.unclaim(slot);
      }
    }
    sendNanos.addAndGet(System.nanoTime() - start);
  }

  private void append(byte[] header, Payload payload, int slot, long more) throws IOException {
    if (outgoingSlab == null) {
      writer.append(Frame.message(Frame.INLINE, slot, payload.bytes(), more, header), payload);
      return;
    }
    // Held while it is written, so that a close on another thread cannot unmap it.
    try (Mapping body = outgoingSlab.share((long) slot * options.slotBytes())) {
      payload.writeTo(body.address());
    }
    writer.append(Frame.message(Frame.SLOT, slot, payload.bytes(), more, header), null);
  }

  /** Sends a payload larger than a slot in parts, each of which takes a slot for a moment. */
  private void sendParts(byte[] header, Payload payload, BooleanSupplier keepWaiting)
      throws IOException, InterruptedException {
    try (Assembly whole = new Assembly(payload.bytes())) {
      payload.writeTo(whole.address());
      for (long at = 0; at < whole.bytes(); at += options.slotBytes()) {
        long length = Math.min(options.slotBytes(), whole.bytes() - at);
        long more = whole.bytes() - at - length;
        boolean sent = false;
        try {
          Payload part = Payload.copy(whole.address() + at, length);
          sendSlot(more > 0 ? NO_HEADER : header, part, more, keepWaiting);
          sent = true;
        } finally {
          if (!sent && at > 0) {
            failure = new IOException("a payload was sent only in part");
          }
        }
      }
    }
  }

  private int claim(BooleanSupplier keepWaiting) throws IOException, InterruptedException {
    int slot = slots.claim();
    if (slot >= 0) {
      return slot;
    }
    long start = System.nanoTime();
    try {
      for (Backoff backoff = new Backoff(); ; ) {
        // Credits come between messages: whoever waits reads them, messages go to the inbox.
        boolean progress = receive();
        slot = slots.claim();
        if (slot >= 0) {
          return slot;
        }
        if (progress) {
          backoff.reset();
        } else if (keepWaiting.getAsBoolean()) {
          backoff.idle();
        } else {
          throw new TransportClosedException(
              "gave up waiting for one of %d slots: the receiver holds them all"
                  .formatted(options.slots()));
        }
        checkHealth();
      }
    } finally {
      waitNanos.addAndGet(System.nanoTime() - start);
    }
  }

  /** The next message, or null if none has arrived. */
  public Message poll() throws IOException {
    checkHealth();
    Message message = inbox.poll();
    while (message == null && receive()) {
      message = inbox.poll();
    }
    return message;
  }

  /** Waits for the next message; null when the time is over. */
  public Message take(long nanos) throws IOException, InterruptedException {
    return take(nanos, false, true);
  }

  /**
   * As {@link #take(long)}.
   *
   * @param orRoom whether to give null, too, as soon as a slot is free to send
   * @param eager whether to wait actively at first; else what comes is noticed within about a
   *     millisecond, at almost no cost
   */
  public Message take(long nanos, boolean orRoom, boolean eager)
      throws IOException, InterruptedException {
    long start = System.nanoTime();
    for (Backoff backoff = new Backoff(eager); ; ) {
      Message message = poll();
      if (message != null || (orRoom && hasRoom())) {
        return message;
      }
      if (System.nanoTime() - start >= nanos) {
        return null;
      }
      backoff.idle();
    }
  }

  /** Whether a slot is free, as far as credits were read, so that a payload need not wait. */
  public boolean hasRoom() {
    return slots.anyFree();
  }

  /** Reads one document, under the reader's lock so that order is kept; false if there is none. */
  private boolean receive() throws IOException {
    synchronized (reader) {
      Frame frame = reader.read();
      if (frame == null) {
        return false;
      }
      try {
        if (frame.kind() == Frame.CREDIT) {
          slots.free(frame.slots());
        } else {
          Message message = accept(frame);
          if (message != null) {
            inbox.add(message);
          }
        }
      } catch (TransportClosedException e) {
        throw e;
      } catch (IOException e) {
        if (frame.body() != null) {
          frame.body().close();
        }
        throw new IOException("corrupt queue " + incoming.queue() + ": " + e.getMessage(), e);
      }
      return true;
    }
  }

  /** A message, or null when more parts of it are to come. */
  private Message accept(Frame frame) throws IOException {
    bytesReceived.addAndGet(frame.header().length + frame.payloadBytes());
    if (frame.placement() == Frame.NONE) {
      return new Message(frame.header(), 0, null, () -> {});
    }
    slots.hold(frame.slot());
    if (assembly == null && frame.more() == 0) {
      return new Message(
          frame.header(), frame.payloadBytes(), body(frame), () -> giveBack(frame.slot()));
    }
    try (Mapping part = body(frame)) {
      if (assembly == null) {
        assembly = new Assembly(frame.payloadBytes() + frame.more());
      }
      assembly.add(part.address(), frame.payloadBytes(), frame.more());
    }
    giveBack(frame.slot());
    if (frame.more() > 0) {
      return null;
    }
    Assembly whole = assembly;
    assembly = null;
    return new Message(frame.header(), whole.bytes(), whole, () -> {});
  }

  private Mapping body(Frame frame) throws IOException {
    if (frame.placement() == Frame.INLINE) {
      return frame.body();
    }
    if (incomingSlab == null) {
      throw new IOException("a slab slot in a connection without slabs");
    }
    return incomingSlab.share((long) frame.slot() * options.slotBytes());
  }

  private void giveBack(int slot) {
    slots.unhold(slot);
    if (closed.get()) {
      return;
    }
    try {
      writer.credit(slot);
    } catch (IOException e) {
      failure = e;
    }
  }

  private void checkHealth() throws IOException {
    if (closed.get()) {
      throw new TransportClosedException("the connection is closed");
    }
    IOException earlier = failure;
    if (earlier != null) {
      throw new IOException("a slot could not be given back: " + earlier.getMessage(), earlier);
    }
  }

  /** Header and payload bytes sent so far. */
  public long bytesSent() {
    return bytesSent.get();
  }

  /** Header and payload bytes received so far. */
  public long bytesReceived() {
    return bytesReceived.get();
  }

  /** Time spent writing payloads and documents, without waiting for slots. */
  public long sendNanos() {
    return sendNanos.get();
  }

  /** Time spent waiting for the receiver to give slots back. */
  public long waitNanos() {
    return waitNanos.get();
  }

  public TransportOptions options() {
    return options;
  }

  /**
   * Closes this end, from any thread; messages that are still open stay readable until they are
   * closed. The directory stays until {@link #delete}.
   */
  @Override
  public void close() {
    if (closed.compareAndSet(false, true)) {
      closeAll(writer, reader, outgoingSlab, incomingSlab);
      // Nothing can arrive any more.
      for (Message message = inbox.poll(); message != null; message = inbox.poll()) {
        message.close();
      }
      synchronized (reader) {
        if (assembly != null) {
          assembly.close();
          assembly = null;
        }
      }
      BackgroundResourceReleaser.releasePendingResources();
    }
  }

  private static void closeAll(
      QueueWriter writer, QueueReader reader, Mapping outgoingSlab, Mapping incomingSlab) {
    if (writer != null) {
      writer.close();
    }
    if (reader != null) {
      reader.close();
    }
    if (outgoingSlab != null) {
      outgoingSlab.close();
    }
    if (incomingSlab != null) {
      incomingSlab.close();
    }
  }
}
