package dev.baton.engine.internal.plan;

import dev.baton.engine.ExecutionMode;
import dev.baton.engine.PipelineException;
import dev.baton.engine.RunOptions;
import dev.baton.engine.batch.Batch;
import dev.baton.engine.batch.BatchMessage;
import dev.baton.engine.batch.Outgoing;
import dev.baton.engine.operator.KernelContext;
import dev.baton.engine.source.Decoder;
import dev.baton.engine.source.OpenSource;
import dev.baton.engine.source.Split;
import dev.baton.engine.spec.RecordCodec;
import dev.baton.engine.spi.RemoteTask;
import dev.baton.engine.spi.RunScope;
import dev.baton.engine.spi.Task;
import dev.baton.engine.spi.WorkerScope;
import java.io.IOException;
import java.util.Iterator;
import java.util.List;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.types.pojo.Schema;

/** A pass that another process has planned, planned again and worked on here. */
public final class RemotePlan implements RemoteTask {
  private final BufferAllocator allocator;
  private final RunScope scope;
  private final OpenSource source;
  private final Task<? extends AutoCloseable> task;

  private RemotePlan(
      BufferAllocator allocator,
      RunScope scope,
      OpenSource source,
      Task<? extends AutoCloseable> task) {
    this.allocator = allocator;
    this.scope = scope;
    this.source = source;
    this.task = task;
  }

  /** As {@link RemoteTask#open}. */
  public static RemotePlan open(byte[] bytes, BufferAllocator parent) throws IOException {
    PlanMessage plan = PlanMessage.read(bytes);
    RunOptions options =
        new RunOptions(ExecutionMode.inline(), plan.lock(), 0, plan.memoryBytes(), plan.digest());
    OpenSource source = openSource(plan);
    BufferAllocator allocator = parent.newChildAllocator("plan", 0, plan.memoryBytes());
    RunScope scope = new RunScope(options, allocator);
    try {
      Pass pass = new Planner(plan.schema(), plan.operators()).next();
      WorkerScope worker = scope.consumer();
      worker.acquire();
      try {
        Task<? extends AutoCloseable> task =
            pass.fits()
                ? FitJob.remote(pass, source, plan).open(worker)
                : new TransformJob(pass, source, plan).open(worker);
        return new RemotePlan(allocator, scope, source, task);
      } finally {
        worker.release();
      }
    } catch (Throwable e) {
      source.close();
      scope.close();
      allocator.close();
      throw PipelineException.wrap(e);
    }
  }

  private static OpenSource openSource(PlanMessage plan) throws IOException {
    if (plan.source() == null) {
      return new ReceivedSource(plan.schema());
    }
    OpenSource source = plan.source().open();
    if (!source.schema().equals(plan.schema())) {
      Schema found = source.schema();
      source.close();
      throw new PipelineException(
          "source: its columns were "
              + plan.schema()
              + " and are now "
              + found
              + "; read it when nothing writes to it",
          null);
    }
    return source;
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
    scope.consumer().acquire();
    try {
      task.start(split, sequence);
    } finally {
      scope.consumer().release();
    }
  }

  @Override
  public Outgoing next() throws Exception {
    scope.consumer().acquire();
    try {
      AutoCloseable result = task.next();
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
    task.close();
    source.close();
    scope.close();
    allocator.close();
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
      return new ReceivingDecoder(new Schema(fields), context);
    }

    @Override
    public void close() {}
  }

  private static final class ReceivingDecoder implements Decoder {
    private final Schema schema;
    private final KernelContext context;
    private Batches batches;

    ReceivingDecoder(Schema schema, KernelContext context) {
      this.schema = schema;
      this.context = context;
    }

    @Override
    public void start(Split split) {
      batches = ((ReceivedSplit) split).batches();
    }

    @Override
    public Batch next() throws Exception {
      try (ArrowBuf message = context.blocking(batches::next)) {
        return message == null ? null : BatchMessage.read(schema, message, context.allocator());
      }
    }

    @Override
    public void close() {}
  }
}
