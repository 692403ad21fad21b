package dev.baton.engine;

import dev.baton.engine.internal.plan.PipelineRun;
import java.util.concurrent.CompletableFuture;

/** A run in the background. Thread-safe. */
public final class RunHandle {
  private final PipelineRun run;
  private final CompletableFuture<RunReport> report = new CompletableFuture<>();

  RunHandle(PipelineRun run) {
    this.run = run;
    Thread thread = new Thread(this::work, "baton-run");
    thread.setDaemon(true);
    thread.start();
  }

  private void work() {
    RunReport done;
    try (run) {
      done = run.run();
    } catch (Throwable e) {
      report.completeExceptionally(e);
      return;
    }
    report.complete(done);
  }

  /**
   * Completes when the run has ended and released everything: with its report, with a {@link
   * PipelineException}, or with a {@link RunCancelledException}. Cancelling this future does not
   * cancel the run.
   */
  public CompletableFuture<RunReport> report() {
    return report.copy();
  }

  public Progress progress() {
    return run.progress();
  }

  /** Ends the run soon, without output. Does nothing when it has ended. */
  public void cancel() {
    run.cancel();
  }
}
