package dev.baton.engine;

import dev.baton.engine.batch.PooledAllocator;
import dev.baton.engine.internal.plan.PipelineRun;
import dev.baton.engine.source.Conforming;
import dev.baton.engine.source.Source;
import dev.baton.engine.spi.Runner;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.ServiceLoader;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.LongSupplier;
import org.apache.arrow.memory.BufferAllocator;

/**
 * Runs pipelines. Thread-safe: one engine can run many at once. It holds nothing between runs but
 * memory; closing it fails if a batch handed out is not closed yet.
 *
 * <pre>{@code
 * try (Engine engine = Engine.open()) {
 *   RunReport report = engine.run(pipeline);
 * }
 * }</pre>
 */
public final class Engine implements AutoCloseable {
  private static final String VERSION = readVersion();

  private final BufferAllocator allocator;
  private final Clock clock;
  private final LongSupplier nanoClock;
  private final List<RunListener> listeners = new CopyOnWriteArrayList<>();
  private final List<Runner> runners = new ArrayList<>();

  private Engine(BufferAllocator allocator, Clock clock, LongSupplier nanoClock) {
    this.allocator = allocator;
    this.clock = clock;
    this.nanoClock = nanoClock;
  }

  /** The version of Baton. */
  public static String version() {
    return VERSION;
  }

  private static String readVersion() {
    Properties build = new Properties();
    try (InputStream in = Engine.class.getResourceAsStream("version.properties")) {
      build.load(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return build.getProperty("version");
  }

  /**
   * An engine with memory of its own, which it keeps for its next batches and runs: at most 1 GiB,
   * as {@link PooledAllocator} says, until it is closed.
   */
  public static Engine open() {
    JvmFlags.check();
    return new Engine(new PooledAllocator(), Clock.systemUTC(), System::nanoTime);
  }

  /**
   * An engine whose memory is accounted to {@code parent}, which stays the caller's. A {@link
   * PooledAllocator} keeps it for later, as {@link #open()} does; a plain root allocator asks the
   * system again for each batch.
   */
  public static Engine open(BufferAllocator parent) {
    return open(parent, Clock.systemUTC());
  }

  /** An engine that measures time by {@code nanoClock}, in nanoseconds, for tests. */
  static Engine open(BufferAllocator parent, LongSupplier nanoClock) {
    return open(parent, Clock.systemUTC(), nanoClock);
  }

  /**
   * The same.
   *
   * @param clock tells when a pipeline was fitted
   */
  public static Engine open(BufferAllocator parent, Clock clock) {
    return open(parent, clock, System::nanoTime);
  }

  private static Engine open(BufferAllocator parent, Clock clock, LongSupplier nanoClock) {
    JvmFlags.check();
    return new Engine(parent.newChildAllocator("baton", 0, parent.getLimit()), clock, nanoClock);
  }

  /** Has a listener told of the runs started from now on. */
  public void listen(RunListener listener) {
    listeners.add(listener);
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
    return fit(pipeline, null, options);
  }

  /**
   * Fits a pipeline further on more rows, which have the columns of the first ones. Every estimator
   * goes on from what it has seen, the new rows reaching it through the stages before it as they
   * are fitted by then. The result is that of fitting all rows at once, but for stages with a
   * {@link FittedStage#caveat}.
   *
   * @param earlier stays as it is
   * @throws PipelineException also when it was saved without states, or a stage would now observe
   *     other columns
   */
  public FittedPipeline partialFit(FittedPipeline earlier, Source more, RunOptions options) {
    Source source = Conforming.of(more, earlier.schema(), false);
    return fit(new Pipeline(source, earlier.written(), null), earlier, options);
  }

  private FittedPipeline fit(Pipeline pipeline, FittedPipeline earlier, RunOptions options) {
    try (PipelineRun run = start(pipeline, options)) {
      return run.fit(earlier, clock);
    }
  }

  /** Says which passes a run would make, without reading data but for the schema. */
  public PlanOutline explain(Pipeline pipeline) {
    return PipelineRun.explain(pipeline);
  }

  /** The memory of everything this engine runs and hands out. */
  public BufferAllocator allocator() {
    return allocator;
  }

  private PipelineRun start(Pipeline pipeline, RunOptions options) {
    return new PipelineRun(
        pipeline, options, runner(options.mode()), allocator, nanoClock, List.copyOf(listeners));
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
