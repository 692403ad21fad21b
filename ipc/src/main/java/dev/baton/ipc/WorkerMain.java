package dev.baton.ipc;

import dev.baton.engine.batch.Outgoing;
import dev.baton.engine.spi.RemoteTask;
import dev.baton.ipc.transport.Endpoint;
import dev.baton.ipc.transport.Message;
import dev.baton.ipc.transport.Payload;
import dev.baton.ipc.worker.WorkerLife;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;

/** A worker process: takes plans and splits from its parent until it is told to stop. */
public final class WorkerMain {
  private static final long LOOK_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final Endpoint endpoint;
  private final StageFile stage;
  private final BufferAllocator allocator;
  private RemoteTask task;

  private WorkerMain(Endpoint endpoint, StageFile stage, BufferAllocator allocator) {
    this.endpoint = endpoint;
    this.stage = stage;
    this.allocator = allocator;
  }

  /**
   * Runs a worker.
   *
   * @param arguments the directory of its connection
   */
  public static void main(String[] arguments) throws Exception {
    WorkerLife.begin();
    Path directory = Path.of(arguments[0]);
    try (Endpoint endpoint = Endpoint.open(directory);
        BufferAllocator allocator = new RootAllocator()) {
      WorkerMain worker = new WorkerMain(endpoint, StageFile.open(directory), allocator);
      worker.send(new Wire.Ready(), null);
      worker.work();
    }
  }

  private void work() throws Exception {
    while (true) {
      try (Message message = next()) {
        Wire said = Wire.of(message.header());
        if (said instanceof Wire.Stop) {
          closeTask();
          return;
        }
        try {
          handle(said, message);
        } catch (InterruptedException e) {
          throw e;
        } catch (Exception | StackOverflowError | LinkageError | AssertionError e) {
          send(Wire.Failed.of(e), null);
        }
      }
    }
  }

  private Message next() throws Exception {
    while (true) {
      Message message = endpoint.take(LOOK_NANOS);
      if (message != null) {
        return message;
      }
    }
  }

  private void handle(Wire said, Message message) throws Exception {
    if (said instanceof Wire.Plan) {
      closeTask();
      try (ArrowBuf payload = message.wrap(allocator)) {
        byte[] plan = new byte[(int) payload.capacity()];
        payload.getBytes(0, plan);
        task = RemoteTask.open(plan, allocator);
      }
      task.scope().consumer().onStage(stage::enter);
      send(new Wire.Opened(), null);
    } else if (said instanceof Wire.Split split) {
      task.startSplit(split.split(), split.sequence());
      results();
    } else if (said instanceof Wire.Batches batches) {
      task.startBatches(this::nextBatch, batches.sequence());
      results();
    } else {
      throw new IOException("the parent said " + said + " out of turn");
    }
  }

  private ArrowBuf nextBatch() throws Exception {
    send(new Wire.Want(), null);
    try (Message message = next()) {
      return Wire.of(message.header()) instanceof Wire.Batch ? message.wrap(allocator) : null;
    }
  }

  private void results() throws Exception {
    long waited = task.scope().lockWaitNanos();
    long switched = task.scope().switches();
    long sending = endpoint.sendNanos();
    for (Outgoing result = task.next(); result != null; result = task.next()) {
      try (Outgoing closing = result) {
        send(new Wire.Result(), closing);
      }
    }
    stage.enter(-1);
    send(
        new Wire.Done(
            task.scope().lockWaitNanos() - waited,
            task.scope().switches() - switched,
            endpoint.sendNanos() - sending),
        null);
  }

  private void send(Wire said, Outgoing payload) throws IOException, InterruptedException {
    endpoint.send(said.bytes(), payload == null ? null : payload(payload), () -> true);
  }

  static Payload payload(Outgoing outgoing) {
    return new Payload() {
      @Override
      public long bytes() {
        return outgoing.bytes();
      }

      @Override
      public void writeTo(long address) {
        outgoing.writeTo(address);
      }
    };
  }

  private void closeTask() throws IOException {
    if (task != null) {
      RemoteTask old = task;
      task = null;
      old.close();
    }
  }
}
