package dev.baton.engine.internal.plan;

import dev.baton.engine.batch.Batch;
import dev.baton.engine.lock.Locks;
import dev.baton.engine.operator.FitState;
import dev.baton.engine.source.Decoder;
import dev.baton.engine.source.OpenSource;
import dev.baton.engine.source.Split;
import dev.baton.engine.spec.RecordCodec;
import dev.baton.engine.spi.PortableJob;
import dev.baton.engine.spi.Task;
import dev.baton.engine.spi.WorkerScope;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.Supplier;
import org.apache.arrow.memory.ArrowBuf;

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
   */
  record Partial(long sequence, List<FitState<?>> states, long rows) implements AutoCloseable {
    @Override
    public void close() {}
  }

  private final Pass pass;
  private final OpenSource source;
  private final PlanMessage plan;
  private final boolean shared;
  private final List<OrderedMerge> merges = new ArrayList<>();

  FitJob(Pass pass, OpenSource source, PlanMessage plan, Locks locks) {
    this(pass, source, plan, locks, locks.shared());
  }

  private FitJob(Pass pass, OpenSource source, PlanMessage plan, Locks locks, boolean shared) {
    this.pass = pass;
    this.source = source;
    this.plan = plan;
    this.shared = shared;
    for (Step.Observing step : pass.observing()) {
      merges.add(new OrderedMerge(step.bound(), locks.object()));
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
  public Partial receive(ArrowBuf result, WorkerScope consumer) throws IOException {
    List<Supplier<FitState<?>>> newStates = new ArrayList<>();
    merges.forEach(merge -> newStates.add(merge::newState));
    return PartialMessage.read(result, newStates, consumer.allocator());
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
    for (int i = 0; i < partial.states().size(); i++) {
      merges.get(i).offer(partial.sequence(), partial.states().get(i), consumer);
    }
  }

  /** The merged states, in the order of the observing steps. */
  List<OrderedMerge> merges() {
    return merges;
  }

  private final class Fitting implements Task<Partial> {
    private final StepRunner steps;
    private final WorkerScope worker;
    private long sequence;
    private boolean done;

    Fitting(StepRunner steps, WorkerScope worker) {
      this.steps = steps;
      this.worker = worker;
    }

    @Override
    public void start(Split split, long sequence) {
      this.sequence = sequence;
      this.done = false;
      steps.start(split, sequence);
    }

    @Override
    public Partial next() {
      if (done) {
        return null;
      }
      done = true;
      List<FitState<?>> states = new ArrayList<>();
      merges.forEach(merge -> states.add(merge.newState()));
      for (Batch batch = steps.next(states); batch != null; batch = steps.next(states)) {
        batch.close();
      }
      if (!shared) {
        return new Partial(sequence, states, steps.takeRowsRead());
      }
      for (int i = 0; i < states.size(); i++) {
        merges.get(i).offer(sequence, states.get(i), worker);
      }
      return new Partial(sequence, List.of(), steps.takeRowsRead());
    }

    @Override
    public void close() throws IOException {
      steps.close();
    }
  }
}
