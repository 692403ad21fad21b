package dev.baton.operators.internal;

/** Random numbers that are a function of what they are for, and the same everywhere and forever. */
public final class Mixing {
  private Mixing() {}

  /**
   * A number each of whose bits depends on every bit of {@code value}: the finaliser of SplitMix64
   * (Steele, Lea and Flood 2014, with the constants of D. Stafford's variant 13).
   */
  public static long mix(long value) {
    long mixed = value + 0x9E3779B97F4A7C15L;
    mixed = (mixed ^ mixed >>> 30) * 0xBF58476D1CE4E5B9L;
    mixed = (mixed ^ mixed >>> 27) * 0x94D049BB133111EBL;
    return mixed ^ mixed >>> 31;
  }

  /**
   * Puts the first {@code count} values in a random order, each as likely, after Fisher and Yates.
   */
  public static void shuffle(int[] values, int count, long seed) {
    for (int last = count - 1; last > 0; last--) {
      int other = (int) ((mix(seed + last) >>> 32) * (last + 1) >>> 32);
      int value = values[last];
      values[last] = values[other];
      values[other] = value;
    }
  }
}
