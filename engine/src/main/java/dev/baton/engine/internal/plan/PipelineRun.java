package dev.baton.engine.internal.plan;

import dev.baton.engine.FittedPipeline;
import dev.baton.engine.Pipeline;
import dev.baton.engine.PipelineException;
import dev.baton.engine.PlanOutline;
import dev.baton.engine.Progress;
import dev.baton.engine.RunListener;
import dev.baton.engine.RunOptions;
import dev.baton.engine.RunReport;
import dev.baton.engine.batch.Batch;
import dev.baton.engine.batch.Digest;
import dev.baton.engine.metrics.Account;
import dev.baton.engine.metrics.Meter;
import dev.baton.engine.metrics.RunClocks;
import dev.baton.engine.metrics.TimeLedger;
import dev.baton.engine.metrics.Work;
import dev.baton.engine.metrics.WorkerClock;
import dev.baton.engine.operator.Composite;
import dev.baton.engine.operator.Operator;
import dev.baton.engine.operator.Transform;
import dev.baton.engine.source.OpenSink;
import dev.baton.engine.source.OpenSource;
import dev.baton.engine.spi.Execution;
import dev.baton.engine.spi.MemoryShares;
import dev.baton.engine.spi.ProgressCounter;
import dev.baton.engine.spi.RunScope;
import dev.baton.engine.spi.Runner;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.LongSupplier;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.util.AutoCloseables;
import org.apache.arrow.vector.types.pojo.Schema;

/**
 * One run of a pipeline, from opening the source to the report. Used by one thread; {@link
 * #progress} and {@link #cancel} by any.
 */
public final class PipelineRun implements AutoCloseable {
  private final Pipeline pipeline;
  private final RunOptions options;
  private final Runner runner;
  private final long id = ThreadLocalRandom.current().nextLong();
  private final Meter meter = new Meter();
  private final BufferAllocator allocator;
  private final RunScope scope;
  private final Watch watch;
  private final OpenSource source;
  private final Planner planner;
  private final List<RunReport.Pass> passes = new ArrayList<>();
  private final int expectedPasses;
  private final BadLedgers bad;
  private Journal journal;
  private Journal.Position resumed;

  private Execution<TransformJob.Output> last;
  private Pass lastPass;
  private long rowsOut;
  private Digest digest;

  /**
   * Opens the source and checks every operator against the schema, as far as it is known.
   *
   * @param clock in nanoseconds; the ledger of the run is kept by it
   * @param listeners to be told of {@link #run}
   */
  public PipelineRun(
      Pipeline pipeline,
      RunOptions options,
      Runner runner,
      BufferAllocator parent,
      LongSupplier clock,
      List<RunListener> listeners) {
    long start = clock.getAsLong();
    this.pipeline =
        new Pipeline(pipeline.source(), Composite.flatten(pipeline.operators()), pipeline.sink());
    this.options = options;
    this.runner = runner;
    long memory = MemoryShares.of(options).here();
    this.source = open(pipeline);
    long opened = clock.getAsLong();
    try {
      this.planner = new Planner(source.schema(), this.pipeline.operators());
      this.expectedPasses =
          new Explanation(source.schema(), this.pipeline.operators()).passes().size();
      this.bad = new BadLedgers(source.onBad(), this.pipeline.operators());
      if (Stage.anyTolerates(this.pipeline.operators())) {
        source.keepOrigins();
      }
    } catch (Throwable e) {
      closeSource();
      throw e;
    }
    this.allocator = parent.newChildAllocator("run", 0, memory);
    try {
      source.within(allocator);
    } catch (IOException | RuntimeException e) {
      closeSource();
      allocator.close();
      throw Failures.outside("source", null, e);
    }
    int operators = this.pipeline.operators().size();
    this.scope =
        new RunScope(
            options, allocator, new RunClocks(clock, start, operators, options.timeline()));
    // What opens the source comes before there are workers.
    scope.consumer().clock().move(Work.DECODE, opened - start);
    this.watch = new Watch(options, this::progress, listeners);
  }

