package dev.baton.engine;

import dev.baton.engine.lock.LockPolicy;
import java.util.Objects;

/**
 * How to run a pipeline. None of this changes the result.
 *
 * @param mode where operator code runs
 * @param lock who may run at the same time
 * @param ringSize how many splits (on an event loop, batches) may be under way at once, which
 *     bounds memory together with their size; a power of two, or 0 for four per worker thread, 32
 *     per process (on an event loop, one per question in flight)
 * @param memoryBytes the most memory that batches may take; workers wait for it, and only a run of
 *     which a batch or two need more fails, with an error that says so
 * @param digest whether to compute the digest of the output
 * @param timeline whether to keep, for the ledger in the report, what each worker did when
 * @param resume where to keep what is needed to continue the run after it was killed, and to look
 *     for what an earlier one has left there; null for nowhere
 */
public record RunOptions(
    ExecutionMode mode,
    LockPolicy lock,
    int ringSize,
    long memoryBytes,
    boolean digest,
    boolean timeline,
    Resume resume) {
  public RunOptions {
    Objects.requireNonNull(mode, "mode");
    Objects.requireNonNull(lock, "lock");
    if (ringSize < 0 || Integer.bitCount(ringSize) > 1) {
      throw new IllegalArgumentException(
          "ring size must be 0 or a power of two but was " + ringSize);
    }
    if (ringSize > 0 && ringSize < mode.workers()) {
      throw new IllegalArgumentException(
          String.format(
              "ring size %d is too small for %d workers; use at least one slot each",
              ringSize, mode.workers()));
    }
    if (memoryBytes <= 0) {
      throw new IllegalArgumentException("memory must be positive but was " + memoryBytes);
    }
  }

  /**
   * As many threads as there are cores, no lock, no memory limit, no digest, no timeline, not to be
   * resumed.
   */
  public static RunOptions defaults() {
    int cores = Runtime.getRuntime().availableProcessors();
    return new RunOptions(
        ExecutionMode.threads(cores), new LockPolicy.None(), 0, Long.MAX_VALUE, false, false, null);
  }

  public RunOptions withMode(ExecutionMode other) {
    return new RunOptions(other, lock, ringSize, memoryBytes, digest, timeline, resume);
  }

  public RunOptions withLock(LockPolicy other) {
    return new RunOptions(mode, other, ringSize, memoryBytes, digest, timeline, resume);
  }

  public RunOptions withRingSize(int slots) {
    return new RunOptions(mode, lock, slots, memoryBytes, digest, timeline, resume);
  }

  public RunOptions withMemoryBytes(long bytes) {
    return new RunOptions(mode, lock, ringSize, bytes, digest, timeline, resume);
  }

  public RunOptions withDigest() {
    return new RunOptions(mode, lock, ringSize, memoryBytes, true, timeline, resume);
  }

  public RunOptions withTimeline() {
    return new RunOptions(mode, lock, ringSize, memoryBytes, digest, true, resume);
  }

  /** The output is digested too, as it is a part of what is kept. */
  public RunOptions withResume(Resume where) {
    return new RunOptions(mode, lock, ringSize, memoryBytes, true, timeline, where);
  }

  /** {@link #ringSize}, or what 0 stands for. */
  public int ringSlots() {
    if (ringSize > 0) {
      return ringSize;
    }
    return wanted() == 1 ? 1 : Integer.highestOneBit(wanted() - 1) << 1;
  }

  private int wanted() {
    if (mode instanceof ExecutionMode.EventLoop loop) {
      return loop.inFlight();
    }
    // A process is sent splits ahead; they are descriptions or lie in its slots, which are bounded.
    return (mode instanceof ExecutionMode.Processes ? 32 : 4) * mode.workers();
  }
}
