package dev.baton.engine.internal.plan;

import dev.baton.engine.Pipeline;
import dev.baton.engine.PipelineException;
import dev.baton.engine.Progress;
import dev.baton.engine.RunOptions;
import dev.baton.engine.RunReport;
import dev.baton.engine.batch.Batch;
import dev.baton.engine.batch.Digest;
import dev.baton.engine.metrics.Meter;
import dev.baton.engine.operator.Transform;
import dev.baton.engine.source.OpenSink;
import dev.baton.engine.source.OpenSource;
import dev.baton.engine.spi.Execution;
import dev.baton.engine.spi.ProgressCounter;
import dev.baton.engine.spi.RunScope;
import dev.baton.engine.spi.Runner;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.types.pojo.Schema;

/**
 * One run of a pipeline, from opening the source to the report. Used by one thread; {@link
 * #progress} and {@link #cancel} by any.
 */
public final class PipelineRun implements AutoCloseable {
  private final Pipeline pipeline;
  private final RunOptions options;
  private final Runner runner;
  private final Meter meter = new Meter();
  private final BufferAllocator allocator;
  private final RunScope scope;
  private final OpenSource source;
  private final Planner planner;
  private final List<RunReport.Pass> passes = new ArrayList<>();
  private final int expectedPasses;

  private Execution<TransformJob.Output> last;
  private Pass lastPass;
  private long rowsOut;
  private Digest digest;

  /** Opens the source and checks every operator against the schema, as far as it is known. */
  public PipelineRun(Pipeline pipeline, RunOptions options, Runner runner, BufferAllocator parent) {
    this.pipeline = pipeline;
    this.options = options;
    this.runner = runner;
    this.source = open(pipeline);
    try {
      this.planner = new Planner(source.schema(), pipeline.operators());
      this.expectedPasses = new Explanation(source.schema(), pipeline.operators()).passes().size();
    } catch (Throwable e) {
      closeSource();
      throw e;
    }
    this.allocator = parent.newChildAllocator("run", 0, options.memoryBytes());
    this.scope = new RunScope(options, allocator);
  }

  private static OpenSource open(Pipeline pipeline) {
    try {
      return pipeline.source().open();
    } catch (IOException | RuntimeException e) {
      throw Failures.outside("source", null, e);
    }
  }

  /** Says in words which passes a run would make. */
  public static String explain(Pipeline pipeline) {
    try (OpenSource source = open(pipeline)) {
      return new Explanation(source.schema(), pipeline.operators()).toString();
    } catch (IOException e) {
      throw Failures.outside("source", null, e);
    }
  }

  /** Runs fit passes until every estimator is fitted. */
  public void fit() {
    while (!planner.allFitted()) {
      Pass pass = planner.next();
      scope.progress().startPass();
      FitJob job = new FitJob(pass, source, planMessage(), scope.locks());
      try (Execution<FitJob.Partial> execution = runner.start(job, scope)) {
        for (FitJob.Partial part = execution.next(); part != null; part = execution.next()) {
          scope.progress().rowsRead(part.rows());
          job.merge(part, scope.consumer());
          part.close();
        }
      }
      List<String> names = new ArrayList<>();
      for (int i = 0; i < pass.observing().size(); i++) {
        Stage stage = pass.observing().get(i).stage();
        names.add(stage.number() + " " + stage.name());
        planner.fitted(stage, finish(stage, job.merges().get(i)));
      }
      endPass(pass, names);
    }
  }

  private static Transform finish(Stage stage, OrderedMerge merge) {
    try {
      return merge.finish();
    } catch (RuntimeException e) {
      throw stage.failed(null, e);
    }
  }

  /** The operators after {@link #fit}, all transforms. */
  public List<Transform> fitted() {
    return planner.operators().stream().map(operator -> (Transform) operator).toList();
  }

  /** The schema of the source. */
  public Schema sourceSchema() {
    return source.schema();
  }

  /** Runs the whole pipeline into its sink. */
  public RunReport run() {
    fit();
    Schema output = planLast();
    try (OpenSink sink = openSink(output)) {
      start(planMessage());
      for (TransformJob.Output out = next(); out != null; out = next()) {
        commit(sink, out);
      }
      last.close();
      if (sink != null) {
        sink.finish();
      }
      endPass(lastPass, List.of());
      return report(output, sink == null ? 0 : sink.bytes());
    } catch (IOException e) {
      throw Failures.outside("sink", null, e);
    }
  }

  private OpenSink openSink(Schema output) {
    if (pipeline.sink() == null) {
      return null;
    }
    try {
      return pipeline.sink().open(output);
    } catch (IOException | RuntimeException e) {
      throw Failures.outside("sink", null, e);
    }
  }

  private void commit(OpenSink sink, TransformJob.Output out) {
    if (sink == null) {
      out.close();
      return;
    }
    scope.consumer().acquire();
    try (out) {
      sink.commit(out.encoded(), scope.consumer());
    } catch (Exception e) {
      throw Failures.outside("sink", null, e);
    } finally {
      scope.consumer().release();
    }
  }

  /** Fits, then starts the last pass for {@link #nextBatch}; returns the schema of the batches. */
  public Schema startBatches() {
    fit();
    Schema output = planLast();
    start(planMessage().forBatches());
    return output;
  }

  /** The next batch of the output, owned by the caller, or null at the end. */
  public Batch nextBatch() {
    TransformJob.Output out = next();
    return out == null ? null : out.batch();
  }

  private Schema planLast() {
    lastPass = planner.next();
    digest = options.digest() ? Digest.empty(lastPass.output()) : null;
    return lastPass.output();
  }

  private void start(PlanMessage plan) {
    scope.progress().startPass();
    last = runner.start(new TransformJob(lastPass, source, plan), scope);
  }

  private PlanMessage planMessage() {
    return PlanMessage.of(pipeline, source.schema(), planner.operators(), options);
  }

  private TransformJob.Output next() {
    TransformJob.Output out = last.next();
    if (out != null) {
      scope.progress().rowsRead(out.rowsRead());
      rowsOut += out.rows();
      if (digest != null) {
        digest = digest.then(out.digest());
      }
    }
    return out;
  }

  private void endPass(Pass pass, List<String> fitted) {
    ProgressCounter progress = scope.progress();
    passes.add(new RunReport.Pass(fitted, pass.columns(), progress.rows(), progress.elapsed()));
  }

  private RunReport report(Schema output, long bytesOut) {
    return new RunReport(
        options.mode(),
        options.lock().id(),
        output,
        scope.progress().rows(),
        rowsOut,
        source.bytes(),
        bytesOut,
        meter.wall(),
        meter.cpu().plus(scope.remote().cpu()),
        Duration.ofNanos(scope.lockWaitNanos()),
        scope.switches(),
        peakMemoryBytes(),
        scope.remote().startup(),
        scope.remote().ipcBytes(),
        scope.remote().ipc(),
        digest,
        List.copyOf(passes));
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
      if (last != null) {
        last.close();
      }
    } finally {
      closeSource();
      try {
        scope.close();
      } finally {
        allocator.close();
      }
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
