package dev.baton.engine.internal.plan;

import dev.baton.engine.Progress;
import dev.baton.engine.RunCancelledException;
import dev.baton.engine.RunListener;
import dev.baton.engine.RunOptions;
import dev.baton.engine.RunReport;
import dev.baton.engine.metrics.RunEvents;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells the log, the flight recorder and listeners what a run does. */
final class Watch {
  private static final Logger LOG = LoggerFactory.getLogger("dev.baton.engine");

  private static final AtomicLong RUNS = new AtomicLong();

  private final RunListener.Run run;
  private final List<RunListener> listeners;
  private final RunEvents events = new RunEvents();
  private int passes;

  Watch(RunOptions options, Supplier<Progress> progress, List<RunListener> listeners) {
    this.run = new RunListener.Run(RUNS.incrementAndGet(), options, progress);
    this.listeners = listeners;
  }

  void started() {
    LOG.info(
        "run {} started: mode {}, workers {}, lock {}",
        run.number(),
        run.options().mode().id(),
        run.options().mode().workers(),
        run.options().lock().id());
    events.runStarted(run.options());
    listeners.forEach(listener -> listener.started(run));
  }

  void passStarted() {
    passes++;
    events.passStarted();
  }

  void passEnded(RunReport.Pass pass) {
    LOG.debug(
        "run {} pass {} ended: {} rows in {} ms; fitted {}",
        run.number(),
        passes,
        pass.rows(),
        pass.wall().toMillis(),
        pass.fitted());
    events.passEnded(pass);
  }

  void ended(RunReport report) {
    LOG.info(
        "run {} ended: {} rows in, {} rows out, {} passes, {} ms",
        run.number(),
        report.rowsIn(),
        report.rowsOut(),
        passes,
        report.wall().toMillis());
    events.runEnded(report);
    listeners.forEach(listener -> listener.ended(run, report));
  }

  /** The caller gets the failure itself, so the log only notes that the run is over. */
  void failed(Throwable failure) {
    if (failure instanceof RunCancelledException) {
      LOG.info("run {} cancelled", run.number());
    } else {
      LOG.info("run {} failed: {}", run.number(), failure.toString());
    }
    events.runFailed(failure);
    listeners.forEach(listener -> listener.failed(run, failure));
  }
}
