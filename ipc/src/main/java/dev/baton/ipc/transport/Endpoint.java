package dev.baton.ipc.transport;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import net.openhft.chronicle.core.io.BackgroundResourceReleaser;

/**
 * One end of a {@link Connection}. One thread may send while another receives; messages may be
 * closed on any thread. Messages arrive in the order they were sent.
 */
public final class Endpoint implements AutoCloseable {
  private final TransportOptions options;
  private final Lane outgoing;
  private final Lane incoming;
  private final Disk disk;
  private final QueueWriter writer;
  private final QueueReader reader;

  /** Null unless payloads lie in slabs. */
  private final Mapping outgoingSlab;

  private final Mapping incomingSlab;

  /** Slots this side may fill, and slots whose message this side has not closed, as bits. */
  private final AtomicLong free;

  private final AtomicLong held = new AtomicLong();
  private final Queue<Message> inbox = new ConcurrentLinkedQueue<>();
  private final AtomicBoolean closed = new AtomicBoolean();
  private final AtomicLong bytesSent = new AtomicLong();
  private final AtomicLong bytesReceived = new AtomicLong();
  private final AtomicLong sendNanos = new AtomicLong();
  private final AtomicLong waitNanos = new AtomicLong();

  /** What went wrong while a slot was given back, where it could not be thrown. */
  private volatile IOException failure;

  private long extraFiles;

  /** The files of one direction. */
  record Lane(Path queue, Path slab) {
    Lane(Path directory, String name) {
      this(directory.resolve(name), directory.resolve(name + ".slab"));
    }

    Path extra(long number) {
      return queue.resolveSibling(queue.getFileName() + "-" + number + ".extra");
    }
  }

