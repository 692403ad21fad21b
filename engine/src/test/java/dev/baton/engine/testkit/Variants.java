package dev.baton.engine.testkit;

import dev.baton.engine.ExecutionMode;
import dev.baton.engine.RunOptions;
import dev.baton.engine.lock.LockPolicy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Every way to run a pipeline that must give the same bits. */
public final class Variants {
  private Variants() {}

  /** Inline without a lock: what all others are compared with. */
  public static RunOptions baseline() {
    return RunOptions.defaults().withMode(ExecutionMode.inline()).withDigest();
  }

  /** Worker processes, under the two policies that differ there. */
  public static List<RunOptions> processes() {
    RunOptions two = baseline().withMode(ExecutionMode.processes(2));
    return List.of(two, two.withLock(new LockPolicy.Global(Duration.ofMillis(1))));
  }

  /** Every mode, threads with 1, 2 and 4 workers, under every lock policy. */
  public static List<RunOptions> all() {
    List<RunOptions> all = new ArrayList<>();
    List<ExecutionMode> modes =
        List.of(
            ExecutionMode.inline(),
            ExecutionMode.threads(1),
            ExecutionMode.threads(2),
            ExecutionMode.threads(4),
            ExecutionMode.eventLoop(3));
    Duration interval = Duration.ofMillis(1);
    List<LockPolicy> locks =
        List.of(
            new LockPolicy.Global(interval),
            new LockPolicy.GlobalReleased(interval),
            new LockPolicy.PerObject(),
            new LockPolicy.None());
    for (ExecutionMode mode : modes) {
      for (LockPolicy lock : locks) {
        all.add(baseline().withMode(mode).withLock(lock));
      }
    }
    return all;
  }
}
