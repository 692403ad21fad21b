package dev.baton.engine.internal.plan;

import dev.baton.engine.PipelineException;
import dev.baton.engine.source.OpenSource;
import dev.baton.engine.spi.RemoteTask;
import dev.baton.engine.spi.RemoteWorker;
import java.io.IOException;
import java.util.function.LongSupplier;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.types.pojo.Schema;

/** Opens plans, and keeps the source of a run open from one pass to the next. */
public final class RemotePlans implements RemoteWorker {
  private final BufferAllocator allocator;
  private final LongSupplier clock;
  private OpenSource source;
  private long run;

  /** With a clock in nanoseconds. */
  public RemotePlans(BufferAllocator allocator, LongSupplier clock) {
    this.allocator = allocator;
    this.clock = clock;
  }

  @Override
  public RemoteTask open(byte[] bytes) throws IOException {
    PlanMessage plan = PlanMessage.read(bytes);
    if (plan.source() == null) {
      return RemotePlan.open(plan, null, allocator, clock);
    }
    if (source == null || run != plan.run()) {
      rest();
      source = open(plan);
      run = plan.run();
    }
    return RemotePlan.open(plan, source, allocator, clock);
  }

  private static OpenSource open(PlanMessage plan) throws IOException {
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
    if (Stage.anyTolerates(plan.operators())) {
      source.keepOrigins();
    }
    return source;
  }

  @Override
  public void rest() throws IOException {
    OpenSource old = source;
    source = null;
    if (old != null) {
      old.close();
    }
  }
}
