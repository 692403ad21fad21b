package dev.baton.ipc;

import dev.baton.engine.spi.RemoteCounters;
import dev.baton.ipc.transport.Payload;
import dev.baton.ipc.transport.Recording;
import dev.baton.ipc.transport.TransportOptions;
import dev.baton.ipc.worker.RunDirectory;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;

/** What crossed between a parent and its workers in a run that kept its queues. */
public final class Replay {
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  private Replay() {}

  /**
   * A message that crossed.
   *
   * @param worker the name of its connection
   * @param sequence its place among those of its worker and direction, from 0
   * @param millis when it was sent, since 1970
   * @param kind such as {@code plan}, {@code split}, {@code results}
   * @param payloadBytes 0 without payload
   */
  public record Line(
      String worker,
      boolean toWorker,
      long sequence,
      long millis,
      String kind,
      int headerBytes,
      int payloadBytes) {}

  /**
   * What a fresh worker made of the messages that one was sent.
   *
   * @param sent messages it was sent
   * @param compared results that were compared
   * @param difference the first that differs, or null when all have the same bits
   */
  public record Check(String worker, long sent, long compared, String difference) {}

  /**
   * All messages: by worker, in the order of their times, and within a direction as they were sent.
   *
   * @throws IOException when nothing was kept in the folder
   */
  public static List<Line> list(Path folder) throws IOException {
    List<Line> lines = new ArrayList<>();
    for (Path connection : connections(folder)) {
      List<Line> to = lines(connection, true);
      List<Line> from = lines(connection, false);
      int next = 0;
      for (Line line : to) {
        for (; next < from.size() && from.get(next).millis() < line.millis(); next++) {
          lines.add(from.get(next));
        }
        lines.add(line);
      }
      lines.addAll(from.subList(next, from.size()));
    }
    return lines;
  }

  private static List<Path> connections(Path folder) throws IOException {
    List<Path> connections = Recording.connections(folder);
    if (connections.isEmpty()) {
      throw new IOException(
          folder
              + " holds no queues; run with --mode processes --transport queue --keep "
              + folder);
    }
    return connections;
  }

  private static List<Line> lines(Path connection, boolean toWorker) throws IOException {
    List<Line> lines = new ArrayList<>();
    String name = connection.getFileName().toString();
    try (Recording recording = Recording.open(connection, toWorker)) {
      for (Recording.Crossed crossed = recording.next();
          crossed != null;
          crossed = recording.next()) {
        String kind = Wire.of(crossed.header()).getClass().getSimpleName();
        lines.add(
            new Line(
                name,
                toWorker,
                lines.size(),
                crossed.millis(),
                kind.toLowerCase(Locale.ROOT),
                crossed.header().length,
                crossed.payload().length));
      }
    }
    return lines;
  }

  /**
   * Sends what each worker was sent to a fresh one, and compares what it answers, bit for bit, as
   * far as the recorded answers go: a worker that was killed had not answered all. Sources whose
   * splits were sent must still be there.
   */
  public static List<Check> rerun(Path folder) throws IOException, InterruptedException {
    List<Check> checks = new ArrayList<>();
    List<Path> connections = connections(folder);
    try (RunDirectory directory = RunDirectory.create();
        WorkerPool pool =
            new WorkerPool(
                new TransportOptions(TransportOptions.Kind.QUEUE), directory, directory.path());
        BufferAllocator allocator = new RootAllocator()) {
      for (Path connection : connections) {
        checks.add(rerun(connection, pool, allocator));
      }
    }
    return checks;
  }

  private static Check rerun(Path connection, WorkerPool pool, BufferAllocator allocator)
      throws IOException, InterruptedException {
    Worker worker = pool.acquire(new RemoteCounters(), () -> {});
    try (Recording to = Recording.open(connection, true);
        Answers recorded = new Answers(Recording.open(connection, false))) {
      long sent = 0;
      Recording.Crossed next = to.next();
      while (recorded.goesOn()) {
        boolean needsRoom = next != null && next.payload().length > 0;
        if (next != null && (!needsRoom || worker.hasRoom())) {
          Wire said = Wire.of(next.header());
          if (!(said instanceof Wire.Stop)) {
            worker.send(said, needsRoom ? Payload.of(next.payload()) : null, () -> true);
            sent++;
          }
          next = to.next();
          recorded.compare(worker.poll(), allocator);
        } else {
          recorded.compare(worker.take(PATIENCE, needsRoom, true, () -> {}), allocator);
        }
      }
      String name = connection.getFileName().toString();
      return new Check(name, sent, recorded.compared(), recorded.difference());
    } finally {
      pool.discard(worker);
    }
  }
}
