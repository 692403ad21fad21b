package dev.baton.engine.internal.plan;

import dev.baton.engine.ExecutionMode;
import dev.baton.engine.PipelineException;
import dev.baton.engine.RunOptions;
import dev.baton.engine.batch.Batch;
import dev.baton.engine.batch.BatchMessage;
import dev.baton.engine.batch.Outgoing;
import dev.baton.engine.metrics.Account;
import dev.baton.engine.metrics.RunClocks;
import dev.baton.engine.metrics.Work;
import dev.baton.engine.metrics.WorkerClock;
import dev.baton.engine.operator.KernelContext;
import dev.baton.engine.source.Decoder;
import dev.baton.engine.source.OpenSource;
import dev.baton.engine.source.Split;
import dev.baton.engine.spec.RecordCodec;
import dev.baton.engine.spi.Job;
import dev.baton.engine.spi.RemoteTask;
import dev.baton.engine.spi.RunScope;
import dev.baton.engine.spi.Task;
import dev.baton.engine.spi.WorkerScope;
import java.io.IOException;
import java.util.Iterator;
import java.util.List;
import java.util.function.LongSupplier;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.types.pojo.Schema;

/** A pass that another process has planned, planned again and worked on here. */
final class RemotePlan implements RemoteTask {
  private final BufferAllocator allocator;
  private final RunScope scope;
  private final Job<? extends AutoCloseable> job;
  private Task<? extends AutoCloseable> task;

  private RemotePlan(BufferAllocator allocator, RunScope scope, Job<? extends AutoCloseable> job) {
    this.allocator = allocator;
    this.scope = scope;
    this.job = job;
  }

  /**
   * Opens a pass.
   *
   * @param source where its splits are decoded, or null when their batches are sent; not closed
   */
  static RemotePlan open(
      PlanMessage plan, OpenSource source, BufferAllocator parent, LongSupplier clock) {
    RunOptions options =
        new RunOptions(
            ExecutionMode.inline(),
            plan.lock(),
            0,
            plan.memoryBytes(),
            plan.digest(),
            plan.timeline(),
            null);
    OpenSource decoded = source == null ? new ReceivedSource(plan.schema()) : source;
    BufferAllocator allocator = parent.newChildAllocator("plan", 0, plan.memoryBytes());
    RunClocks clocks =
        new RunClocks(clock, clock.getAsLong(), plan.operators().size(), plan.timeline());
    RunScope scope = new RunScope(options, allocator, clocks);
    try {
      Pass pass = new Planner(plan.schema(), plan.operators()).next();
      clocks.startPass(pass.stageNames());
      RemotePlan opened =
          new RemotePlan(
              allocator,
              scope,
              pass.fits()
                  ? FitJob.remote(pass, decoded, plan)
                  : new TransformJob(pass, decoded, plan));
      opened.openTask();
      return opened;
    } catch (Throwable e) {
      scope.close();
      allocator.close();
      throw PipelineException.wrap(e);
    }
  }

  private void openTask() throws Exception {
    WorkerScope worker = scope.consumer();
    worker.acquire();
    try {
      task = job.open(worker);
    } finally {
      worker.release();
    }
  }

  @Override
  public void reset() throws Exception {
    Task<? extends AutoCloseable> failed = task;
    task = null;
    failed.close();
    openTask();
  }

  @Override
  public void startSplit(byte[] split, long sequence) throws Exception {
    start(RecordCodec.read(split, Split.class), sequence);
  }

  @Override
  public void startBatches(Batches batches, long sequence) throws Exception {
    start(new ReceivedSplit(batches), sequence);
  }

  private void start(Split split, long sequence) throws Exception {
    clock().enter(Work.ENGINE);
    scope.consumer().acquire();
    try {
      task.start(split, sequence);
    } finally {
      scope.consumer().release();
    }
  }

  private WorkerClock clock() {
    return scope.consumer().clock();
  }

  @Override
  public Outgoing next() throws Exception {
    clock().enter(Work.ENGINE);
    scope.consumer().acquire();
    try {
      AutoCloseable result = task.next();
      // What follows is sending the result, or waiting for the next split.
      clock().account(result == null ? Account.STARVED : Account.SERIALISE);
      if (result == null) {
        return null;
      }
      return result instanceof FitJob.Partial partial
          ? new PartialMessage(partial, scope.consumer().allocator())
          : new OutputMessage((TransformJob.Output) result);
    } finally {
      scope.consumer().release();
    }
  }

  @Override
  public RunScope scope() {
    return scope;
  }

  @Override
  public void close() throws IOException {
    try {
      if (task != null) {
        task.close();
      }
    } finally {
      scope.close();
      allocator.close();
    }
  }

  /** A split whose batches are sent. */
  private record ReceivedSplit(Batches batches) implements Split {
    @Override
    public long bytes() {
      return 0;
    }
  }

  /** A source of batches that are sent. */
  private record ReceivedSource(Schema schema) implements OpenSource {
    @Override
    public long bytes() {
      return -1;
    }

    @Override
    public Iterator<? extends Split> splits() {
      throw new UnsupportedOperationException("splits are sent");
    }

    @Override
    public Decoder decoder(List<String> columns, KernelContext context) {
      List<org.apache.arrow.vector.types.pojo.Field> fields =
          columns.stream().map(schema::findField).toList();
      return new ReceivingDecoder(new Schema(fields), (WorkerScope) context);
    }

    @Override
    public void close() {}
  }

  private static final class ReceivingDecoder implements Decoder {
    private final Schema schema;
    private final WorkerScope worker;
    private Batches batches;

    ReceivingDecoder(Schema schema, WorkerScope worker) {
      this.schema = schema;
      this.worker = worker;
    }

    @Override
    public void start(Split split) {
      batches = ((ReceivedSplit) split).batches();
    }

    @Override
    public Batch next() throws Exception {
      try (ArrowBuf message = worker.waiting(Account.IPC, batches::next)) {
        if (message == null) {
          return null;
        }
        int before = worker.clock().account(Account.SERIALISE);
        Batch batch = BatchMessage.read(schema, message, worker.allocator());
        worker.clock().back(before);
        return batch;
      }
    }

    @Override
    public void close() {}
  }
}
