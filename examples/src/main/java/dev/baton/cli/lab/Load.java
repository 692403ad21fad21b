package dev.baton.cli.lab;

import dev.baton.engine.Engine;
import dev.baton.engine.ExecutionMode;
import dev.baton.engine.Pipeline;
import dev.baton.engine.RunOptions;
import dev.baton.engine.RunReport;
import dev.baton.engine.lock.LockPolicy;
import dev.baton.engine.operator.Operator;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/**
 * A pipeline to run in many ways, over as many splits of made-up {@link Numbers} as is asked for.
 * However it is run, as many splits must give the same digest.
 */
final class Load {
  private static final int MOST_SPLITS = 1 << 20;

  private final Engine engine;
  private final int rows;
  private final Operator operator;
  private final Map<Integer, String> digests = new HashMap<>();

  /**
   * Nothing is run yet.
   *
   * @param engine stays the caller's
   * @param rows of each split
   * @param operator what is done with {@link Numbers#COLUMN}
   */
  Load(Engine engine, int rows, Operator operator) {
    this.engine = engine;
    this.rows = rows;
    this.operator = operator;
  }

  /** How many splits take about that long inline. */
  int splitsFor(Duration slice) {
    double splits = 1;
    // Twice, as what runs first is slow.
    for (int i = 0; i < 2; i++) {
      int tried = 1;
      Duration wall = inline(tried);
      while (tried < MOST_SPLITS && wall.compareTo(slice) < 0) {
        tried *= 2;
        wall = inline(tried);
      }
      splits = tried * (double) slice.toNanos() / wall.toNanos();
    }
    return (int) Math.max(1, Math.ceil(splits));
  }

  private Duration inline(int splits) {
    return run(ExecutionMode.inline(), new LockPolicy.None(), splits).wall();
  }

  /**
   * Runs it once.
   *
   * @throws IllegalStateException when the output is another than that of as many splits before
   */
  RunReport run(ExecutionMode mode, LockPolicy policy, int splits) {
    Pipeline pipeline = Pipeline.read(new Numbers(rows, splits)).then(operator);
    RunReport report =
        engine.run(pipeline, RunOptions.defaults().withMode(mode).withLock(policy).withDigest());
    String digest = report.digest().toString();
    String before = digests.putIfAbsent(splits, digest);
    if (before != null && !before.equals(digest)) {
      throw new IllegalStateException(
          String.format(
              "%s, %s gave digest %s but before it was %s",
              mode.id(), policy.id(), digest, before));
    }
    return report;
  }
}
