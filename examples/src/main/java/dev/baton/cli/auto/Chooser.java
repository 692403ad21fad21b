package dev.baton.cli.auto;

import dev.baton.cli.Human;
import dev.baton.cli.compare.Comparison;
import dev.baton.cli.compare.Variant;
import dev.baton.engine.Engine;
import dev.baton.engine.ExecutionMode;
import dev.baton.engine.Pipeline;
import dev.baton.engine.RunOptions;
import dev.baton.engine.RunReport;
import dev.baton.engine.operator.Nature;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Measures the first splits of a pipeline inline, on threads, in processes, and on an event loop
 * where a step waits, all under one lock policy, and chooses.
 */
public final class Chooser {
  private static final Duration ENOUGH = Duration.ofMillis(300);
  private static final int MOST_SPLITS = 1 << 14;
  private static final int ROUNDS = 3;

  private final Engine engine;
  private final Pipeline pipeline;
  private final RunOptions options;
  private final Duration enough;
  private final List<ExecutionMode> candidates;
  private Duration inline = Duration.ZERO;

  /**
   * A chooser.
   *
   * @param options all but the mode
   * @param workers of threads and processes
   * @param inFlight of an event loop
   */
  public Chooser(Engine engine, Pipeline pipeline, RunOptions options, int workers, int inFlight) {
    this(engine, pipeline, options, workers, inFlight, ENOUGH);
  }

  /** A chooser that takes a sample which runs inline for so long as enough to measure. */
  Chooser(
      Engine engine,
      Pipeline pipeline,
      RunOptions options,
      int workers,
      int inFlight,
      Duration enough) {
    this.engine = engine;
    this.enough = enough;
    this.pipeline = pipeline.write(null);
    this.options = options.withDigest();
    candidates = new ArrayList<>(List.of(ExecutionMode.inline()));
    if (workers > 1) {
      candidates.add(ExecutionMode.threads(workers));
      candidates.add(ExecutionMode.processes(workers));
    }
    if (pipeline.operators().stream().anyMatch(operator -> operator.nature() == Nature.BLOCKING)) {
      candidates.add(ExecutionMode.eventLoop(inFlight));
    }
  }

  /** Measures and chooses; takes a few seconds. */
  public Choice choose() {
    Head sample = sample();
    double fraction = fraction(sample);
    if (fraction == 1 && inline.compareTo(enough) < 0) {
      String reason = "the whole input takes " + Human.time(inline) + " inline";
      return new Choice(ExecutionMode.inline(), reason, 1, List.of());
    }
    List<Variant> variants =
        candidates.stream().map(mode -> new Variant(mode, options.lock())).toList();
    Comparison comparison =
        Comparison.measure(
            variants, ROUNDS, (variant, label, timeline) -> run(sample, variant.mode()));
    return Choice.of(comparison, fraction);
  }

  /** As many splits as take long enough to measure, and some for each worker. */
  private Head sample() {
    int splits = 4 * candidates.stream().mapToInt(ExecutionMode::workers).max().orElse(1);
    while (true) {
      Head sample = new Head(pipeline.source(), splits);
      inline = run(sample, ExecutionMode.inline()).wall();
      boolean measurable = inline.compareTo(enough) >= 0 || splits >= MOST_SPLITS;
      if (measurable || fraction(sample) == 1) {
        return sample;
      }
      splits *= 4;
    }
  }

  private RunReport run(Head sample, ExecutionMode mode) {
    return engine.run(pipeline.from(sample), options.withMode(mode));
  }

  private static double fraction(Head sample) {
    try {
      return sample.fraction();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
