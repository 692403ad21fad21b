package dev.baton.cli;

import dev.baton.engine.Engine;
import dev.baton.engine.ExecutionMode;
import dev.baton.engine.Pipeline;
import dev.baton.engine.PipelineException;
import dev.baton.engine.RunHandle;
import dev.baton.engine.RunOptions;
import dev.baton.engine.RunReport;
import dev.baton.engine.operator.Composite;
import dev.baton.engine.operator.Estimator;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Runs pipelines for commands: with a progress bar, and cancelled cleanly by Ctrl-C. */
final class Running {
  private static final long SECONDS_TO_END = 20;

  private Running() {}

  /**
   * Runs a pipeline to its end. When the process is told to stop, the run is cancelled, the process
   * waits until it has cleaned up, and then goes.
   *
   * @throws UsageException when it could not be started
   * @throws PipelineException when it failed
   */
  @SuppressWarnings("try") // The bar is only closed.
  static RunReport run(
      Engine engine, Pipeline pipeline, RunOptions options, Terminal terminal, String label) {
    RunHandle handle = submit(engine, pipeline, options);
    Thread onExit = new Thread(() -> cancel(handle, terminal), "baton-cancel");
    Runtime.getRuntime().addShutdownHook(onExit);
    try (ProgressBar bar = ProgressBar.show(terminal, label, handle)) {
      return handle.report().join();
    } catch (CompletionException e) {
      throw PipelineException.wrap(e.getCause());
    } finally {
      forget(onExit);
    }
  }

  /**
   * The pipeline as a run of it alone may read it: what comes through standard input need not be
   * kept for a second pass where there is none, nor for a run that is resumed. Worker processes
   * read their parts of a file themselves, so for them it is kept.
   */
  static Pipeline once(Pipeline pipeline, RunOptions options) {
    boolean onePass =
        Composite.flatten(pipeline.operators()).stream().noneMatch(o -> o instanceof Estimator<?>);
    return onePass
            && options.resume() == null
            && !(options.mode() instanceof ExecutionMode.Processes)
        ? pipeline.from(pipeline.source().once())
        : pipeline;
  }

  private static RunHandle submit(Engine engine, Pipeline pipeline, RunOptions options) {
    try {
      return engine.submit(pipeline, options);
    } catch (PipelineException e) {
      throw new UsageException(e.getMessage(), e);
    }
  }

  private static void cancel(RunHandle handle, Terminal terminal) {
    handle.cancel();
    String outcome;
    try {
      RunReport report =
          handle.report().exceptionally(failure -> null).get(SECONDS_TO_END, TimeUnit.SECONDS);
      outcome = report == null ? "no output was written" : "too late, the output is complete";
    } catch (TimeoutException e) {
      outcome = "the run did not end within " + SECONDS_TO_END + " s";
    } catch (ExecutionException | InterruptedException e) {
      outcome = e.toString();
    }
    terminal.err().println((terminal.interactive() ? "\n" : "") + "baton: cancelled; " + outcome);
    terminal.err().flush();
  }

  private static void forget(Thread onExit) {
    try {
      Runtime.getRuntime().removeShutdownHook(onExit);
    } catch (IllegalStateException e) {
      // The process is on its way out, and the hook at work.
    }
  }
}
