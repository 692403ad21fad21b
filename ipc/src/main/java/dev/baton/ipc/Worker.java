package dev.baton.ipc;

import dev.baton.engine.spi.RemoteCounters;
import dev.baton.ipc.transport.Endpoint;
import dev.baton.ipc.transport.Message;
import dev.baton.ipc.transport.Payload;
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
  private long steps;
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

  /** Where it was last. */
  StageFile.Place lastPlace() {
    return StageFile.last(directory);
  }

  /** Whether a payload can be sent without waiting. */
  boolean hasRoom() {
    return endpoint.hasRoom();
  }

  void send(Wire said, Payload payload, BooleanSupplier wanted)
      throws IOException, InterruptedException {
    try {
      endpoint.send(said.bytes(), payload, () -> process.isAlive() && wanted.getAsBoolean());
    } catch (TransportClosedException e) {
      if (!process.isAlive()) {
        throw lost();
      }
      throw e;
    }
  }

  /** The next message, or null when there is none yet. */
  Message poll() throws IOException {
    Message message = endpoint.poll();
    while (message != null && beat(message) != null) {
      message = endpoint.poll();
    }
    return message;
  }

  /**
   * Waits for the next message.
   *
   * @param deadline when the worker has made no step for so long it is killed
   * @param orRoom whether to give null as soon as there is {@link #hasRoom}
   * @param eager whether it has nothing to do until it is answered
   * @throws WorkerLost when it ended, in milliseconds, or was killed
   */
  Message take(Duration deadline, boolean orRoom, boolean eager, Runnable checkCancelled)
      throws IOException, InterruptedException {
    long lastStep = System.nanoTime();
    while (true) {
      Message message = endpoint.take(LOOK_NANOS, orRoom, eager);
      Wire.Beat beat = message == null ? null : beat(message);
      if (message != null && beat == null) {
        return message;
      }
      if (orRoom && endpoint.hasRoom()) {
        return null;
      }
      checkCancelled.run();
      if (beat != null && (beat.waiting() || beat.steps() != steps)) {
        steps = beat.steps();
        lastStep = System.nanoTime();
      }
      if (!process.isAlive()) {
        // Its last words may have come in between.
        message = poll();
        if (message != null) {
          return message;
        }
        throw lost();
      }
      if (System.nanoTime() - lastStep > deadline.toNanos()) {
        process.kill();
        process.await(PATIENCE);
        throw new WorkerLost(
            process + " made no step for " + deadline.toMillis() + " ms and was killed");
      }
    }
  }

  private static Wire.Beat beat(Message message) throws IOException {
    return Wire.of(message.header()) instanceof Wire.Beat beat ? beat : null;
  }

  /**
   * Why it is gone.
   *
   * @throws IOException when it is no use to start another one
   */
  private WorkerLost lost() throws IOException {
    WorkerExit exit = process.await(PATIENCE);
    String what = process + " " + exit.describe();
    if (exit.isCutOff()) {
      throw new IOException(what);
    }
    return new WorkerLost(what);
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
    if (endpoint.options().keep()) {
      return;
    }
    try {
      Endpoint.delete(directory);
    } catch (IOException e) {
      // The folder of the engine is deleted with all it holds.
    }
  }
}
