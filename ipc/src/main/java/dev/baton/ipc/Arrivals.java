package dev.baton.ipc;

import dev.baton.ipc.transport.Message;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.function.Consumer;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.memory.BufferAllocator;

/** What has arrived from a worker and was not looked at yet. */
final class Arrivals implements AutoCloseable {
  private final Queue<Arrival> arrived = new ArrayDeque<>();

  /** One thing that a worker said. */
  sealed interface Arrival {}

  /**
   * A result of a split.
   *
   * @param bytes owned by whoever takes this
   */
  record Result(ArrowBuf bytes) implements Arrival, AutoCloseable {
    @Override
    public void close() {
      bytes.close();
    }
  }

  /** The end of a split, which took the worker so long. */
  record End(long workNanos) implements Arrival {}

  /** The end of a split, by an exception. */
  record Failure(Wire.Failed what) implements Arrival {}

  /** Takes a message over; tells {@code figures} what came with it. */
  void add(Message received, BufferAllocator allocator, Consumer<Wire.Figures> figures)
      throws IOException {
    try (Message message = received) {
      Wire said = Wire.of(message.header());
      if (said instanceof Wire.Failed failed) {
        arrived.add(new Failure(failed));
      } else if (said instanceof Wire.Results results) {
        try (ArrowBuf all = message.wrap(allocator)) {
          add(results, all);
        }
        figures.accept(results.figures());
      } else {
        throw new IOException("a worker said " + said + " out of turn");
      }
    }
  }

  private void add(Wire.Results results, ArrowBuf all) {
    long at = 0;
    for (Wire.Item item : results.items()) {
      if (item.isEnd()) {
        arrived.add(new End(item.workNanos()));
      } else {
        ArrowBuf bytes = all.slice(at, item.bytes());
        bytes.getReferenceManager().retain();
        arrived.add(new Result(bytes));
        at += Wire.Results.aligned(item.bytes());
      }
    }
  }

  /** The next one, or null. */
  Arrival poll() {
    return arrived.poll();
  }

  /** Drops all. */
  @Override
  public void close() {
    for (Arrival left = poll(); left != null; left = poll()) {
      if (left instanceof Result result) {
        result.close();
      }
    }
  }
}
