package dev.baton.operators.expression;

import dev.baton.engine.batch.Memory;
import dev.baton.engine.batch.Types;
import dev.baton.engine.operator.KernelContext;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;

/**
 * Values as text: {@code cast(… as utf8)}. Integers and booleans are written without an object per
 * value; floats and times as Java prints them, with one.
 */
final class FormatNode extends Node {
  private static final byte[] TRUE = {'t', 'r', 'u', 'e'};
  private static final byte[] FALSE = {'f', 'a', 'l', 's', 'e'};

  /** As long as Long.MIN_VALUE. */
  private final byte[] digits = new byte[20];

  private TextArena arena;

  FormatNode(Expression source, Node value) {
    super(source, Kind.TEXT, value);
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
        switch (from.kind) {
          case BOOL -> arena.add(isSet(from.bits, i) ? TRUE : FALSE);
          case INT -> integer(from.longs[i]);
          default -> arena.add(print(from, i).getBytes(StandardCharsets.US_ASCII));
        }
      }
      lengths[i] = (int) (arena.used() - start);
    }
    for (int i = 0; i < block.rows; i++) {
      longs[i] += arena.address();
    }
  }

  private void integer(long value) {
    int at = digits.length;
    // Negative numbers reach further than positive ones.
    long left = value < 0 ? value : -value;
    do {
      digits[--at] = (byte) ('0' - left % 10);
      left /= 10;
    } while (left != 0);
    if (value < 0) {
      digits[--at] = '-';
    }
    int length = digits.length - at;
    Memory.copyFromArray(digits, at, arena.add(length), length);
  }

  private static String print(Node from, int row) {
    if (from.kind == Kind.FLOAT) {
      double value = from.doubles[row];
      return from.type.equals(Types.FLOAT32)
          ? Float.toString((float) value)
          : Double.toString(value);
    }
    long value = from.longs[row];
    if (from.kind == Kind.DATE) {
      return LocalDate.ofEpochDay(value).toString();
    }
    int nanos = (int) Math.floorMod(value, 1_000_000L) * 1000;
    return LocalDateTime.ofEpochSecond(Math.floorDiv(value, 1_000_000L), nanos, ZoneOffset.UTC)
        .toString();
  }

  @Override
  public void close() {
    super.close();
    if (arena != null) {
      arena.close();
    }
  }
}
