package dev.baton.ipc;

import dev.baton.engine.batch.Memory;
import dev.baton.engine.batch.Outgoing;
import dev.baton.engine.batch.PooledAllocator;
import dev.baton.engine.metrics.Account;
import dev.baton.engine.metrics.Meter;
import dev.baton.engine.metrics.WorkerClock;
import dev.baton.engine.spi.RemoteTask;
import dev.baton.engine.spi.RemoteWorker;
import dev.baton.ipc.transport.Endpoint;
import dev.baton.ipc.transport.Message;
import dev.baton.ipc.transport.Payload;
import dev.baton.ipc.worker.WorkerExit;
import dev.baton.ipc.worker.WorkerLife;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.memory.BufferAllocator;

/** A worker process: takes plans and splits from its parent until it is told to stop. */
public final class WorkerMain {
  private static final long LOOK_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final Endpoint endpoint;
  private final StageFile stage;
  private final Heartbeat heartbeat;
  private final BufferAllocator allocator;
  private final RemoteWorker plans;
  private final Outbox outbox = new Outbox(this::sendResults);
  private final Meter meter = new Meter();
  private RemoteTask task;
  private boolean receiving;
  private Counted counted = new Counted(0, 0, 0, 0, 0, 0);

  private WorkerMain(Endpoint endpoint, StageFile stage, BufferAllocator allocator) {
    this.endpoint = endpoint;
    this.stage = stage;
    this.heartbeat = new Heartbeat(endpoint, stage);
    this.allocator = allocator;
    this.plans = RemoteWorker.of(allocator);
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
        BufferAllocator allocator = new PooledAllocator()) {
      WorkerMain worker = new WorkerMain(endpoint, StageFile.open(directory), allocator);
      worker.send(new Wire.Ready(), null);
      worker.work();
    } catch (IOException e) {
      System.err.println(e.getMessage());
      System.exit(WorkerExit.CUT_OFF);
    }
  }

  private void work() throws Exception {
    while (true) {
      try (Message message = next()) {
        Wire said = Wire.of(message.header());
        if (said instanceof Wire.Stop) {
          closeTask();
          plans.rest();
          return;
        }
        try {
          handle(said, message);
        } catch (InterruptedException e) {
          throw e;
        } catch (Exception | StackOverflowError | LinkageError | AssertionError e) {
          failed(e);
        }
      }
    }
  }

  /** The next message; what is ready is sent before this has to wait for one. */
  private Message next() throws Exception {
    Message message = endpoint.poll();
    if (message != null) {
      return message;
    }
    outbox.flush();
    heartbeat.atWork(false);
    for (message = endpoint.take(LOOK_NANOS);
        message == null;
        message = endpoint.take(LOOK_NANOS)) {
      if (task == null) {
        plans.rest();
      }
    }
    return message;
  }

  private void handle(Wire said, Message message) throws Exception {
    heartbeat.atWork(true);
    if (said instanceof Wire.Plan plan) {
      outbox.flush();
      closeTask();
      heartbeat.every(plan.beatMillis());
      try (ArrowBuf payload = message.wrap(allocator)) {
        byte[] bytes = new byte[(int) payload.capacity()];
        payload.getBytes(0, bytes);
        task = plans.open(bytes);
      }
      // Locks are counted by plan; compilers go on between plans.
      counted =
          new Counted(
              0,
              0,
              endpoint.sendNanos(),
              endpoint.waitNanos(),
              meter.gc().toNanos(),
              counted.compileNanos);
      task.scope().consumer().onStage(stage::enter);
      send(new Wire.Opened(), null);
    } else if (said instanceof Wire.Split split) {
      stage.start(split.sequence());
      long start = System.nanoTime();
      task.startSplit(split.split(), split.sequence());
      results(start, split.suspect());
    } else if (said instanceof Wire.Batches batches) {
      stage.start(batches.sequence());
      long start = System.nanoTime();
      receiving = true;
      task.startBatches(this::nextBatch, batches.sequence());
      results(start, batches.suspect());
      skipBatches();
    } else if (said instanceof Wire.Finish) {
      outbox.flush();
      closeTask();
      send(new Wire.Finished(), null);
    } else {
      throw new IOException("the parent said " + said + " out of turn");
    }
  }

  /** The next batch of the split under way, or null at its end. */
  private ArrowBuf nextBatch() throws Exception {
    if (!receiving) {
      return null;
    }
    try (Message message = next()) {
      heartbeat.atWork(true);
      if (Wire.of(message.header()) instanceof Wire.Batch) {
        return batch(message);
      }
      receiving = false;
      return null;
    }
  }

  /** Read where it lies and changed in place, unless what crossed is to be kept as it was. */
  private ArrowBuf batch(Message message) {
    if (!endpoint.options().keep()) {
      return message.wrap(allocator);
    }
    ArrowBuf copy = allocator.buffer(message.payloadBytes());
    Memory.copy(message.payloadAddress(), copy.memoryAddress(), message.payloadBytes());
    copy.writerIndex(message.payloadBytes());
    return copy;
  }

  private void skipBatches() throws Exception {
    for (ArrowBuf left = nextBatch(); left != null; left = nextBatch()) {
      left.close();
    }
  }

  private void results(long start, boolean suspect) throws Exception {
    for (Outgoing result = task.next(); result != null; result = task.next()) {
      outbox.add(result);
      if (suspect) {
        outbox.flush(); // what was done is not to be lost if this is the end again
      }
    }
    stage.leave();
    outbox.end(System.nanoTime() - start);
  }

  private void sendResults(List<Wire.Item> items, Payload payload)
      throws IOException, InterruptedException {
    WorkerClock clock = task.scope().consumer().clock();
    Counted now =
        new Counted(
            task.scope().lockWaitNanos(),
            task.scope().switches(),
            endpoint.sendNanos(),
            endpoint.waitNanos(),
            meter.gc().toNanos(),
            meter.compile().toNanos());
    clock.move(Account.SERIALISE, Account.BACK_PRESSURE, now.waitNanos - counted.waitNanos);
    Wire.Figures figures =
        new Wire.Figures(
            now.lockWaitNanos - counted.lockWaitNanos,
            now.switches - counted.switches,
            now.sendNanos - counted.sendNanos,
            now.gcNanos - counted.gcNanos,
            now.compileNanos - counted.compileNanos,
            clock.drain());
    counted = now;
    int before = clock.account(Account.SERIALISE);
    try {
      send(new Wire.Results(items, figures), payload);
    } finally {
      clock.back(before);
    }
  }

  /** What was told the parent so far. */
  private record Counted(
      long lockWaitNanos,
      long switches,
      long sendNanos,
      long waitNanos,
      long gcNanos,
      long compileNanos) {}

  private void failed(Throwable e) throws Exception {
    stage.leave();
    outbox.flush();
    send(Wire.Failed.of(e), null);
    skipBatches();
    if (task != null) {
      task.reset();
    }
  }

  private void send(Wire said, Payload payload) throws IOException, InterruptedException {
    heartbeat.waiting(true);
    try {
      endpoint.send(said.bytes(), payload, () -> true);
    } finally {
      heartbeat.waiting(false);
    }
  }

  private void closeTask() throws IOException {
    if (task != null) {
      RemoteTask old = task;
      task = null;
      old.close();
    }
  }
}
