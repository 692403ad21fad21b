package dev.baton.engine.lock;

import dev.baton.engine.batch.Names;
import java.time.Duration;
import java.util.List;

/**
 * Who may run at the same time. The policy changes the time a run takes, never its result.
 *
 * <p>{@code Global} and {@code GlobalReleased} emulate CPython's global interpreter lock on Java
 * code; {@code PerObject} stands for free-threaded CPython; {@code None} is share-nothing.
 */
public sealed interface LockPolicy {
  /** CPython's default, {@code sys.getswitchinterval()}. */
  Duration DEFAULT_SWITCH_INTERVAL = Duration.ofMillis(5);

  /** The ids of all policies, from the most to the least locking. */
  List<String> IDS = List.of("global", "global-released", "per-object", "none");

  /**
   * The policy of that id, with the default switch interval.
   *
   * @throws IllegalArgumentException naming the nearest id
   */
  static LockPolicy parse(String id) {
    return parse(id, DEFAULT_SWITCH_INTERVAL);
  }

  /**
   * The policy of that id; those without a global lock have no use for the switch interval.
   *
   * @throws IllegalArgumentException naming the nearest id
   */
  static LockPolicy parse(String id, Duration switchInterval) {
    check(switchInterval);
    return switch (id) {
      case "global" -> new Global(switchInterval);
      case "global-released" -> new GlobalReleased(switchInterval);
      case "per-object" -> new PerObject();
      case "none" -> new None();
      default ->
          throw new IllegalArgumentException(
              "unknown lock policy '" + id + "'" + Names.hint(id, IDS));
    };
  }

  /** The name used in files, options and reports. */
  String id();

  /** Makes the locks of one run. */
  Locks open();

  /**
   * One lock around all operator, parse and encode code, given up around blocking I/O and handed
   * over at a checkpoint when another worker has waited for {@code switchInterval}.
   */
  record Global(Duration switchInterval) implements LockPolicy {
    public Global {
      check(switchInterval);
    }

    public Global() {
      this(DEFAULT_SWITCH_INTERVAL);
    }

    @Override
    public String id() {
      return "global";
    }

    @Override
    public Locks open() {
      return new GlobalLocks(switchInterval, false);
    }
  }

  /** As {@link Global}, but columnar kernels run without the lock, as NumPy's do. */
  record GlobalReleased(Duration switchInterval) implements LockPolicy {
    public GlobalReleased {
      check(switchInterval);
    }

    public GlobalReleased() {
      this(DEFAULT_SWITCH_INTERVAL);
    }

    @Override
    public String id() {
      return "global-released";
    }

    @Override
    public Locks open() {
      return new GlobalLocks(switchInterval, true);
    }
  }

  /** No global lock; every shared mutable object has its own. */
  record PerObject() implements LockPolicy {
    @Override
    public String id() {
      return "per-object";
    }

    @Override
    public Locks open() {
      return new PerObjectLocks();
    }
  }

  /** No lock: workers share nothing that changes. */
  record None() implements LockPolicy {
    @Override
    public String id() {
      return "none";
    }

    @Override
    public Locks open() {
      return new NoLocks();
    }
  }

  private static void check(Duration switchInterval) {
    if (switchInterval.isNegative() || switchInterval.isZero()) {
      throw new IllegalArgumentException(
          "switch interval must be positive but was " + switchInterval);
    }
  }
}
