package dev.baton.engine;

import dev.baton.engine.lock.LockPolicy;
import java.util.Objects;

/**
 * How to run a pipeline. None of this changes the result.
 *
 * @param mode where operator code runs
 * @param lock who may run at the same time
 * @param ringSize how many splits may be under way at once, which bounds memory together with the
 *     size of a split; a power of two, or 0 for four per worker
 * @param memoryBytes the most memory that batches may take; a run that needs more fails with an
 *     error that says so
 * @param digest whether to compute the digest of the output
 */
public record RunOptions(
    ExecutionMode mode, LockPolicy lock, int ringSize, long memoryBytes, boolean digest) {
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

  /** As many threads as there are cores, no lock, no memory limit, no digest. */
  public static RunOptions defaults() {
    int cores = Runtime.getRuntime().availableProcessors();
    return new RunOptions(
        ExecutionMode.threads(cores), new LockPolicy.None(), 0, Long.MAX_VALUE, false);
  }

  public RunOptions withMode(ExecutionMode other) {
    return new RunOptions(other, lock, ringSize, memoryBytes, digest);
  }

  public RunOptions withLock(LockPolicy other) {
    return new RunOptions(mode, other, ringSize, memoryBytes, digest);
  }

  public RunOptions withRingSize(int slots) {
    return new RunOptions(mode, lock, slots, memoryBytes, digest);
  }

  public RunOptions withMemoryBytes(long bytes) {
    return new RunOptions(mode, lock, ringSize, bytes, digest);
  }

  public RunOptions withDigest() {
    return new RunOptions(mode, lock, ringSize, memoryBytes, true);
  }

  /** {@link #ringSize}, or what 0 stands for. */
  public int ringSlots() {
    return ringSize > 0 ? ringSize : Integer.highestOneBit(4 * mode.workers() - 1) << 1;
  }
}
