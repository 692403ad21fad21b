package dev.baton.ipc;

import dev.baton.engine.batch.Outgoing;
import dev.baton.engine.spi.RemoteCounters;
import dev.baton.ipc.transport.Endpoint;
import dev.baton.ipc.transport.Message;
import dev.baton.ipc.transport.TransportClosedException;
import dev.baton.ipc.worker.WorkerExit;
import dev.baton.ipc.worker.WorkerProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * A worker process and the connection to it. Used by one thread at a time, but for {@link #kill}.
 */
final class Worker {
  /** How often a wait looks whether the process still lives. */
  private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

  private static final Duration PATIENCE = Duration.ofSeconds(2);

  private final WorkerProcess process;
  private final Endpoint endpoint;
  private final Path directory;
  private Duration cpuCounted = Duration.ZERO;
  private long bytesCounted;
  private long nanosCounted;

  Worker(WorkerProcess process, Endpoint endpoint, Path directory) {
    this.process = process;
    this.endpoint = endpoint;
    this.directory = directory;
  }

  WorkerProcess process() {
    return process;
  }

  /** The stage it was in last, by number; -1 when in none. */
  int lastStage() {
    return StageFile.last(directory);
  }

  void send(Wire said, Outgoing payload, BooleanSupplier wanted)
      throws IOException, InterruptedException {
    try {
      endpoint.send(
          said.bytes(),
          payload == null ? null : WorkerMain.payload(payload),
          () -> process.isAlive() && wanted.getAsBoolean());
    } catch (TransportClosedException e) {
      if (!process.isAlive()) {
        throw lost();
      }
      throw e;
    }
  }

  /**
   * Waits for the next message.
   *
   * @param deadline after that time of silence the worker is killed
   * @throws WorkerLost when it ended, in milliseconds, or was killed
   */
  Message take(Duration deadline, Runnable checkCancelled)
      throws IOException, InterruptedException {
    long start = System.nanoTime();
    while (true) {
      Message message = endpoint.take(LOOK_NANOS);
      if (message != null) {
        return message;
      }
      checkCancelled.run();
      if (!process.isAlive()) {
        // Its last words may have come in between.
        message = endpoint.poll();
        if (message != null) {
          return message;
        }
        throw lost();
      }
      if (System.nanoTime() - start > deadline.toNanos()) {
        process.kill();
        process.await(PATIENCE);
        throw new WorkerLost(
            process + " gave no sign of life for " + deadline.toMillis() + " ms and was killed");
      }
    }
  }

  private WorkerLost lost() {
    WorkerExit exit = process.await(PATIENCE);
    return new WorkerLost(process + " " + exit.describe());
  }

  /** Adds what it took since the last time to the figures of a run. */
  void count(RemoteCounters counters) {
    process
        .cpuTime()
        .ifPresent(
            now -> {
              counters.addCpu(now.minus(cpuCounted));
              cpuCounted = now;
            });
    long bytes = endpoint.bytesSent() + endpoint.bytesReceived();
    counters.addIpc(bytes - bytesCounted, endpoint.sendNanos() - nanosCounted);
    bytesCounted = bytes;
    nanosCounted = endpoint.sendNanos();
  }

  /** Ends it at once and forgets its connection. */
  void kill() {
    process.close();
    endpoint.close();
    delete();
  }

  /** Tells it to end, and ends it by force if it does not listen. */
  void stop() {
    try {
      if (process.isAlive()) {
        endpoint.send(new Wire.Stop().bytes(), null, process::isAlive);
        process.await(PATIENCE);
      }
    } catch (IOException e) {
      // Then by force.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    kill();
  }

  private void delete() {
    try {
      Endpoint.delete(directory);
    } catch (IOException e) {
      // The folder of the engine is deleted with all it holds.
    }
  }
}
