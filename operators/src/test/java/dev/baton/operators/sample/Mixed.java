package dev.baton.operators.sample;

import dev.baton.engine.testkit.Rows;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** The random numbers of rows, worked out the slow and obvious way. */
final class Mixed {
  private Mixed() {}

  static long mix(long value) {
    long z = value + 0x9E3779B97F4A7C15L;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }

  /** From 0 to 1, by the place of a row in the first split. */
  static double byPlace(long seed, int row) {
    return unit(mix(mix(mix(seed) ^ 0) ^ row));
  }

  /** From 0 to 1, by the values of some columns. */
  static double byValues(long seed, Rows rows, int row, String... columns) {
    long hash = mix(seed);
    for (String column : columns) {
      Object value = rows.get(row, column);
      if (value instanceof String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        hash = mix(hash ^ mix(bytes.length));
        for (int at = 0; at < bytes.length; at += 8) {
          byte[] eight = Arrays.copyOf(Arrays.copyOfRange(bytes, at, bytes.length), 8);
          long word = 0;
          for (int i = 7; i >= 0; i--) {
            word = (word << 8) + (eight[i] & 0xFF);
          }
          hash = mix(hash ^ word);
        }
        hash = mix(hash);
      } else if (value instanceof Double d) {
        long bits = Double.doubleToLongBits(d == 0 ? 0.0 : d);
        hash = mix(hash ^ mix(bits));
      } else {
        hash = mix(hash ^ (value == null ? 0 : mix(((Number) value).longValue())));
      }
    }
    return unit(hash);
  }

  private static double unit(long hash) {
    return (hash >>> 11) / (double) (1L << 53);
  }
}
