package dev.baton.operators.expression;

import dev.baton.engine.batch.Types;
import dev.baton.engine.operator.KernelContext;
import dev.baton.operators.internal.Strings;
import dev.baton.operators.internal.TextParser;
import org.apache.arrow.vector.types.pojo.ArrowType;

/** Texts as values: {@code cast('…' as …)}. A text that {@link TextParser} refuses is an error. */
final class ParseNode extends Node {
  private TextParser parser;

  /** Integers are of 64 bits, whatever the type. */
  ParseNode(Expression source, Kind kind, ArrowType type, Node text) {
    super(source, kind, type, text);
  }

  @Override
  void open(KernelContext context) {
    super.open(context);
    parser = new TextParser(type, context.allocator());
  }

  @Override
  void compute(Block block, long[] active) {
    combineValidity();
    for (int i = 0; i < block.rows; i++) {
      if (!isSet(valid, i)) {
        continue;
      }
      long text = children[0].longs[i];
      int length = children[0].lengths[i];
      if (!parser.parse(text, length) && isSet(active, i)) {
        throw bad(
            block,
            i,
            String.format(
                "cannot read '%s' as %s; turn such texts to null with nullif or guard them with"
                    + " case",
                Strings.of(text, length), Types.name(kind.type)));
      }
      switch (kind) {
        case BOOL -> {
          long bit = 1L << i;
          bits[i >>> 6] = (bits[i >>> 6] & ~bit) | (parser.whole() == 1 ? bit : 0);
        }
        case FLOAT -> doubles[i] = parser.number();
        default -> longs[i] = parser.whole();
      }
    }
  }

  @Override
  public void close() {
    super.close();
    if (parser != null) {
      parser.close();
    }
  }
}
