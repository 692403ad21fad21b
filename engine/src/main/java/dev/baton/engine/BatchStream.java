package dev.baton.engine;

import dev.baton.engine.batch.Batch;
import dev.baton.engine.internal.plan.PipelineRun;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.types.pojo.Schema;

/**
 * The output of a pipeline, batch by batch, in order. Workers run ahead only as far as the ring
 * allows, so a slow reader slows them down. Confined to one thread, but for {@link #cancel}.
 *
 * <p>The caller closes every batch, also after the stream, and the stream, also before its end.
 */
public final class BatchStream implements Iterator<Batch>, AutoCloseable {
  private final PipelineRun run;
  private final BufferAllocator allocator;
  private final Schema schema;
  private Batch next;

  BatchStream(PipelineRun run, BufferAllocator allocator) {
    this.run = run;
    this.allocator = allocator;
    try {
      this.schema = run.startBatches();
    } catch (Throwable e) {
      run.close();
      throw e;
    }
  }

  /** The schema of every batch. */
  public Schema schema() {
    return schema;
  }

  @Override
  public boolean hasNext() {
    if (next == null) {
      next = run.nextBatch();
    }
    return next != null;
  }

  @Override
  public Batch next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    // The batch may outlive the run, so it must not be on the account of a worker.
    Batch batch = next.transferTo(allocator);
    next = null;
    return batch;
  }

  /** Makes a waiting or later {@link #next} fail with {@link RunCancelledException}. */
  public void cancel() {
    run.cancel();
  }

  @Override
  public void close() {
    if (next != null) {
      next.close();
      next = null;
    }
    run.close();
  }
}
