package dev.baton.operators.expression;

import dev.baton.engine.operator.KernelContext;
import dev.baton.operators.internal.TextFormat;

/** Values as text: {@code cast(… as utf8)}. */
final class FormatNode extends Node {
  private final TextFormat format;
  private TextArena arena;

  FormatNode(Expression source, Node value) {
    super(source, Kind.TEXT, value);
    format = new TextFormat(value.type);
  }

  @Override
  void open(KernelContext context) {
    super.open(context);
    arena = new TextArena(context);
  }

  @Override
  void compute(Block block, long[] active) {
    combineValidity();
    Node from = children[0];
    arena.clear();
    for (int i = 0; i < block.rows; i++) {
      long start = arena.used();
      longs[i] = start;
      if (isSet(valid, i)) {
        long at = arena.add(TextFormat.MOST);
        arena.cut(
            switch (from.kind) {
              case BOOL -> format.write(isSet(from.bits, i) ? 1 : 0, at);
              case FLOAT -> format.write(from.doubles[i], at);
              default -> format.write(from.longs[i], at);
            });
      }
      lengths[i] = (int) (arena.used() - start);
    }
    for (int i = 0; i < block.rows; i++) {
      longs[i] += arena.address();
    }
  }

  @Override
  public void close() {
    super.close();
    if (arena != null) {
      arena.close();
    }
  }
}
