package dev.baton.engine;

import dev.baton.engine.internal.plan.PipelineRun;
import dev.baton.engine.spi.Runner;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;

/**
 * Runs pipelines. Thread-safe: one engine can run many at once. It holds nothing between runs but
 * its allocator; closing it fails if a batch handed out is not closed yet.
 *
 * <pre>{@code
 * try (Engine engine = Engine.open()) {
 *   RunReport report = engine.run(pipeline);
 * }
 * }</pre>
 */
public final class Engine implements AutoCloseable {
  private final BufferAllocator allocator;
  private final List<Runner> runners = new ArrayList<>();

  private Engine(BufferAllocator allocator) {
    this.allocator = allocator;
  }

  /** An engine with memory of its own. */
  public static Engine open() {
    JvmFlags.check();
    return new Engine(new RootAllocator());
  }

  /** An engine whose memory is accounted to {@code parent}, which stays the caller's. */
  public static Engine open(BufferAllocator parent) {
    JvmFlags.check();
    return new Engine(parent.newChildAllocator("baton", 0, parent.getLimit()));
  }

  /** Runs a pipeline with {@link RunOptions#defaults}. */
  public RunReport run(Pipeline pipeline) {
    return run(pipeline, RunOptions.defaults());
  }

  /**
   * Fits what has to be fitted, transforms all rows into the sink and returns when the output is
   * complete. Interrupting the thread cancels the run.
   *
   * @throws PipelineException when the pipeline does not fit its data, or a stage fails; nothing is
   *     left behind then
   */
  public RunReport run(Pipeline pipeline, RunOptions options) {
    try (PipelineRun run = start(pipeline, options)) {
      return run.run();
    }
  }

  /** Starts to run a pipeline in the background. */
  public RunHandle submit(Pipeline pipeline, RunOptions options) {
    return new RunHandle(start(pipeline, options));
  }

  /** Fits a pipeline and hands out its output batch by batch. The sink, if any, is not used. */
  public BatchStream stream(Pipeline pipeline, RunOptions options) {
    return new BatchStream(start(pipeline, options), allocator);
  }

  /** Fits a pipeline without transforming anything. */
  public FittedPipeline fit(Pipeline pipeline, RunOptions options) {
    try (PipelineRun run = start(pipeline, options)) {
      run.fit();
      return new FittedPipeline(run.sourceSchema(), run.fitted());
    }
  }

  /** Says in words which passes a run would make, without reading data but for the schema. */
  public String explain(Pipeline pipeline) {
    return PipelineRun.explain(pipeline);
  }

  /** The memory of everything this engine runs and hands out. */
  public BufferAllocator allocator() {
    return allocator;
  }

  private PipelineRun start(Pipeline pipeline, RunOptions options) {
    return new PipelineRun(pipeline, options, runner(options.mode()), allocator);
  }

  private synchronized Runner runner(ExecutionMode mode) {
    if (runners.isEmpty()) {
      ServiceLoader.load(Runner.class, Engine.class.getClassLoader()).forEach(runners::add);
    }
    for (Runner runner : runners) {
      if (runner.runs(mode)) {
        return runner;
      }
    }
    throw new PipelineException(
        "mode "
            + mode.id()
            + " is not on the class path; add the artifact dev.baton:baton-ipc, or use mode threads",
        null);
  }

  /** Fails if any batch handed out is still open. */
  @Override
  public synchronized void close() {
    runners.forEach(Runner::close);
    runners.clear();
    allocator.close();
  }
}
