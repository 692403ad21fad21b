package dev.baton.operators.expression;

import dev.baton.engine.batch.Memory;
import dev.baton.engine.operator.KernelContext;
import dev.baton.operators.expression.Expression.Call;
import dev.baton.operators.internal.Strings;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** Functions of texts whose result is new bytes: lower, upper, concat, replace. */
final class TextMaker extends Node {
  private static final long HIGH_BITS = 0x8080808080808080L;

  private final Function function;
  private TextArena arena;

  TextMaker(Call source, Node... texts) {
    super(source, Kind.TEXT, texts);
    this.function = source.function();
  }

  @Override
  void open(KernelContext context) {
    super.open(context);
    arena = new TextArena(context);
  }

  @Override
  void compute(Block block, long[] active) {
    combineValidity();
    arena.clear();
    for (int i = 0; i < block.rows; i++) {
      long start = arena.used();
      longs[i] = start;
      if (isSet(valid, i)) {
        switch (function) {
          case LOWER -> changeCase(i, 'A', 'Z');
          case UPPER -> changeCase(i, 'a', 'z');
          case REPLACE -> replace(i);
          default -> concat(i);
        }
      }
      lengths[i] = Math.toIntExact(arena.used() - start);
    }
    long address = arena.address();
    for (int i = 0; i < block.rows; i++) {
      longs[i] += address;
    }
  }

  private void changeCase(int row, int first, int last) {
    long from = children[0].longs[row];
    int length = children[0].lengths[row];
    if (!isAscii(from, length)) {
      String text = Strings.of(from, length);
      String changed =
          function == Function.LOWER
              ? text.toLowerCase(Locale.ROOT)
              : text.toUpperCase(Locale.ROOT);
      arena.add(changed.getBytes(StandardCharsets.UTF_8));
      return;
    }
    long to = arena.add(length);
    for (int i = 0; i < length; i++) {
      int c = Memory.getByte(from + i);
      Memory.putByte(to + i, (byte) (c >= first && c <= last ? c ^ 0x20 : c));
    }
  }

  private static boolean isAscii(long text, int length) {
    int i = 0;
    for (; i + 8 <= length; i += 8) {
      if ((Memory.getLong(text + i) & HIGH_BITS) != 0) {
        return false;
      }
    }
    for (; i < length; i++) {
      if (Memory.getByte(text + i) < 0) {
        return false;
      }
    }
    return true;
  }

  private void concat(int row) {
    for (Node part : children) {
      append(part.longs[row], part.lengths[row]);
    }
  }

  private void append(long from, int length) {
    Memory.copy(from, arena.add(length), length);
  }

  private void replace(int row) {
    long text = children[0].longs[row];
    int length = children[0].lengths[row];
    long part = children[1].longs[row];
    int partLength = children[1].lengths[row];
    int done = 0;
    while (partLength > 0) {
      int found = Bytes.find(text, length, part, partLength, done);
      if (found < 0) {
        break;
      }
      append(text + done, found - done);
      append(children[2].longs[row], children[2].lengths[row]);
      done = found + partLength;
    }
    append(text + done, length - done);
  }

  @Override
  public void close() {
    super.close();
    if (arena != null) {
      arena.close();
    }
  }
}