  private static OpenSource open(Pipeline pipeline) {
    try {
      return pipeline.source().open();
    } catch (IOException | RuntimeException e) {
      throw Failures.outside("source", null, e);
    }
  }

  /** Says which passes a run would make. */
  public static PlanOutline explain(Pipeline pipeline) {
    try (OpenSource source = open(pipeline)) {
      return new Explanation(source.schema(), Composite.flatten(pipeline.operators()))
          .outline(source.note());
    } catch (IOException e) {
      throw Failures.outside("source", null, e);
    }
  }

  /**
   * Fits and says what was learned.
   *
   * @param earlier what to go on from, fitted by the same operators; null to start afresh
   */
  public FittedPipeline fit(FittedPipeline earlier, Clock clock) {
    FitMemory memory = new FitMemory(earlier, source.schema());
    fit(memory);
    return memory.result(pipeline, planner.forOtherRows(), clock);
  }

  private void fit(FitMemory memory) {
    while (!planner.allFitted()) {
      Pass pass = planner.next();
      startPass(pass);
      FitJob job = new FitJob(pass, source, planMessage(), scope.locks());
      Set<Stage> later = memory.recall(pass, job.merges());
      try (Execution<FitJob.Partial> execution = runner.start(job, scope)) {
        for (FitJob.Partial part = execution.next(); part != null; part = execution.next()) {
          scope.progress().rowsRead(part.rows());
          bad.add(part.bad());
          job.merge(part, scope.consumer());
          part.close();
        }
      }
      List<String> names = new ArrayList<>();
      Map<String, String> exactness = new LinkedHashMap<>();
      scope.consumer().clock().enter(Work.MERGE);
      bad.endPass(scope.progress().rows());
      // Before they are finished, which may reorder what they hold.
      memory.keep(pass, job.merges(), scope.progress().rows());
      for (int i = 0; i < pass.observing().size(); i++) {
        Step.Observing step = pass.observing().get(i);
        Stage stage = step.stage();
        OrderedMerge merge = job.merges().get(i);
        if (later.contains(stage) || !fill(step, pass, merge)) {
          continue;
        }
        String name = stage.number() + " " + stage.name();
        names.add(name);
        String exact = merge.exactness();
        if (exact != null) {
          exactness.put(name, exact);
        }
        planner.fitted(stage, finish(stage, merge));
      }
      if (journal != null) {
        journal.fitted(planner.operators());
      }
      endPass(pass, names, exactness);
    }
  }

  /**
   * Tells a state what stands where the columns it looked through were missing. False when one of
   * them is gone, as it has no value at all: what was learned is of other columns than those there
   * are, and a later pass learns it anew.
   */
  private boolean fill(Step.Observing step, Pass pass, OrderedMerge merge) {
    if (step.through().isEmpty()) {
      return true;
    }
    try (Batch row = new Fills(pass, planner.operators(), scope.consumer()).row(step)) {
      if (row.width() < step.through().size()) {
        return false;
      }
      merge.fill(row);
      return true;
    } catch (PipelineException e) {
      throw e;
    } catch (RuntimeException e) {
      throw step.stage().failed(null, e);
    }
  }

  private static Transform finish(Stage stage, OrderedMerge merge) {
    try {
      return merge.finish();
    } catch (RuntimeException e) {
      throw stage.failed(null, e);
    }
  }

  /** Runs the whole pipeline into its sink. */
  public RunReport run() {
    watch.started();
    try {
      RunReport report = fitAndTransform();
      watch.ended(report);
      return report;
    } catch (Throwable e) {
      watch.failed(e);
      throw e;
    }
  }

  private RunReport fitAndTransform() {
    if (options.resume() != null) {
      openJournal();
    }
    fit(FitMemory.NONE);
    if (journal != null) {
      resumed = journal.position();
    }
    Schema output = planLast();
    try {
      long bytes = resumed != null && resumed.isComplete() ? finishAgain() : transform(output);
      if (journal != null) {
        journal.finish();
      }
      endPass(lastPass, List.of(), Map.of());
      return report(output, bytes);
    } catch (IOException e) {
      throw Failures.outside("sink", null, e);
    }
  }

