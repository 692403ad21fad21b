package dev.baton.ipc;

import dev.baton.engine.ExecutionMode;
import dev.baton.engine.PipelineException;
import dev.baton.engine.batch.Batch;
import dev.baton.engine.batch.BatchMessage;
import dev.baton.engine.batch.Memory;
import dev.baton.engine.batch.Outgoing;
import dev.baton.engine.source.Decoder;
import dev.baton.engine.source.Split;
import dev.baton.engine.spi.PortableJob;
import dev.baton.engine.spi.Task;
import dev.baton.engine.spi.WorkerScope;
import dev.baton.ipc.transport.Message;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.memory.ArrowBuf;

/**
 * One lane's task: sends each split, or its batches, to a worker process and takes the results.
 * When the worker dies, another one does the split again from its beginning; results that were
 * taken before are left out the second time, so every result is taken once.
 */
final class RemoteLane<R extends AutoCloseable> implements Task<R> {
  private static final System.Logger LOG = System.getLogger("dev.baton.ipc");

  private final PortableJob<R> job;
  private final ExecutionMode.Processes mode;
  private final boolean shipData;
  private final byte[] plan;
  private final WorkerPool pool;
  private final WorkerScope scope;
  private final Decoder decoder;

  private Worker worker;
  private Split split;
  private long sequence;
  private boolean working;

  /** The split that the worker has been sent already, to be done after the present one; or -1. */
  private long prepared = -1;

  private int taken;
  private int toSkip;
  private final List<String> deaths = new ArrayList<>();

  RemoteLane(
      PortableJob<R> job,
      ExecutionMode.Processes mode,
      boolean shipData,
      byte[] plan,
      WorkerPool pool,
      WorkerScope scope)
      throws IOException {
    this.job = job;
    this.mode = mode;
    this.shipData = shipData;
    this.plan = plan;
    this.pool = pool;
    this.scope = scope;
    this.decoder = shipData ? job.decoder(scope) : null;
  }

  @Override
  public void start(Split next, long number) throws Exception {
    split = next;
    sequence = number;
    taken = 0;
    toSkip = 0;
    deaths.clear();
    working = true;
    if (prepared == sequence) {
      prepared = -1;
    } else {
      begin();
    }
  }

  /** So that the worker need not wait for the next split while its results are on their way. */
  @Override
  public boolean looksAhead() {
    return !shipData;
  }

  @Override
  public void prepare(Split next, long number) throws Exception {
    try {
      send(new Wire.Split(number, job.describe(next)), null);
      prepared = number;
    } catch (WorkerLost e) {
      // Found again when the present split's results are taken.
      prepared = -1;
    }
  }

  /** Gets a worker and gives it the split, again and again while workers die. */
  private void begin() throws Exception {
    while (true) {
      try {
        if (worker == null) {
          worker = open();
        }
        if (shipData) {
          decoder.start(split);
          send(new Wire.Batches(sequence), null);
        } else {
          send(new Wire.Split(sequence, job.describe(split)), null);
        }
        return;
      } catch (WorkerLost e) {
        replace(e);
      }
    }
  }

  private Worker open() throws Exception {
    return scope.blocking(
        () -> {
          Worker opened = pool.acquire(scope.run().remote(), scope.run()::checkCancelled);
          boolean done = false;
          try {
            opened.send(new Wire.Plan(), bytes(plan), this::isWanted);
            try (Message answer = opened.take(mode.deadline(), scope.run()::checkCancelled)) {
              Wire said = Wire.of(answer.header());
              if (said instanceof Wire.Failed failed) {
                throw failed.exception();
              }
            }
            done = true;
            return opened;
          } finally {
            if (!done) {
              pool.discard(opened);
            }
          }
        });
  }

  private static Outgoing bytes(byte[] bytes) {
    return new Outgoing() {
      @Override
      public long bytes() {
        return bytes.length;
      }

      @Override
      public void writeTo(long address) {
        Memory.copyFromArray(bytes, 0, address, bytes.length);
      }

      @Override
      public void close() {}
    };
  }

  private boolean isWanted() {
    return !scope.run().cancelled();
  }

  private void send(Wire said, Outgoing payload) throws Exception {
    scope.blocking(
        () -> {
          worker.send(said, payload, this::isWanted);
          return null;
        });
  }

  @Override
  public R next() throws Exception {
    while (working) {
      try (Message message =
          scope.blocking(() -> worker.take(mode.deadline(), scope.run()::checkCancelled))) {
        Wire said = Wire.of(message.header());
        if (said instanceof Wire.Result) {
          if (toSkip > 0) {
            toSkip--;
          } else {
            taken++;
            return receive(message);
          }
        } else if (said instanceof Wire.Want) {
          sendBatch();
        } else if (said instanceof Wire.Done done) {
          working = false;
          scope.run().remote().addLocks(done.lockWaitNanos(), done.switches());
          scope.run().remote().addIpc(0, done.sendNanos());
        } else if (said instanceof Wire.Failed failed) {
          working = false;
          throw failed.exception();
        } else {
          throw new IOException(worker.process() + " said " + said + " out of turn");
        }
      } catch (WorkerLost e) {
        replace(e);
        begin();
      }
    }
    return null;
  }

  private R receive(Message message) throws IOException {
    try (ArrowBuf payload = message.wrap(scope.allocator())) {
      return job.receive(payload, scope);
    }
  }

  private void sendBatch() throws Exception {
    try (Batch batch = decoder.next()) {
      if (batch == null) {
        send(new Wire.End(), null);
        return;
      }
      try (BatchMessage message = new BatchMessage(batch)) {
        send(new Wire.Batch(), message);
      }
    }
  }

  /** Lets go of a dead worker; fails when too many have died over this split. */
  private void replace(WorkerLost death) throws Exception {
    String where = "";
    if (worker != null) {
      int stage = worker.lastStage();
      where = stage < 0 ? "" : " in " + job.stage(stage);
      pool.discard(worker);
      worker = null;
      prepared = -1;
    }
    String what = death.getMessage() + where + ", batch " + sequence;
    deaths.add(what);
    LOG.log(
        System.Logger.Level.WARNING,
        "{0}; attempt {1} of {2}",
        what,
        deaths.size(),
        mode.maxAttempts());
    toSkip = taken;
    if (deaths.size() >= mode.maxAttempts()) {
      working = false;
      throw new PipelineException(
          String.format(
              "batch %d ended %d workers and is given up; %s",
              sequence, deaths.size(), Quarantine.save(job, split, sequence, deaths, scope)),
          death);
    }
  }

  @Override
  public void close() throws IOException {
    if (worker != null) {
      worker.count(scope.run().remote());
      if (working || prepared >= 0 || scope.run().cancelled()) {
        pool.discard(worker);
      } else {
        pool.release(worker);
      }
      worker = null;
    }
    if (decoder != null) {
      decoder.close();
    }
  }
}
