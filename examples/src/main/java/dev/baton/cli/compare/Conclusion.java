package dev.baton.cli.compare;

import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Says in plain words what the figures of a comparison mean. */
final class Conclusion {
  private static final double NOISY = 0.1;
  private static final double USELESS = 0.25;
  private static final double LITTLE = 1.15;

  private final Comparison comparison;

  private Conclusion(Comparison comparison) {
    this.comparison = comparison;
  }

  static String of(Comparison comparison) {
    return new Conclusion(comparison).text();
  }

  private String text() {
    if (comparison.spread() > USELESS) {
      return format(
          "Repeats of one variant differed by up to ±%.0f %%, so these figures mean little: the"
              + " machine is busy with something else, or the runs are too short (%.2f s).",
          100 * comparison.spread(), comparison.baseline().wallSeconds());
    }
    StringBuilder text = new StringBuilder();
    Optional<Result> free = widest("none");
    Optional<Result> locked = widest("global");
    free.ifPresent(result -> text.append(free(result)).append(' '));
    locked.ifPresent(result -> text.append(locked(result, free.isPresent())).append(' '));
    if (text.isEmpty()) {
      text.append(fastest()).append(' ');
    }
    if (comparison.spread() > NOISY) {
      text.append(
          format(
              "Repeats differed by up to ±%.0f %%: smaller differences mean nothing.",
              100 * comparison.spread()));
    }
    return text.toString().strip();
  }

  /** The variant of that policy with the most threads, if it has more than one. */
  private Optional<Result> widest(String lock) {
    return comparison.results().stream()
        .filter(result -> result.variant().lock().id().equals(lock))
        .filter(result -> result.variant().workers() > 1)
        .max(Comparator.comparingInt(result -> result.variant().workers()));
  }

  private double speedup(Result result) {
    return result.speedup(comparison.baseline());
  }

  private String free(Result result) {
    int workers = result.variant().workers();
    double speedup = speedup(result);
    if (speedup < LITTLE) {
      return format(
          "%d threads without a lock brought little (%.2fx of inline, %.1f cores busy):"
              + " something other than the lock limits this job.",
          workers, speedup, result.coresBusy());
    }
    return format(
        "%d threads without a lock did %.2fx the rows a second of inline (%.0f %% of ideal).",
        workers, speedup, 100 * speedup / workers);
  }

  private String locked(Result result, boolean sameThreads) {
    double speedup = speedup(result);
    String who = sameThreads ? "the same threads" : result.variant().workers() + " threads";
    if (speedup < LITTLE) {
      return format(
          "Under the global lock %s stayed at %.2fx with %.1f cores busy:"
              + " the work needs the processor, so threads pay only without that lock.",
          who, speedup, result.coresBusy());
    }
    return format(
        "Under the global lock %s still reached %.2fx, for part of the work runs outside it.",
        who, speedup);
  }

  private String fastest() {
    Result best =
        comparison.results().stream()
            .max(Comparator.comparingDouble(Result::rowsPerSecond))
            .orElseThrow();
    return best == comparison.baseline()
        ? "Nothing was faster than inline without a lock."
        : format("The fastest was %s, at %.2fx of inline.", best.variant(), speedup(best));
  }

  private static String format(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }
}