  /** Makes the last pass; returns how many bytes the output has. */
  private long transform(Schema output) throws IOException {
    try (OpenSink sink = openSink(output)) {
      begin(sink);
      start(planMessage().from(resumed == null ? 0 : resumed.splits));
      for (TransformJob.Output out = last.next(); out != null; out = last.next()) {
        if (journal != null && journal.due(out.split())) {
          checkpoint(sink, out);
        }
        account(out);
        commit(sink, out);
      }
      last.close();
      bad.endPass(scope.progress().rows());
      finish(sink);
      return sink == null ? 0 : sink.bytes();
    }
  }

  /** Names nothing before all of it is on disk; the output first, which is more likely to fail. */
  private void finish(OpenSink sink) throws IOException {
    bad.complete();
    if (sink != null) {
      scope.consumer().clock().enter(Work.COMMIT);
      scope.consumer().clock().account(Account.IO);
      sink.complete();
      if (journal != null) {
        journal.save(position(Long.MAX_VALUE, new byte[0], sink.bytes()));
      }
      sink.finish();
    }
    bad.finish();
  }

  /** Gives their names to what an earlier run had completed; returns the bytes of the output. */
  private long finishAgain() throws IOException {
    startPass(lastPass);
    scope.progress().rowsRead(resumed.rowsRead);
    pipeline.sink().finish(journal.part());
    bad.finish(resumed.bad);
    return resumed.bytes;
  }

  private void openJournal() {
    journal = Journal.open(options.resume(), pipeline, source);
    List<Operator> fitted = journal.fitted();
    if (fitted != null) {
      planner.restore(fitted);
    }
  }

  /** Keeps what was committed before {@code out}, with which a split begins. */
  private void checkpoint(OpenSink sink, TransformJob.Output out) {
    WorkerClock clock = scope.consumer().clock();
    int before = clock.enter(Work.COMMIT);
    try {
      byte[] state = scope.consumer().waiting(Account.IO, sink::checkpoint);
      journal.save(position(out.split(), state, Journal.Position.UNFINISHED));
    } catch (Exception e) {
      out.close();
      throw Failures.outside("sink", null, e);
    } finally {
      clock.back(before);
    }
  }

  private Journal.Position position(long splits, byte[] sink, long bytes) throws IOException {
    return new Journal.Position(
        splits, scope.progress().rows(), rowsOut, digest, sink, bad.checkpoint(), bytes);
  }

  private OpenSink openSink(Schema output) {
    if (pipeline.sink() == null) {
      return null;
    }
    try {
      return journal == null
          ? pipeline.sink().open(output)
          : pipeline.sink().resume(output, journal.part(), resumed == null ? null : resumed.sink);
    } catch (IOException | RuntimeException e) {
      throw Failures.outside("sink", null, e);
    }
  }

  private void begin(OpenSink sink) {
    if (sink == null) {
      return;
    }
    WorkerClock clock = scope.consumer().clock();
    int before = clock.enter(Work.COMMIT);
    scope.consumer().acquire();
    try {
      sink.begin(scope.consumer());
    } catch (Exception e) {
      throw Failures.outside("sink", null, e);
    } finally {
      scope.consumer().release();
      clock.back(before);
    }
  }

  private void commit(OpenSink sink, TransformJob.Output out) {
    if (sink == null) {
      out.close();
      return;
    }
    WorkerClock clock = scope.consumer().clock();
    int before = clock.enter(Work.COMMIT);
    scope.consumer().acquire();
    try (out) {
      long bytes = sink.bytes();
      sink.commit(out.encoded(), scope.consumer());
      clock.flow(1, out.rows(), out.rows(), out.encoded().bytes(), sink.bytes() - bytes);
    } catch (Exception e) {
      throw Failures.outside("sink", null, e);
    } finally {
      scope.consumer().release();
      clock.back(before);
    }
  }

  /** Fits, then starts the last pass for {@link #nextBatch}; returns the schema of the batches. */
  public Schema startBatches() {
    fit(FitMemory.NONE);
    Schema output = planLast();
    start(planMessage().forBatches());
    rest();
    return output;
  }

