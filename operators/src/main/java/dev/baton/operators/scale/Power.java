package dev.baton.operators.scale;

import dev.baton.operators.internal.Logarithm;

/** Families of power functions, in arithmetic that gives the same bits on every machine. */
enum Power {
  /** {@code (x^lambda - 1) / lambda} for positive x. */
  BOX_COX {
    @Override
    double apply(double x, double lambda) {
      return power(Logarithm.log(x), lambda);
    }

    @Override
    double slope(double x) {
      return Logarithm.log(x);
    }
  },

  /** The same of {@code x + 1}; below zero, of {@code 1 - x} with {@code 2 - lambda}, negative. */
  YEO_JOHNSON {
    @Override
    double apply(double x, double lambda) {
      return x >= 0 ? power(Logarithm.log1p(x), lambda) : -power(Logarithm.log1p(-x), 2 - lambda);
    }

    @Override
    double slope(double x) {
      return x >= 0 ? Logarithm.log1p(x) : -Logarithm.log1p(-x);
    }
  };

  private static final double NONE = Math.ulp(1.0);

  abstract double apply(double x, double lambda);

  /** What the logarithm of the derivative at {@code x} is, divided by {@code lambda - 1}. */
  abstract double slope(double x);

  /** {@code (e^(log * lambda) - 1) / lambda}. */
  private static double power(double log, double lambda) {
    return Math.abs(lambda) < NONE ? log : StrictMath.expm1(lambda * log) / lambda;
  }
}
