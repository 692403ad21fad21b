package dev.baton.engine.operator;

import java.util.Objects;
import java.util.regex.Pattern;

/**
 * Equality of regular expressions, which {@link Pattern} does not have, for records that hold one:
 * by text and flags. Either may be null.
 */
public final class Patterns {
  private Patterns() {}

  /** Whether both have the same text and flags, or both are null. */
  public static boolean equal(Pattern a, Pattern b) {
    return a == b
        || (a != null && b != null && a.flags() == b.flags() && a.pattern().equals(b.pattern()));
  }

  /** A hash code that agrees with {@link #equal}. */
  public static int hash(Pattern pattern) {
    return pattern == null ? 0 : Objects.hash(pattern.pattern(), pattern.flags());
  }
}
