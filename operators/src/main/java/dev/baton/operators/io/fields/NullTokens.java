package dev.baton.operators.io.fields;

import dev.baton.engine.batch.Memory;
import dev.baton.operators.internal.BooleanParser;
import dev.baton.operators.internal.DoubleParser;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The texts that stand for a missing value. Immutable. */
public final class NullTokens {
  private final byte[][] tokens;

  /** Bit <i>n</i> is set when a token has <i>n</i> bytes, bit 63 when one has more than 62. */
  private final long lengths;

  /** These tokens. */
  public NullTokens(List<String> tokens) {
    this.tokens = new byte[tokens.size()][];
    long lengths = 0;
    for (int i = 0; i < this.tokens.length; i++) {
      this.tokens[i] = tokens.get(i).getBytes(StandardCharsets.UTF_8);
      lengths |= 1L << Math.min(this.tokens[i].length, 63);
    }
    this.lengths = lengths;
  }

  /** Whether one of them has that many bytes; says no to nearly every value at once. */
  boolean mayMatch(int length) {
    return (lengths >>> Math.min(length, 63) & 1) != 0;
  }

  /** Whether the empty text is one of them. */
  boolean hasEmpty() {
    return mayMatch(0);
  }

  /** Whether the text is one of them. */
  public boolean matches(long address, int length) {
    if (!mayMatch(length)) {
      return false;
    }
    for (byte[] token : tokens) {
      if (token.length == length && equal(token, address)) {
        return true;
      }
    }
    return false;
  }

  /**
   * Whether one of them can be read as a number, a date or the like, and so must be looked for
   * before that is tried.
   */
  public boolean ambiguous() {
    for (byte[] token : tokens) {
      if (token.length > 0 && (token[0] < 'A' || token[0] > 'Z' && token[0] < 'a')) {
        return true;
      }
      String text = new String(token, StandardCharsets.UTF_8);
      if (DoubleParser.special(text) != DoubleParser.NONE || BooleanParser.isBoolean(text)) {
        return true;
      }
    }
    return false;
  }

  private static boolean equal(byte[] token, long address) {
    for (int i = 0; i < token.length; i++) {
      if (Memory.getByte(address + i) != token[i]) {
        return false;
      }
    }
    return true;
  }
}
