package dev.baton.cli.lab;

import dev.baton.cli.compare.Medians;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Figures of variants that were measured in turn, round after round, so that what slows the machine
 * for a while slows all of them.
 */
final class Rounds {
  private final Map<String, double[]> figures;

  private Rounds(Map<String, double[]> figures) {
    this.figures = figures;
  }

  /** Measures one variant once; the figure is a speed or a time. */
  @FunctionalInterface
  interface Measurement {
    double measure() throws Exception;
  }

  /** Measures all variants once for warming up and then {@code rounds} times. */
  static Rounds measure(int rounds, Map<String, Measurement> variants) throws Exception {
    Map<String, double[]> figures = new LinkedHashMap<>();
    for (var variant : variants.entrySet()) {
      variant.getValue().measure();
      figures.put(variant.getKey(), new double[rounds]);
    }
    for (int round = 0; round < rounds; round++) {
      for (var variant : variants.entrySet()) {
        figures.get(variant.getKey())[round] = variant.getValue().measure();
      }
    }
    return new Rounds(figures);
  }

  /** The median of a variant's figures. */
  double median(String variant) {
    return Medians.of(figures.get(variant));
  }

  /** The median of the ratios within rounds. */
  double ratio(String variant, String base) {
    double[] above = figures.get(variant);
    double[] below = figures.get(base);
    double[] ratios = new double[above.length];
    for (int round = 0; round < ratios.length; round++) {
      ratios[round] = above[round] / below[round];
    }
    return Medians.of(ratios);
  }
}
