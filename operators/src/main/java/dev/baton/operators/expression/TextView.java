package dev.baton.operators.expression;

import dev.baton.engine.batch.Memory;
import dev.baton.operators.expression.Expression.Call;

/** Functions whose result is a part of their argument, which is not copied: trim, substring. */
final class TextView extends Node {
  private final Function function;

  TextView(Call source, Node... values) {
    super(source, Kind.TEXT, values);
    this.function = source.function();
  }

  @Override
  void compute(Block block, long[] active) {
    combineValidity();
    for (int i = 0; i < block.rows; i++) {
      if (function == Function.TRIM) {
        trim(i);
      } else {
        substring(i);
      }
    }
  }

  private void trim(int row) {
    long start = children[0].longs[row];
    long end = start + children[0].lengths[row];
    while (start < end && isSpace(Memory.getByte(start))) {
      start++;
    }
    while (start < end && isSpace(Memory.getByte(end - 1))) {
      end--;
    }
    longs[row] = start;
    lengths[row] = (int) (end - start);
  }

  private static boolean isSpace(byte c) {
    return c == ' ' || (c >= '\t' && c <= '\r');
  }

  /** Characters {@code start} to {@code start + count - 1}, as far as the text has them. */
  private void substring(int row) {
    long text = children[0].longs[row];
    int length = children[0].lengths[row];
    long start = children[1].longs[row];
    longs[row] = text;
    lengths[row] = 0;
    if (!isSet(valid, row)) {
      return;
    }
    long end = Long.MAX_VALUE;
    if (children.length == 3) {
      long count = children[2].longs[row];
      end = count <= 0 ? start : start + count < start ? Long.MAX_VALUE : start + count;
    }
    long from = Math.max(1, start);
    if (end <= from) {
      return;
    }
    int first = Bytes.offset(text, length, from - 1);
    longs[row] = text + first;
    lengths[row] = Bytes.offset(text + first, length - first, end - from);
  }
}