  /** The next batch of the output, owned by the caller, or null at the end. */
  public Batch nextBatch() {
    scope.consumer().clock().enter(Work.ENGINE);
    try {
      TransformJob.Output out = next();
      if (out == null) {
        bad.endPass(scope.progress().rows());
        bad.finish();
        return null;
      }
      return out.batch();
    } finally {
      rest();
    }
  }

  /** What its caller does between batches is not the run's. */
  private void rest() {
    scope.consumer().clock().account(Account.IDLE);
  }

  private Schema planLast() {
    lastPass = planner.next();
    digest = options.digest() ? Digest.empty(lastPass.output()) : null;
    if (resumed != null) {
      digest = resumed.digest;
      rowsOut = resumed.rowsOut;
    }
    return lastPass.output();
  }

  private void start(PlanMessage plan) {
    startPass(lastPass);
    bad.open(journal != null, resumed == null ? null : resumed.bad);
    scope.progress().rowsRead(resumed == null ? 0 : resumed.rowsRead);
    last = runner.start(new TransformJob(lastPass, source, plan), scope);
  }

  private void startPass(Pass pass) {
    watch.passStarted();
    scope.progress().startPass();
    bad.startPass();
    scope.clocks().startPass(pass.stageNames());
  }

  private PlanMessage planMessage() {
    return PlanMessage.of(id, pipeline, source, planner.operators(), options);
  }

  private TransformJob.Output next() {
    TransformJob.Output out = last.next();
    if (out != null) {
      account(out);
    }
    return out;
  }

  private void account(TransformJob.Output out) {
    scope.progress().rowsRead(out.rowsRead());
    rowsOut += out.rows();
    addBad(out);
    if (digest != null) {
      digest = digest.then(out.digest());
    }
  }

  private void addBad(TransformJob.Output out) {
    try {
      bad.add(out.bad());
    } catch (RuntimeException e) {
      out.close();
      throw e;
    }
  }

  private void endPass(Pass pass, List<String> fitted, Map<String, String> exactness) {
    scope.clocks().endPass();
    ProgressCounter progress = scope.progress();
    RunReport.Pass done =
        new RunReport.Pass(fitted, exactness, pass.columns(), progress.rows(), progress.elapsed());
    passes.add(done);
    watch.passEnded(done);
  }

  private RunReport report(Schema output, long bytesOut) {
    TimeLedger ledger = scope.clocks().close();
    return new RunReport(
        options.mode(),
        options.lock().id(),
        output,
        scope.progress().rows(),
        rowsOut,
        source.bytes(),
        bytesOut,
        ledger.wall(),
        meter.cpu().plus(scope.remote().cpu()),
        Duration.ofNanos(scope.lockWaitNanos()),
        scope.switches(),
        peakMemoryBytes(),
        scope.remote().startup(),
        scope.remote().ipcBytes(),
        scope.remote().ipc(),
        digest,
        List.copyOf(passes),
        meter.gc().plus(scope.remote().gc()),
        meter.compile().plus(scope.remote().compile()),
        ledger,
        bad.ofSource(),
        bad.ofStages(),
        resumed == null ? 0 : resumed.rowsRead,
        scope.leftOut().report(),
        source.skipped());
  }

  private long peakMemoryBytes() {
    long together = scope.remote().peakMemoryBytes();
    return together > 0 ? together : meter.peakMemoryBytes(allocator.getPeakMemoryAllocation());
  }

  public Progress progress() {
    return scope.progress().snapshot(expectedPasses, source.bytes());
  }

  public void cancel() {
    scope.cancel();
  }

  /** Ends all work and releases everything; fails if any worker has leaked memory. */
  @Override
  public void close() {
    try {
      // Each of them, whatever becomes of the others.
      AutoCloseables.close(last, this::closeSource, bad, journal, scope, allocator);
    } catch (Exception e) {
      throw PipelineException.wrap(e);
    }
  }

  private void closeSource() {
    try {
      source.close();
    } catch (IOException e) {
      throw new PipelineException("source: " + e.getMessage(), e);
    }
  }
}
