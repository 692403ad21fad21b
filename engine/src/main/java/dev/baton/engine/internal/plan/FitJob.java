package dev.baton.engine.internal.plan;

import dev.baton.engine.batch.BadRows;
import dev.baton.engine.batch.StateRow;
import dev.baton.engine.lock.Locks;
import dev.baton.engine.metrics.Work;
import dev.baton.engine.operator.FitState;
import dev.baton.engine.request.InFlight;
import dev.baton.engine.source.Decoder;
import dev.baton.engine.source.OpenSource;
import dev.baton.engine.source.Split;
import dev.baton.engine.spec.RecordCodec;
import dev.baton.engine.spi.Pending;
import dev.baton.engine.spi.PortableJob;
import dev.baton.engine.spi.Task;
import dev.baton.engine.spi.WorkerScope;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.Supplier;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.types.pojo.Schema;

/**
 * A fit pass. Each split is observed into fresh states. Where the lock policy shares nothing they
 * are handed to the consumer, which merges them; else the workers merge them into shared states,
 * each guarded as the policy says. Both merge in the order of the splits.
 */
final class FitJob implements PortableJob<FitJob.Partial> {

  /**
   * The states of one split; none when they were merged already.
   *
   * @param rows source rows they have seen
   * @param bad how many others were bad, with the first of them, or null
   */
  record Partial(long sequence, List<FitState<?>> states, long rows, BadRows bad)
      implements AutoCloseable {
    @Override
    public void close() {}
  }

  private final Pass pass;
  private final OpenSource source;
  private final PlanMessage plan;
  private final boolean shared;
  private final List<OrderedMerge> merges = new ArrayList<>();
  private Schema rowSchema;

  FitJob(Pass pass, OpenSource source, PlanMessage plan, Locks locks) {
    this(pass, source, plan, locks, locks.shared());
  }

  private FitJob(Pass pass, OpenSource source, PlanMessage plan, Locks locks, boolean shared) {
    this.pass = pass;
    this.source = source;
    this.plan = plan;
    this.shared = shared;
    for (Step.Observing step : pass.observing()) {
      merges.add(new OrderedMerge(step.bound(), locks.object("fit state")));
    }
  }

  /** The job as a worker process does it, whose states are always merged elsewhere. */
  static FitJob remote(Pass pass, OpenSource source, PlanMessage plan) {
    return new FitJob(pass, source, plan, plan.lock().open(), false);
  }

  @Override
  public byte[] plan(boolean shipData) {
    return plan.forFit(shipData).write();
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
    return Failures.outside("source", StepRunner.batchName(sequence, batch), cause);
  }

  @Override
  public boolean resultPerBatch() {
    return false;
  }

  @Override
  public Partial leftOut(long sequence) {
    return new Partial(sequence, newStates(), 0, null);
  }

  @Override
  public Partial receive(ArrowBuf result, WorkerScope consumer) throws IOException {
    return PartialMessage.read(
        result, newStates(), rowSchema(consumer.allocator()), consumer.allocator());
  }

  /** The schema of the row that states travel as; found once, by any of the lanes. */
  private synchronized Schema rowSchema(BufferAllocator allocator) {
    if (rowSchema == null) {
      rowSchema = StateRow.schema(newStates(), allocator);
    }
    return rowSchema;
  }

  @Override
  public Iterator<? extends Split> splits() throws IOException {
    return source.splits();
  }

  @Override
  public Task<Partial> open(WorkerScope worker) throws Exception {
    return new Fitting(new StepRunner(pass, source, worker), worker);
  }

  /** Takes account of a result; called in the order of the splits. */
  void merge(Partial partial, WorkerScope consumer) {
    merge(partial.sequence(), partial.states(), partial.rows(), consumer);
  }

  private void merge(long sequence, List<FitState<?>> states, long rows, WorkerScope worker) {
    if (states.isEmpty()) {
      return;
    }
    int before = worker.clock().enter(Work.MERGE);
    for (int i = 0; i < states.size(); i++) {
      merges.get(i).offer(sequence, states.get(i), worker);
    }
    worker.clock().flow(1, rows, rows, 0, 0);
    worker.clock().back(before);
  }

  private List<FitState<?>> newStates() {
    List<FitState<?>> states = new ArrayList<>();
    merges.forEach(merge -> states.add(merge.newState()));
    return states;
  }

  /** The merged states, in the order of the observing steps. */
  List<OrderedMerge> merges() {
    return merges;
  }

  private final class Fitting implements Task<Partial> {
    private final StepRunner steps;
    private final WorkerScope worker;
    private Observed observed;

    Fitting(StepRunner steps, WorkerScope worker) {
      this.steps = steps;
      this.worker = worker;
    }

    @Override
    public void start(Split split, long sequence) {
      observed = new Observed(sequence, newStates());
      steps.start(split, sequence);
    }

    @Override
    public Partial next() {
      if (observed == null) {
        return null;
      }
      for (Journey batch = depart(); batch != null; batch = depart()) {
        steps.advance(batch, null);
        batch.close();
      }
      return end().get();
    }

    @Override
    public Pending<Partial> launch(InFlight requests) {
      if (observed == null) {
        return null;
      }
      Journey batch = depart();
      if (batch == null) {
        return new SetAside<>(end());
      }
      steps.advance(batch, requests);
      return new SetAside<>(
          steps,
          batch,
          requests,
          () -> {
            batch.close();
            return null;
          });
    }

    private Journey depart() {
      Journey batch = steps.depart(observed.states);
      if (batch != null) {
        observed.rows += batch.rowsRead;
        observed.bad = BadRows.sum(observed.bad, batch.batch.bad());
      }
      return batch;
    }

    /** Ends the split; what is returned gives its result when all its batches are through. */
    private Supplier<Partial> end() {
      Observed ended = observed;
      observed = null;
      return () -> {
        if (!shared) {
          return new Partial(ended.sequence, ended.states, ended.rows, ended.bad);
        }
        FitJob.this.merge(ended.sequence, ended.states, ended.rows, worker);
        return new Partial(ended.sequence, List.of(), ended.rows, ended.bad);
      };
    }

    @Override
    public void close() throws IOException {
      steps.close();
    }
  }

  /** What was seen of a split. */
  private static final class Observed {
    private final long sequence;
    private final List<FitState<?>> states;
    private long rows;
    private BadRows bad;

    Observed(long sequence, List<FitState<?>> states) {
      this.sequence = sequence;
      this.states = states;
    }
  }
}
