package dev.baton.engine.spec;

import java.util.Locale;

/** Turns Java names into the names used in files. */
final class KebabCase {
  private KebabCase() {}

  /**
   * Of a class or a component: {@code KBinsDiscretizer} is {@code k-bins-discretizer}, {@code
   * Log1p} is {@code log1p}, {@code URLSource} is {@code url-source}.
   */
  static String of(String camelCase) {
    return camelCase
        .replaceAll("([a-z0-9])([A-Z])", "$1-$2")
        .replaceAll("([A-Z])([A-Z][a-z])", "$1-$2")
        .toLowerCase(Locale.ROOT);
  }

  /** Of an enum constant: {@code MOST_FREQUENT} is {@code most-frequent}. */
  static String ofConstant(String upperCase) {
    return upperCase.replace('_', '-').toLowerCase(Locale.ROOT);
  }
}
