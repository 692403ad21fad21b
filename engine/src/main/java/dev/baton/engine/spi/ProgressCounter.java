package dev.baton.engine.spi;

import dev.baton.engine.Progress;
import java.time.Duration;

/** Counts how far a run has come: written by the consuming thread, read by any. */
@SuppressWarnings("NonAtomicVolatileUpdate") // there is one writer
public final class ProgressCounter {
  private volatile int pass;
  private volatile long started = System.nanoTime();
  private volatile long rows;
  private volatile long bytes;

  /** Starts to count a pass over the source. */
  public void startPass() {
    rows = 0;
    bytes = 0;
    started = System.nanoTime();
    pass++;
  }

  public void rowsRead(long more) {
    rows += more;
  }

  public void splitDone(long splitBytes) {
    bytes += splitBytes;
  }

  /** Rows read in this pass. */
  public long rows() {
    return rows;
  }

  /** Time since this pass was started. */
  public Duration elapsed() {
    return Duration.ofNanos(System.nanoTime() - started);
  }

  /** A snapshot; {@code passes} and {@code totalBytes} as in {@link Progress}. */
  public Progress snapshot(int passes, long totalBytes) {
    return new Progress(pass, Math.max(pass, passes), rows, bytes, totalBytes, elapsed());
  }
}
