package dev.baton.ipc;

import dev.baton.engine.batch.Outgoing;
import dev.baton.ipc.transport.Payload;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Results of a worker on their way to its parent. Small ones wait for each other for up to two
 * milliseconds while there is more to do, as each message wakes the parent up.
 */
final class Outbox implements AutoCloseable {
  private static final int MOST_ITEMS = 256;
  private static final long MOST_BYTES = 64 << 10;
  private static final long LONGEST_NANOS = TimeUnit.MILLISECONDS.toNanos(2);

  /** Sends results. */
  interface Sender {
    void send(List<Wire.Item> items, Payload payload) throws IOException, InterruptedException;
  }

  private final Sender sender;
  private final List<Wire.Item> items = new ArrayList<>();
  private final List<Outgoing> results = new ArrayList<>();
  private long bytes;
  private long first;

  Outbox(Sender sender) {
    this.sender = sender;
  }

  /** Takes a result over. */
  void add(Outgoing result) throws IOException, InterruptedException {
    long size = Wire.Results.aligned(result.bytes());
    if (bytes > 0 && bytes + size > MOST_BYTES) {
      flush();
    }
    add(new Wire.Item(result.bytes(), -1));
    results.add(result);
    bytes += size;
    flushIfDue(0);
  }

  /** Ends a split, which took so long. */
  void end(long workNanos) throws IOException, InterruptedException {
    add(new Wire.Item(0, workNanos));
    // The next split will take about as long, and nothing is sent meanwhile.
    flushIfDue(workNanos);
  }

  private void add(Wire.Item item) {
    if (items.isEmpty()) {
      first = System.nanoTime();
    }
    items.add(item);
  }

  private void flushIfDue(long aheadNanos) throws IOException, InterruptedException {
    if (bytes >= MOST_BYTES
        || items.size() >= MOST_ITEMS
        || System.nanoTime() - first + aheadNanos >= LONGEST_NANOS) {
      flush();
    }
  }

  /** Sends what there is. */
  void flush() throws IOException, InterruptedException {
    if (items.isEmpty()) {
      return;
    }
    try {
      sender.send(List.copyOf(items), bytes == 0 ? null : payload());
    } finally {
      close();
    }
  }

  private Payload payload() {
    return new Payload() {
      @Override
      public long bytes() {
        return bytes;
      }

      @Override
      public void writeTo(long address) {
        long at = address;
        for (Outgoing result : results) {
          result.writeTo(at);
          at += Wire.Results.aligned(result.bytes());
        }
      }
    };
  }

  /** Drops what was not sent. */
  @Override
  public void close() {
    results.forEach(Outgoing::close);
    results.clear();
    items.clear();
    bytes = 0;
  }
}
