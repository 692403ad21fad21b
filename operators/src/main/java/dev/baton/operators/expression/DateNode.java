package dev.baton.operators.expression;

import dev.baton.operators.expression.Expression.Call;
import dev.baton.operators.internal.Calendar;

/** Parts of dates and timestamps, and the days between two of them. */
final class DateNode extends Node {
  private final Function function;

  DateNode(Call source, Node... times) {
    super(source, Kind.INT, times);
    this.function = source.function();
  }

  @Override
  void compute(Block block, long[] active) {
    combineValidity();
    long[] to = longs;
    int rows = block.rows;
    if (function == Function.HOUR || function == Function.MINUTE) {
      long unit = function == Function.HOUR ? 3_600_000_000L : 60_000_000L;
      long modulus = function == Function.HOUR ? 24 : 60;
      long[] micros = children[0].longs;
      for (int i = 0; i < rows; i++) {
        to[i] = Math.floorMod(Math.floorDiv(micros[i], unit), modulus);
      }
      return;
    }
    days(children[0], to, rows);
    switch (function) {
      case YEAR -> {
        for (int i = 0; i < rows; i++) {
          to[i] = Calendar.year(Calendar.date(to[i]));
        }
      }
      case MONTH -> {
        for (int i = 0; i < rows; i++) {
          to[i] = Calendar.month(Calendar.date(to[i]));
        }
      }
      case DAY -> {
        for (int i = 0; i < rows; i++) {
          to[i] = Calendar.dayOfMonth(Calendar.date(to[i]));
        }
      }
      case DAY_OF_WEEK -> {
        for (int i = 0; i < rows; i++) {
          to[i] = Calendar.dayOfWeek(to[i]);
        }
      }
      case DAY_OF_YEAR -> {
        for (int i = 0; i < rows; i++) {
          to[i] = Calendar.dayOfYear(Calendar.date(to[i]));
        }
      }
      default -> {
        Node other = children[1];
        long unit = other.kind == Kind.DATE ? 1 : Calendar.MICROS_PER_DAY;
        for (int i = 0; i < rows; i++) {
          to[i] -= Math.floorDiv(other.longs[i], unit);
        }
      }
    }
  }

  private static void days(Node from, long[] to, int rows) {
    if (from.kind == Kind.DATE) {
      System.arraycopy(from.longs, 0, to, 0, rows);
      return;
    }
    for (int i = 0; i < rows; i++) {
      to[i] = Math.floorDiv(from.longs[i], Calendar.MICROS_PER_DAY);
    }
  }
}