  Endpoint(TransportOptions options, Lane outgoing, Lane incoming, Disk disk) throws IOException {
    this.options = options;
    this.outgoing = outgoing;
    this.incoming = incoming;
    this.disk = disk;
    this.free = new AtomicLong(-1L >>> (64 - options.slots()));
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
   * Sends a message, waiting for a free slot if there is a payload.
   *
   * @param header at most {@link TransportOptions#MAX_HEADER_BYTES}; not kept
   * @param payload may be null
   * @param keepWaiting asked between looks for a free slot; {@code () -> false} looks once
   * @return false if it gave up waiting; nothing was sent then
   * @throws IOException if the disk is full, the connection closed or the other side's data corrupt
   */
  public boolean send(byte[] header, Payload payload, BooleanSupplier keepWaiting)
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
    int slot = bytes == 0 ? 0 : claim(keepWaiting);
    if (slot < 0) {
      return false;
    }
    long start = System.nanoTime();
    boolean sent = false;
    try {
      if (bytes == 0) {
        writer.append(Frame.message(Frame.NONE, 0, 0, 0, header), null);
      } else if (bytes > options.slotBytes()) {
        sendExtra(header, payload, slot, bytes);
      } else if (outgoingSlab == null) {
        writer.append(Frame.message(Frame.INLINE, slot, bytes, 0, header), payload);
      } else {
        // Held while it is written, so that a close on another thread cannot unmap it.
        try (Mapping body = outgoingSlab.share(slot * options.slotBytes())) {
          payload.writeTo(body.address());
        }
        writer.append(Frame.message(Frame.SLOT, slot, bytes, 0, header), null);
      }
      sent = true;
    } finally {
      if (!sent && bytes > 0) {
        release(free, 1L << slot);
      }
    }
    sendNanos.addAndGet(System.nanoTime() - start);
    bytesSent.addAndGet(header.length + bytes);
    return true;
  }

  private void sendExtra(byte[] header, Payload payload, int slot, long bytes) throws IOException {
    Path file = outgoing.extra(extraFiles++);
    disk.createZeros(file, Mapping.roundUp(bytes));
    boolean sent = false;
    try {
      try (Mapping body = Mapping.of(file, bytes)) {
        payload.writeTo(body.address());
      }
      writer.append(Frame.message(Frame.EXTRA, slot, bytes, extraFiles - 1, header), null);
      sent = true;
    } finally {
      if (!sent) {
        Files.deleteIfExists(file);
      }
    }
  }

  /** Takes a free slot, or -1 if it gave up. */
  private int claim(BooleanSupplier keepWaiting) throws IOException, InterruptedException {
    int slot = tryClaim();
    if (slot >= 0) {
      return slot;
    }
    long start = System.nanoTime();
    try {
      for (Backoff backoff = new Backoff(); ; ) {
        // Credits come between messages: whoever waits reads them, messages go to the inbox.
        boolean progress = receive();
        slot = tryClaim();
        if (slot >= 0) {
          return slot;
        }
        if (progress) {
          backoff.reset();
        } else if (keepWaiting.getAsBoolean()) {
          backoff.idle();
        } else {
          return -1;
        }
        checkHealth();
      }
    } finally {
      waitNanos.addAndGet(System.nanoTime() - start);
    }
  }

  private int tryClaim() {
    // The lowest slot first: it is the one most likely in a cache.
    for (long slots = free.get(); slots != 0; slots = free.get()) {
      long lowest = Long.lowestOneBit(slots);
      if (free.compareAndSet(slots, slots & ~lowest)) {
        return Long.numberOfTrailingZeros(lowest);
      }
    }
    return -1;
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
  public Message take(Duration timeout) throws IOException, InterruptedException {
    return take(timeout, () -> true);
  }

  /** Waits for the next message; null when the time is over or {@code keepWaiting} says no. */
  public Message take(Duration timeout, BooleanSupplier keepWaiting)
      throws IOException, InterruptedException {
    long start = System.nanoTime();
    long limit = timeout.toNanos();
    for (Backoff backoff = new Backoff(); ; ) {
      Message message = poll();
      if (message != null) {
        return message;
      }
      if (System.nanoTime() - start >= limit || !keepWaiting.getAsBoolean()) {
        return null;
      }
      backoff.idle();
    }
  }

  /** Reads one document, under the reader's lock so that order is kept; false if there is none. */
  private boolean receive() throws IOException {
    synchronized (reader) {
      Frame frame = reader.read();
      if (frame == null) {
        return false;
      }
      if (frame.kind() == Frame.CREDIT) {
        acceptCredits(frame.slots());
      } else {
        inbox.add(accept(frame));
      }
      return true;
    }
  }

  private void acceptCredits(long slots) throws IOException {
    long known = -1L >>> (64 - options.slots());
    if ((slots & ~known) != 0 || (slots & free.get()) != 0) {
      throw new IOException(
          "corrupt queue %s: slots %x were given back, which are not in use"
              .formatted(incoming.queue(), slots));
    }
    release(free, slots);
  }

  private Message accept(Frame frame) throws IOException {
    bytesReceived.addAndGet(frame.header().length + frame.payloadBytes());
    if (frame.placement() == Frame.NONE) {
      return new Message(frame.header(), 0, null, () -> {});
    }
    long bit = 1L << frame.slot();
    if ((held.getAndAccumulate(bit, (a, b) -> a | b) & bit) != 0) {
      throw new IOException(
          "corrupt queue %s: slot %d was filled while it is in use"
              .formatted(incoming.queue(), frame.slot()));
    }
    return new Message(
        frame.header(), frame.payloadBytes(), body(frame), () -> giveBack(frame.slot()));
  }

  private Mapping body(Frame frame) throws IOException {
    if (frame.placement() == Frame.INLINE) {
      return frame.body();
    }
    if (frame.placement() == Frame.EXTRA) {
      Path file = incoming.extra(frame.extra());
      Mapping body = Mapping.of(file, frame.payloadBytes());
      if (!options.keep()) {
        // The mapping outlives the name, so that nothing is left when this process is killed.
        Files.delete(file);
      }
      return body;
    }
    if (incomingSlab == null) {
      throw new IOException(
          "corrupt queue %s: a slab slot in a connection without slabs"
              .formatted(incoming.queue()));
    }
    return incomingSlab.share(frame.slot() * options.slotBytes());
  }

  private void giveBack(int slot) {
    held.accumulateAndGet(~(1L << slot), (a, b) -> a & b);
    if (closed.get()) {
      return;
    }
    try {
      writer.credit(slot);
    } catch (IOException e) {
      failure = e;
    }
  }

  private static void release(AtomicLong mask, long slots) {
    mask.accumulateAndGet(slots, (a, b) -> a | b);
  }

  private void checkHealth() throws IOException {
    if (closed.get()) {
      throw new IOException("the connection is closed");
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
   * Closes this end; messages that are still open stay readable until they are closed. The
   * directory stays: whoever created it deletes it with {@link Connection#delete}.
   */
  @Override
  public void close() {
    if (closed.compareAndSet(false, true)) {
      for (Message message = inbox.poll(); message != null; message = inbox.poll()) {
        message.close();
      }
      closeAll(writer, reader, outgoingSlab, incomingSlab);
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
