package dev.baton.engine.check;

import dev.baton.engine.Engine;
import dev.baton.engine.ExecutionMode;
import dev.baton.engine.Pipeline;
import dev.baton.engine.RunOptions;
import dev.baton.engine.RunReport;
import dev.baton.engine.metrics.TimeLedger;
import dev.baton.engine.operator.Operator;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Finds user functions that keep state which several workers change at once. It remembers all that
 * can be reached from the operators - what a lambda has captured, fields of its class, static
 * fields, elements of arrays and collections - runs the pipeline on threads, and looks what has
 * changed.
 *
 * <p>What is made for sharing is passed over: atomics, concurrent and synchronized collections,
 * locks, thread-locals, classes that guard themselves, which is assumed of those with a lock among
 * their fields or a synchronized method, and fields of which the code shows that they are touched
 * inside of {@code synchronized} blocks of one lock only. What never changes is no finding, so
 * there is no false alarm for constants; nor is anything found that this run did not change.
 *
 * <p>Not seen: state inside of classes of the JDK other than collections, and what lies in worker
 * processes. False alarms: what a lambda has captured and guards by a block, and fields touched by
 * methods that leave it to their callers to hold the lock.
 */
public final class SharingCheck {
  private SharingCheck() {}

  /**
   * What was found.
   *
   * @param report of the run
   * @param workers how many threads took part; with fewer than two nothing can be found
   * @param shared by stage, empty if nothing was found
   */
  public record Result(RunReport report, int workers, List<SharedState> shared) {
    public Result {
      shared = List.copyOf(shared);
    }
  }

  /**
   * Runs a pipeline and looks.
   *
   * @param options mode threads with at least 2 workers
   */
  public static Result run(Engine engine, Pipeline pipeline, RunOptions options) {
    if (!(options.mode() instanceof ExecutionMode.Threads) || options.mode().workers() < 2) {
      throw new IllegalArgumentException(
          "sharing is checked in mode threads with at least 2 workers, but was "
              + options.mode().id()
              + " with "
              + options.mode().workers());
    }
    Map<String, Snapshot> before = new LinkedHashMap<>();
    int number = 0;
    for (Operator operator : pipeline.operators()) {
      number++;
      before.put(
          "stage " + number + " " + operator.getClass().getSimpleName(), Snapshot.of(operator));
    }
    RunReport report = engine.run(pipeline, options);
    int workers = atWork(report);
    List<SharedState> shared = new ArrayList<>();
    if (workers > 1) {
      before.forEach((stage, snapshot) -> shared.addAll(snapshot.changes(stage)));
    }
    return new Result(report, workers, shared);
  }

  private static int atWork(RunReport report) {
    return (int)
        report.ledger().workers().stream()
            .filter(worker -> worker.role() == TimeLedger.Role.THREAD)
            .filter(
                worker ->
                    worker.passes().stream()
                        .flatMap(pass -> pass.stages().stream())
                        .anyMatch(stage -> stage.flow().batches() > 0))
            .count();
  }
}
