package dev.baton.operators.expression;

import dev.baton.engine.batch.Memory;
import java.nio.charset.StandardCharsets;

/** Matches whole texts with a pattern of {@code %} and {@code _}. */
final class LikeNode extends Node {
  private final byte[] pattern;

  LikeNode(Expression source, String pattern, Node text) {
    super(source, Kind.BOOL, text);
    this.pattern = pattern.getBytes(StandardCharsets.UTF_8);
  }

  @Override
  void compute(Block block, long[] active) {
    combineValidity();
    long[] texts = children[0].longs;
    int[] sizes = children[0].lengths;
    for (int w = 0; w < block.words; w++) {
      int end = Math.min(64, block.rows - (w << 6));
      long word = 0;
      for (int j = 0, i = w << 6; j < end; j++, i++) {
        word |= (matches(texts[i], sizes[i]) ? 1L : 0L) << j;
      }
      bits[w] = word;
    }
  }

  /** Only the last {@code %} is ever tried again, one character further. */
  private boolean matches(long text, int length) {
    byte[] p = pattern;
    int at = 0;
    int next = 0;
    int star = -1;
    int starAt = 0;
    while (at < length) {
      byte wanted = next < p.length ? p[next] : 0;
      if (next < p.length && wanted == '%') {
        star = next++;
        starAt = at;
      } else if (next < p.length && wanted == '_') {
        at = after(text, length, at);
        next++;
      } else if (next < p.length && wanted == Memory.getByte(text + at)) {
        at++;
        next++;
      } else if (star >= 0) {
        starAt = after(text, length, starAt);
        at = starAt;
        next = star + 1;
      } else {
        return false;
      }
    }
    while (next < p.length && p[next] == '%') {
      next++;
    }
    return next == p.length;
  }

  /** The byte after the character at a byte. */
  private static int after(long text, int length, int at) {
    int next = at + 1;
    while (next < length && (Memory.getByte(text + next) & 0xC0) == 0x80) {
      next++;
    }
    return next;
  }
}
