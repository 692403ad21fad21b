package dev.baton.operators.io.fields;

import dev.baton.operators.internal.Strings;

/**
 * A field in the index a {@link FieldIndexer} makes, in one 64-bit word: where its text starts, in
 * bytes from the start of the text at hand, how long it is, and how it was quoted.
 *
 * <pre>
 *  63 ........ 32 | 31      | 30     | 29 ........ 0
 *  start          | escaped | quoted | length
 * </pre>
 *
 * Start and length leave the enclosing quotes out; an escaped field is not its value as it stands.
 */
public final class Fields {
  public static final int LENGTH = (1 << 30) - 1;
  public static final int QUOTED = 1 << 30;
  public static final int ESCAPED = 1 << 31;

  private Fields() {}

  /** A field without quotes. */
  public static long pack(long start, long length) {
    return start << 32 | length;
  }

  /** A field in quotes. */
  public static long packQuoted(long start, long length, boolean escaped) {
    return start << 32 | length | QUOTED | (escaped ? ESCAPED & 0xFFFFFFFFL : 0);
  }

  /** Where its text starts. */
  public static int start(long field) {
    return (int) (field >>> 32);
  }

  /** How many bytes it has. */
  public static int length(long field) {
    return (int) field & LENGTH;
  }

  /** Whether it was in quotes. */
  public static boolean quoted(long field) {
    return (field & QUOTED) != 0;
  }

  /** Whether its value must be unescaped. */
  public static boolean escaped(long field) {
    return (int) field < 0;
  }

  /** The field as it stands, for a message: short, and readable whatever its bytes are. */
  public static String show(long base, long field) {
    String text = Strings.of(base + start(field), length(field));
    return text.length() <= 80 ? text : text.substring(0, 80) + "…";
  }
}
