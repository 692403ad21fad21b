package dev.baton.cli.compare;

import dev.baton.cli.Human;
import dev.baton.cli.predict.Prediction;
import dev.baton.engine.metrics.Account;
import dev.baton.engine.metrics.Times;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What the figures of a comparison mean, in plain words.
 *
 * @param winner the name of the variant to choose, or empty
 * @param headline the answer in one sentence
 * @param reasons what explains and limits it, a sentence each
 */
public record Verdict(String winner, String headline, List<String> reasons) {
  /** More of other programs than this and nothing is concluded, in cores. */
  private static final double BUSY = 0.3;

  private static final double NOTABLE_START = 0.05;

  public Verdict {
    reasons = List.copyOf(reasons);
  }

  /** The headline and the reasons as one paragraph. */
  public String text() {
    return (headline + " " + String.join(" ", reasons)).strip();
  }

  /**
   * The verdict on outputs that agree.
   *
   * @param predictions for the series that can be predicted
   */
  public static Verdict of(Comparison comparison, List<Prediction> predictions) {
    if (comparison.otherCores() > BUSY) {
      return new Verdict(
          "",
          "Measure again on an idle machine.",
          List.of(
              format(
                  "Other programs kept %.1f cores busy meanwhile, so these figures say little.",
                  comparison.otherCores())));
    }
    return new Writer(comparison, predictions).verdict();
  }

  private static String format(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }

  private record Writer(Comparison comparison, List<Prediction> predictions) {
    Verdict verdict() {
      Result winner = comparison.winner();
      List<String> reasons = new ArrayList<>();
      widest("threads", "global")
          .filter(r -> r != winner)
          .map(this::locked)
          .ifPresent(reasons::add);
      copying().ifPresent(reasons::add);
      serial(winner).ifPresent(reasons::add);
      caveat().ifPresent(reasons::add);
      return new Verdict(winner.variant().toString(), headline(winner), reasons);
    }

    private String headline(Result winner) {
      Result baseline = comparison.baseline();
      if (winner == baseline) {
        return comparison.results().size() == 1
            ? "Only inline without a lock was measured, so there is nothing to compare."
            : "Stay inline: nothing is faster than one thread without a lock, beyond noise.";
      }
      Effect effect = winner.against(baseline);
      String sureness = effect.low() > 0 ? ", " + effect.interval() : "";
      return format(
          "%s %s: %.2fx the rows a second of inline (%.0f %% of ideal%s).",
          winner.variant().words(),
          winner.variant().workers() == 1 ? "wins" : "win",
          winner.speedup(baseline),
          100 * winner.efficiency(baseline),
          sureness);
    }

    /** The variant of that mode and policy with the most workers, if it has more than one. */
    private Optional<Result> widest(String mode, String lock) {
      return comparison.results().stream()
          .filter(result -> result.variant().mode().id().equals(mode))
          .filter(result -> result.variant().lock().id().equals(lock))
          .filter(result -> result.variant().workers() > 1)
          .max(Comparator.comparingInt(result -> result.variant().workers()));
    }

    private String locked(Result result) {
      Effect effect = result.against(comparison.baseline());
      String who = "Under the global lock " + result.variant().workers() + " threads";
      double speedup = result.speedup(comparison.baseline());
      // Of one run each the noise is unknown; the caveat says so.
      boolean noiseKnown = !effect.interval().isEmpty();
      if (effect.faster() || (!noiseKnown && speedup > 1 + Effect.LEAST)) {
        return format("%s still reach %.2fx, for part of the work runs outside it.", who, speedup);
      }
      return format(
          "%s %s (%.2fx, %.1f cores busy): the work needs the processor, and the lock lets one core"
              + " work at a time.",
          who,
          effect.slower() || (!noiseKnown && speedup < 1 - Effect.LEAST)
              ? format("lose %.0f %%", 100 * (1 - speedup))
              : "gain nothing" + (noiseKnown ? " beyond noise" : ""),
          speedup,
          result.coresBusy());
    }

    /** What it costs to work in processes instead of threads. */
    private Optional<String> copying() {
      Optional<Result> processes = widest("processes", "none");
      Optional<Result> threads =
          processes.flatMap(
              p ->
                  widest("threads", "none")
                      .filter(t -> t.variant().workers() == p.variant().workers()));
      if (threads.isEmpty()) {
        return Optional.empty();
      }
      Result result = processes.orElseThrow();
      Effect effect = result.against(threads.get());
      String than = "as the same number of threads";
      double ratio = threads.get().wallSeconds() / result.wallSeconds();
      boolean noiseKnown = !effect.interval().isEmpty();
      boolean differs = noiseKnown ? effect.beyondNoise() : Math.abs(ratio - 1) >= Effect.LEAST;
      String text =
          !differs
              ? format("%d processes are as fast %s", result.variant().workers(), than)
                  + (noiseKnown ? ", within noise" : "")
              : format(
                  "%d processes do %.0f %% %s rows a second %s (%.2fx)",
                  result.variant().workers(),
                  100 * Math.abs(ratio - 1),
                  ratio < 1 ? "fewer" : "more",
                  than,
                  result.speedup(comparison.baseline()));
      return Optional.of(text + crossing(result) + ".");
    }

    private String crossing(Result result) {
      Times times = result.times();
      double apart =
          times.share(Account.IPC) + times.share(Account.SERIALISE) + times.share(Account.STARVED);
      String moved =
          format(
              ": they spend %.0f %% of their time on copying and waiting for each other, %s cross",
              100 * apart, Human.bytes(result.ipcBytes()));
      return result.startupSeconds() < NOTABLE_START
          ? moved
          : moved
              + " and the first start takes "
              + Human.time(Duration.ofNanos((long) (1e9 * result.startupSeconds())));
    }

    /** What keeps the winner from more, and what more cores would bring. */
    private Optional<String> serial(Result winner) {
      return predictions.stream()
          .filter(p -> p.name().equals(winner.variant().series()) && p.amdahl() != null)
          .findFirst()
          .map(
              p ->
                  format(
                      "Serial share %.0f %%; eight workers on eight cores would do about %.1fx.",
                      100 * p.amdahl().serial(), p.speedup(8)));
    }

    private Optional<String> caveat() {
      int rounds = comparison.baseline().repeats().size();
      if (rounds == 1) {
        return Optional.of("One run of each says nothing about noise: ask for more --repeats.");
      }
      if (!comparison.sizesAgree()) {
        return Optional.of(
            "Outputs agree for each batch size; between sizes the last bits of fitted numbers may"
                + " differ.");
      }
      return Optional.empty();
    }
  }
}
