package dev.baton.cli;

import dev.baton.engine.Progress;
import dev.baton.engine.RunHandle;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** One line on the terminal that says how far a run has come. Shows nothing in a pipe. */
final class ProgressBar implements AutoCloseable {
  private static final int CELLS = 24;
  private static final String ERASE = "\r\033[K";

  private static final int MILLIS = 200;

  private final Terminal terminal;
  private final String label;
  private final CountDownLatch closed = new CountDownLatch(1);
  private boolean shown;

  private ProgressBar(Terminal terminal, String label, RunHandle run) {
    this.terminal = terminal;
    this.label = label;
    if (terminal.interactive()) {
      Thread thread = new Thread(() -> drawUntilClosed(run), "baton-progress");
      thread.setDaemon(true);
      thread.start();
    }
  }

  /**
   * Shows the progress of a run until it is closed.
   *
   * @param label what runs, or empty
   */
  static ProgressBar show(Terminal terminal, String label, RunHandle run) {
    return new ProgressBar(terminal, label, run);
  }

  private void drawUntilClosed(RunHandle run) {
    try {
      // Short runs show nothing at all.
      while (!closed.await(MILLIS, TimeUnit.MILLISECONDS)) {
        draw(line(run.progress()));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private synchronized void draw(String line) {
    if (closed.getCount() > 0) {
      terminal.err().print(ERASE + (label.isEmpty() ? "" : label + "  ") + line);
      terminal.err().flush();
      shown = true;
    }
  }

  /** {@code pass 2 of 3 [###### ] 25 % 1.20 M rows/s 3.2 s left}. */
  static String line(Progress progress) {
    StringBuilder line = new StringBuilder();
    line.append("pass ").append(progress.pass()).append(" of ").append(progress.passes());
    double done = progress.fraction();
    if (done >= 0) {
      int full = (int) (done * CELLS);
      line.append("  [").append("#".repeat(full)).append(" ".repeat(CELLS - full)).append("] ");
      line.append(String.format("%3d %%", (int) (done * 100)));
    } else {
      line.append("  ").append(Human.count(progress.rows())).append(" rows");
    }
    line.append("  ").append(Human.rate(progress.rowsPerSecond())).append(" rows/s");
    Duration remaining = progress.remaining();
    if (remaining != null) {
      line.append("  ").append(Human.time(remaining)).append(" left");
    }
    return line.toString();
  }

  @Override
  public synchronized void close() {
    closed.countDown();
    if (shown) {
      terminal.err().print(ERASE);
      terminal.err().flush();
    }
  }
}
