package dev.baton.cli.compare;

import dev.baton.cli.Human;
import dev.baton.engine.ExecutionMode;
import dev.baton.engine.lock.LockPolicy;
import dev.baton.engine.spec.Durations;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * One way to run a pipeline.
 *
 * @param batchBytes about how much of the source a split holds; 0 for what the pipeline says
 */
public record Variant(ExecutionMode mode, LockPolicy lock, long batchBytes) {
  /** What all others are compared with, unless sizes of batches are compared too. */
  public static final Variant BASELINE = new Variant(ExecutionMode.inline(), new LockPolicy.None());

  public Variant(ExecutionMode mode, LockPolicy lock) {
    this(mode, lock, 0);
  }

  /**
   * The ways wanted with each of the sizes, each once. The first is what all others are compared
   * with: inline, without a lock, with the first of the sizes.
   */
  public static List<Variant> all(List<Variant> wanted, List<Long> batchSizes) {
    Set<Variant> variants = new LinkedHashSet<>();
    for (long size : batchSizes) {
      variants.add(new Variant(ExecutionMode.inline(), new LockPolicy.None(), size));
      wanted.forEach(way -> variants.add(new Variant(way.mode(), way.lock(), size)));
    }
    return new ArrayList<>(variants);
  }

  public int workers() {
    return mode.workers();
  }

  /** {@code inline}, {@code threads x 2} or {@code event-loop 120}. */
  public String modeName() {
    if (mode instanceof ExecutionMode.EventLoop loop) {
      return mode.id() + " " + loop.inFlight();
    }
    return mode.equals(ExecutionMode.inline()) ? mode.id() : mode.id() + " x " + workers();
  }

  /** The policy, with its switch interval where that is not the default: {@code global 1ms}. */
  public String lockName() {
    Duration interval = switchInterval();
    return interval == null || interval.equals(LockPolicy.DEFAULT_SWITCH_INTERVAL)
        ? lock.id()
        : lock.id() + " " + Durations.format(interval);
  }

  /** The switch interval, or null for a policy without. */
  public Duration switchInterval() {
    if (lock instanceof LockPolicy.Global global) {
      return global.switchInterval();
    }
    return lock instanceof LockPolicy.GlobalReleased released ? released.switchInterval() : null;
  }

  /** {@code 2 threads without a lock}. */
  public String words() {
    String who =
        mode.equals(ExecutionMode.inline())
            ? "Inline"
            : mode instanceof ExecutionMode.EventLoop loop
                ? "An event loop with " + loop.inFlight() + " in flight"
                : workers() == 1
                    ? "1 " + mode.id().replaceFirst("e?s$", "")
                    : workers() + " " + mode.id();
    String interval = lockName().substring(lock.id().length());
    String how =
        switch (lock.id()) {
          case "global" -> "under the global lock";
          case "global-released" -> "with kernels outside the global lock";
          case "per-object" -> "with a lock for each object";
          default -> "without a lock";
        };
    return who + " " + how + (interval.isEmpty() ? "" : " at" + interval);
  }

  /** What it has in common with variants that differ only in the number of workers. */
  public String series() {
    return mode.id() + ", " + lockName() + size();
  }

  private String size() {
    return batchBytes == 0 ? "" : ", " + Human.bytes(batchBytes);
  }

  /** {@code inline, none} or {@code threads x 2, global}. */
  @Override
  public String toString() {
    return modeName() + ", " + lockName() + size();
  }
}
