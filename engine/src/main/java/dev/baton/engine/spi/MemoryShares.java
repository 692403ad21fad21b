package dev.baton.engine.spi;

import dev.baton.engine.ExecutionMode;
import dev.baton.engine.PipelineException;
import dev.baton.engine.RunOptions;
import dev.baton.engine.spec.ByteSize;

/**
 * Who may take how much of the memory limit of a run. In one process it is all that process's. With
 * worker processes a quarter of it, and no more than they have use for, is for what lies between
 * this process and each of them; of the rest each process has the same.
 *
 * @param here for the allocators of this process
 * @param worker for those of each worker process
 * @param between for what crosses between this process and one worker, both ways together
 */
public record MemoryShares(long here, long worker, long between) {
  /** More makes nothing faster. */
  public static final long MOST_BETWEEN = 32L << 20;

  /** With less too much time is spent on handing over. */
  private static final long LEAST_BETWEEN = 512L << 10;

  private static final int BETWEEN_PART = 4;

  /**
   * Divides the limit of a run.
   *
   * @throws PipelineException when it is too small for so many processes
   */
  public static MemoryShares of(RunOptions options) {
    long limit = options.memoryBytes();
    if (!(options.mode() instanceof ExecutionMode.Processes mode) || limit == Long.MAX_VALUE) {
      return new MemoryShares(limit, limit, MOST_BETWEEN);
    }
    long between = Math.min(MOST_BETWEEN, limit / BETWEEN_PART / mode.workers());
    if (between < LEAST_BETWEEN) {
      throw new PipelineException(
          String.format(
              "the memory limit of %s is too small for %d worker processes, to which nothing could"
                  + " be sent; raise it to %s at least, or use fewer workers, or mode threads",
              new ByteSize(limit),
              mode.workers(),
              new ByteSize(LEAST_BETWEEN * BETWEEN_PART * mode.workers())),
          null);
    }
    long each = (limit - between * mode.workers()) / (mode.workers() + 1);
    return new MemoryShares(each, each, between);
  }
}
