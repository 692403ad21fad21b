package dev.baton.operators.expression;

import dev.baton.operators.expression.Expression.Call;

/** What can be told of texts: length, starts_with, ends_with, contains. */
final class TextFact extends Node {
  private final Function function;

  TextFact(Call source, Node... texts) {
    super(source, source.function() == Function.LENGTH ? Kind.INT : Kind.BOOL, texts);
    this.function = source.function();
  }

  @Override
  void compute(Block block, long[] active) {
    combineValidity();
    long[] texts = children[0].longs;
    int[] sizes = children[0].lengths;
    if (function == Function.LENGTH) {
      for (int i = 0; i < block.rows; i++) {
        longs[i] = Bytes.codePoints(texts[i], sizes[i]);
      }
      return;
    }
    long[] parts = children[1].longs;
    int[] partSizes = children[1].lengths;
    for (int w = 0; w < block.words; w++) {
      int end = Math.min(64, block.rows - (w << 6));
      long word = 0;
      for (int j = 0, i = w << 6; j < end; j++, i++) {
        word |= (holds(texts[i], sizes[i], parts[i], partSizes[i]) ? 1L : 0L) << j;
      }
      bits[w] = word;
    }
  }

  private boolean holds(long text, int length, long part, int partLength) {
    if (partLength > length) {
      return false;
    }
    return switch (function) {
      case STARTS_WITH -> Bytes.equal(text, part, partLength);
      case ENDS_WITH -> Bytes.equal(text + length - partLength, part, partLength);
      default -> Bytes.find(text, length, part, partLength, 0) >= 0;
    };
  }
}
