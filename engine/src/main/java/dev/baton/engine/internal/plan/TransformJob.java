package dev.baton.engine.internal.plan;

import dev.baton.engine.batch.BadRows;
import dev.baton.engine.batch.Batch;
import dev.baton.engine.batch.Digest;
import dev.baton.engine.metrics.Work;
import dev.baton.engine.operator.Nature;
import dev.baton.engine.request.InFlight;
import dev.baton.engine.source.Decoder;
import dev.baton.engine.source.Encoded;
import dev.baton.engine.source.Encoder;
import dev.baton.engine.source.OpenSource;
import dev.baton.engine.source.Split;
import dev.baton.engine.spec.RecordCodec;
import dev.baton.engine.spi.Pending;
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
   * @param bad what was wrong with rows it was to be made from, or null
   * @param split the place of its split in the source
   */
  record Output(
      Batch batch,
      Encoded encoded,
      Digest digest,
      long rows,
      long rowsRead,
      BadRows bad,
      long split)
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
    Iterator<? extends Split> splits = source.splits();
    for (long left = plan.firstSplit(); left > 0 && splits.hasNext(); left--) {
      splits.next();
    }
    return splits;
  }

  @Override
  public byte[] plan(boolean shipData) {
    return (shipData ? plan.withoutSource() : plan).write();
  }

  @Override
  public boolean sourceTravels() {
    return source.splitsTravel() && plan.sourceTravels();
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
  public RuntimeException undecodable(long sequence, int batch, Exception cause) {
    return Failures.outside(
        "source", StepRunner.batchName(plan.firstSplit() + sequence, batch), cause);
  }

  @Override
  public boolean resultPerBatch() {
    return true;
  }

  @Override
  public Output leftOut(long sequence) {
    return null;
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
      steps.start(split, plan.firstSplit() + sequence);
    }

    @Override
    public Output next() {
      Journey journey = steps.depart(List.of());
      if (journey == null) {
        return null;
      }
      steps.advance(journey, null);
      return arrive(journey);
    }

    @Override
    public Pending<Output> launch(InFlight requests) {
      Journey journey = steps.depart(List.of());
      if (journey == null) {
        return null;
      }
      steps.advance(journey, requests);
      return new SetAside<>(steps, journey, requests, () -> arrive(journey));
    }

    private Output arrive(Journey journey) {
      Batch batch = journey.batch;
      boolean kept = false;
      try {
        // Pruned columns may have shifted the order.
        if (!batch.names().equals(names)) {
          batch.retain(names);
        }
        Digest part = plan.digest() ? digest(batch) : null;
        Encoded encoded = encoder == null ? null : encode(journey);
        kept = plan.keepBatches();
        if (kept) {
          batch.decode();
        }
        return new Output(
            kept ? batch : null,
            encoded,
            part,
            batch.rows(),
            journey.rowsRead,
            batch.bad(),
            journey.split);
      } finally {
        if (!kept) {
          batch.close();
        }
      }
    }

    private Digest digest(Batch batch) {
      int before = worker.clock().enter(Work.DIGEST);
      worker.checkpoint();
      boolean released = worker.enter(Nature.COLUMNAR);
      try {
        return Digest.of(batch);
      } finally {
        worker.leave(released);
        worker.clock().flow(1, batch.rows(), batch.rows(), batch.bytes(), 0);
        worker.clock().back(before);
      }
    }

    private Encoded encode(Journey journey) {
      Batch batch = journey.batch;
      int before = worker.clock().enter(Work.ENCODE);
      worker.checkpoint();
      boolean released = worker.enter(encoder.nature());
      try {
        Encoded encoded = encoder.encode(batch);
        worker.clock().flow(1, batch.rows(), batch.rows(), batch.bytes(), encoded.bytes());
        return encoded;
      } catch (Exception e) {
        throw Failures.outside("sink", journey.name, e);
      } finally {
        worker.leave(released);
        worker.clock().back(before);
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
