package dev.baton.engine.metrics;

import dev.baton.engine.RunOptions;
import dev.baton.engine.RunReport;

/** The flight recorder events of one run. Confined to the caller's thread. */
public final class RunEvents {
  private final RunEvent run = new RunEvent();
  private PassEvent pass = new PassEvent();
  private int passes;

  public void runStarted(RunOptions options) {
    run.begin();
    run.mode = options.mode().id();
    run.lock = options.lock().id();
    run.workers = options.mode().workers();
  }

  public void passStarted() {
    pass = new PassEvent();
    pass.begin();
  }

  public void passEnded(RunReport.Pass done) {
    passes++;
    pass.end();
    if (pass.shouldCommit()) {
      pass.number = passes;
      pass.fitted = String.join(", ", done.fitted());
      pass.rows = done.rows();
      pass.commit();
    }
  }

  public void runEnded(RunReport report) {
    run.end();
    if (run.shouldCommit()) {
      run.rowsIn = report.rowsIn();
      run.rowsOut = report.rowsOut();
      run.bytesOut = report.bytesOut();
      run.cpu = report.cpu().toNanos();
      run.lockWait = report.lockWait().toNanos();
      run.gc = report.gc().toNanos();
      run.switches = report.switches();
      run.peakMemory = report.peakMemoryBytes();
      run.commit();
    }
    StageEvent.commitAll(report.ledger());
  }

  public void runFailed(Throwable failure) {
    run.failure = failure.toString();
    run.commit();
  }
}
