package dev.baton.ipc.transport;

import dev.baton.engine.batch.Memory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * The messages of one direction of a connection whose queue was kept, after it was closed. Changes
 * nothing. Confined to one thread.
 */
public final class Recording implements AutoCloseable {
  private final QueueReader reader;
  private Assembly assembly;

  private Recording(QueueReader reader) {
    this.reader = reader;
  }

  /**
   * A message that crossed.
   *
   * @param millis when it was sent, since 1970
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  public record Crossed(long millis, byte[] header, byte[] payload) {}

  /** The connections in a folder, by name; none when nothing was kept there. */
  public static List<Path> connections(Path folder) throws IOException {
    try (Stream<Path> inside = Files.list(folder)) {
      return inside.filter(ConnectionDirectory::isConnection).sorted().toList();
    }
  }

  /** What went to the worker of that connection, or came from it. */
  public static Recording open(Path connection, boolean toWorker) throws IOException {
    Queues.checkFlags();
    TransportOptions options = ConnectionDirectory.readOptions(connection);
    if (options.kind() != TransportOptions.Kind.QUEUE || !options.keep()) {
      throw new IOException(
          connection + " did not keep what crossed; run with --transport queue --keep FOLDER");
    }
    Path queue = ConnectionDirectory.queue(connection, toWorker);
    return new Recording(new QueueReader(queue, options, false));
  }

  /** The next message, or null at the end. */
  public Crossed next() throws IOException {
    for (Frame frame = reader.read(); frame != null; frame = reader.read()) {
      try (Mapping body = frame.body()) {
        if (frame.kind() == Frame.CREDIT) {
          continue;
        }
        if (frame.placement() == Frame.NONE) {
          return new Crossed(frame.millis(), frame.header(), new byte[0]);
        }
        if (assembly == null) {
          assembly = new Assembly(frame.payloadBytes() + frame.more());
        }
        assembly.add(body.address(), frame.payloadBytes(), frame.more());
      }
      if (frame.more() == 0) {
        return whole(frame);
      }
    }
    return null;
  }

  private Crossed whole(Frame last) {
    try (Assembly all = assembly) {
      byte[] payload = new byte[Math.toIntExact(all.bytes())];
      Memory.copyToArray(all.address(), payload, 0, payload.length);
      return new Crossed(last.millis(), last.header(), payload);
    } finally {
      assembly = null;
    }
  }

  @Override
  public void close() {
    if (assembly != null) {
      assembly.close();
    }
    reader.close();
  }
}
