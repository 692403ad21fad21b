package dev.baton.engine.metrics;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Where the time of a run went: for every worker, pass and stage by account. The times of a worker
 * sum to the wall time of the run, since whatever it does or waits for, it is always in one
 * account.
 *
 * <p>Pauses of the garbage collector and time without a processor are in whatever account they
 * fall; the collector's are known for the whole run, see {@link dev.baton.engine.RunReport#gc}.
 *
 * @param wall of the run
 * @param workers the caller first
 */
public record TimeLedger(Duration wall, List<Worker> workers) {
  public TimeLedger {
    workers = List.copyOf(workers);
  }

  /** What a worker is. */
  public enum Role {
    /**
     * The thread that asks for results, merges, and commits; with mode inline it does everything.
     */
    CALLER,
    /** A worker thread. */
    THREAD,
    /** A thread of this process that sends splits to a worker process and takes its results. */
    LANE,
    /** A worker process, as it saw itself. When it was not at work for this run it was idle. */
    PROCESS;

    /** In lower case. */
    public String id() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * One worker.
   *
   * @param passes outside of passes first, then each pass
   * @param timeline what it did when, if asked for, else empty
   */
  public record Worker(String name, Role role, List<Pass> passes, List<Segment> timeline) {
    public Worker {
      passes = List.copyOf(passes);
      timeline = List.copyOf(timeline);
    }

    public Times times() {
      return sum(passes.stream().map(Pass::times).toList());
    }
  }

  /**
   * One pass, as one worker saw it or all together.
   *
   * @param number from 1; 0 for what is outside of passes
   * @param stages those that took time or saw rows, in order
   */
  public record Pass(int number, List<Stage> stages) {
    public Pass {
      stages = List.copyOf(stages);
    }

    public Times times() {
      return sum(stages.stream().map(Stage::times).toList());
    }
  }

  /**
   * One stage in one pass.
   *
   * @param longest the longest that it worked without pause
   */
  public record Stage(StageName name, Times times, Flow flow, Duration longest) {
    Stage plus(Stage other) {
      Duration longer = longest.compareTo(other.longest) > 0 ? longest : other.longest;
      return new Stage(name, times.plus(other.times), flow.plus(other.flow), longer);
    }
  }

  /**
   * What a worker did for a while.
   *
   * @param start since the start of the run
   * @param end since the start of the run
   * @param split the sequence number of the split, or -1
   */
  public record Segment(
      Duration start, Duration end, int pass, StageName stage, Account account, long split) {}

  /** The workers that work on splits: processes, threads, or else the caller. */
  public List<Worker> working() {
    for (Role role : List.of(Role.PROCESS, Role.THREAD)) {
      List<Worker> found = workers.stream().filter(worker -> worker.role() == role).toList();
      if (!found.isEmpty()) {
        return found;
      }
    }
    return workers;
  }

  /** The workers of {@link #working}, and the caller. */
  public List<Worker> counted() {
    return workers.stream().filter(worker -> worker.role() != Role.LANE).toList();
  }

  /** The passes with the stages of these workers added up, outside of passes first. */
  public static List<Pass> merged(List<Worker> workers) {
    int most = workers.stream().mapToInt(worker -> worker.passes().size()).max().orElse(0);
    List<Pass> merged = new ArrayList<>();
    for (int number = 0; number < most; number++) {
      Map<StageName, Stage> stages = new LinkedHashMap<>();
      for (StageName name : order(workers, number)) {
        for (Worker worker : workers) {
          for (Stage stage : stages(worker, number)) {
            if (stage.name().equals(name)) {
              stages.merge(name, stage, Stage::plus);
            }
          }
        }
      }
      merged.add(new Pass(number, List.copyOf(stages.values())));
    }
    return merged;
  }

  private static List<Stage> stages(Worker worker, int pass) {
    return pass < worker.passes().size() ? worker.passes().get(pass).stages() : List.of();
  }

  /** Stages by what they do, operators by number. */
  private static List<StageName> order(List<Worker> workers, int pass) {
    return workers.stream()
        .flatMap(worker -> stages(worker, pass).stream())
        .map(Stage::name)
        .distinct()
        .sorted(StageName.ORDER)
        .toList();
  }

  static Times sum(List<Times> times) {
    return times.stream().reduce(Times.ZERO, Times::plus);
  }
}
