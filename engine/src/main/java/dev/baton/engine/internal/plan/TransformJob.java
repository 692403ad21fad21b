package dev.baton.engine.internal.plan;

import dev.baton.engine.batch.Batch;
import dev.baton.engine.batch.Digest;
import dev.baton.engine.operator.Nature;
import dev.baton.engine.source.Decoder;
import dev.baton.engine.source.Encoded;
import dev.baton.engine.source.Encoder;
import dev.baton.engine.source.OpenSource;
import dev.baton.engine.source.Split;
import dev.baton.engine.spec.RecordCodec;
import dev.baton.engine.spi.PortableJob;
import dev.baton.engine.spi.Task;
import dev.baton.engine.spi.WorkerScope;
import java.io.IOException;
import java.util.Iterator;
import java.util.List;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.vector.types.pojo.Field;

/**
 * The last pass: every batch goes through all operators and is encoded for the sink, all in the
 * worker that decoded it, while it is in cache.
 */
record TransformJob(Pass pass, OpenSource source, PlanMessage plan)
    implements PortableJob<TransformJob.Output> {

  /**
   * One batch of the output.
   *
   * @param batch itself, if asked for
   * @param encoded for the sink, if there is one
   * @param digest if asked for
   * @param rowsRead source rows it was made from
   */
  record Output(Batch batch, Encoded encoded, Digest digest, long rows, long rowsRead)
      implements AutoCloseable {
    @Override
    public void close() {
      if (batch != null) {
        batch.close();
      }
      if (encoded != null) {
        encoded.close();
      }
    }
  }

  @Override
  public Iterator<? extends Split> splits() throws IOException {
    return source.splits();
  }

  @Override
  public byte[] plan(boolean shipData) {
    return (shipData ? plan.withoutSource() : plan).write();
  }

  @Override
  public boolean sourceTravels() {
    return plan.sourceTravels();
  }

  @Override
  public String stage(int number) {
    return pass.stage(number);
  }

  @Override
  public byte[] describe(Split split) {
    return RecordCodec.write(split);
  }

  @Override
  public Decoder decoder(WorkerScope worker) throws IOException {
    return source.decoder(pass.columns(), worker);
  }

  @Override
  public Output receive(ArrowBuf result, WorkerScope consumer) throws IOException {
    return OutputMessage.read(result, pass.output(), plan.sink(), consumer.allocator());
  }

  @Override
  public Task<Output> open(WorkerScope worker) throws Exception {
    StepRunner steps = new StepRunner(pass, source, worker);
    try {
      Encoder encoder = plan.sink() == null ? null : plan.sink().encoder(pass.output(), worker);
      return new Transforming(steps, encoder, worker);
    } catch (Throwable e) {
      steps.close();
      throw Failures.outside("sink", null, e);
    }
  }

  private final class Transforming implements Task<Output> {
    private final List<String> names =
        pass.output().getFields().stream().map(Field::getName).toList();
    private final StepRunner steps;
    private final Encoder encoder;
    private final WorkerScope worker;

    Transforming(StepRunner steps, Encoder encoder, WorkerScope worker) {
      this.steps = steps;
      this.encoder = encoder;
      this.worker = worker;
    }

    @Override
    public void start(Split split, long sequence) {
      steps.start(split, sequence);
    }

    @Override
    public Output next() {
      Batch batch = steps.next(List.of());
      if (batch == null) {
        return null;
      }
      boolean kept = false;
      try {
        // Pruned columns may have shifted the order.
        if (!batch.names().equals(names)) {
          batch.retain(names);
        }
        Digest part = plan.digest() ? digest(batch) : null;
        Encoded encoded = encoder == null ? null : encode(batch);
        kept = plan.keepBatches();
        return new Output(kept ? batch : null, encoded, part, batch.rows(), steps.takeRowsRead());
      } finally {
        if (!kept) {
          batch.close();
        }
      }
    }

    private Digest digest(Batch batch) {
      worker.checkpoint();
      boolean released = worker.enter(Nature.COLUMNAR);
      try {
        return Digest.of(batch);
      } finally {
        worker.leave(released);
      }
    }

    private Encoded encode(Batch batch) {
      worker.checkpoint();
      boolean released = worker.enter(encoder.nature());
      try {
        return encoder.encode(batch);
      } catch (Exception e) {
        throw Failures.outside("sink", steps.batchName(), e);
      } finally {
        worker.leave(released);
      }
    }

    @Override
    public void close() throws IOException {
      if (encoder != null) {
        encoder.close();
      }
      steps.close();
    }
  }
}
