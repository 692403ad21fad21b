package dev.baton.cli.compare;

import dev.baton.engine.ExecutionMode;
import dev.baton.engine.lock.LockPolicy;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** One way to run a pipeline. */
public record Variant(ExecutionMode mode, LockPolicy lock) {
  /** What all others are compared with. */
  public static final Variant BASELINE = new Variant(ExecutionMode.inline(), new LockPolicy.None());

  /**
   * All ways that modes, policies and worker counts make, each once, the baseline first.
   *
   * @param modes of {@code inline}, which has one worker whatever is asked for, {@code threads} and
   *     {@code processes}
   */
  public static List<Variant> all(
      List<String> modes,
      List<LockPolicy> locks,
      List<Integer> workers,
      ExecutionMode.Ship ship,
      ExecutionMode.Transport transport) {
    Set<Variant> variants = new LinkedHashSet<>();
    variants.add(BASELINE);
    for (String mode : modes) {
      if (mode.equals("inline")) {
        locks.forEach(lock -> variants.add(new Variant(ExecutionMode.inline(), lock)));
      } else {
        for (int count : workers) {
          ExecutionMode many =
              mode.equals("threads")
                  ? ExecutionMode.threads(count)
                  : ExecutionMode.processes(count).withShip(ship).withTransport(transport);
          locks.forEach(lock -> variants.add(new Variant(many, lock)));
        }
      }
    }
    return new ArrayList<>(variants);
  }

  public int workers() {
    return mode.workers();
  }

  /** {@code inline, none} or {@code threads x 2, global}. */
  @Override
  public String toString() {
    String many = mode.equals(ExecutionMode.inline()) ? "" : " x " + workers();
    return mode.id() + many + ", " + lock.id();
  }
}
