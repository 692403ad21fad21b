package dev.baton.operators.parquet;

import dev.baton.engine.testkit.Rows;
import dev.baton.operators.expression.Expression;
import dev.baton.operators.expression.Infix;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.apache.arrow.vector.types.TimeUnit;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;

/** Random conditions over a table, most of them on the edge of what is in it. */
final class RandomConditions {
  private static final Infix[] COMPARISONS = {
    Infix.EQUAL,
    Infix.NOT_EQUAL,
    Infix.LESS,
    Infix.LESS_OR_EQUAL,
    Infix.GREATER,
    Infix.GREATER_OR_EQUAL
  };

  private final Rows table;
  private final SplittableRandom random;

  RandomConditions(Rows table, long seed) {
    this.table = table;
    this.random = new SplittableRandom(seed);
  }

  Expression next() {
    return any(2);
  }

  private Expression any(int depth) {
    return switch (random.nextInt(depth > 0 ? 8 : 4)) {
      case 4, 5 -> new Expression.Binary(Infix.AND, any(depth - 1), any(depth - 1));
      case 6 -> new Expression.Binary(Infix.OR, any(depth - 1), any(depth - 1));
      case 7 -> new Expression.Not(any(depth - 1));
      default -> test(table.schema().getFields().get(random.nextInt(table.names().size())));
    };
  }

  private Expression test(Field field) {
    Expression column = Expression.column(field.getName());
    return switch (random.nextInt(10)) {
      case 9 ->
          field.getType() instanceof ArrowType.Bool
              ? column
              : new Expression.Binary(comparison(), column, value(field));
      case 0 -> column.isNull();
      case 1 -> new Expression.Not(column.isNull());
      case 2 ->
          new Expression.In(
              column,
              IntStream.range(0, 1 + random.nextInt(3)).mapToObj(i -> value(field)).toList());
      case 3 -> new Expression.Between(column, value(field), value(field));
      case 4 -> new Expression.Binary(comparison(), value(field), column);
      // What nothing is known of.
      case 5 -> new Expression.Binary(comparison(), column, column);
      default -> new Expression.Binary(comparison(), column, value(field));
    };
  }

  private Infix comparison() {
    return COMPARISONS[random.nextInt(COMPARISONS.length)];
  }

  private Expression value(Field field) {
    List<Object> values = table.column(field.getName());
    Object value = values.isEmpty() ? null : values.get(random.nextInt(values.size()));
    if (value == null || random.nextInt(40) == 0) {
      return Expression.literal(null);
    }
    return Expression.literal(literal(field.getType(), value));
  }

  private Object literal(ArrowType type, Object value) {
    boolean other = random.nextInt(6) == 0;
    if (type instanceof ArrowType.Date) {
      LocalDate date = LocalDate.ofEpochDay(((Number) value).longValue());
      return other ? date.atTime(7, 30) : date;
    } else if (type instanceof ArrowType.Timestamp stamp) {
      LocalDateTime time = time((Long) value, stamp.getUnit());
      return other ? time.toLocalDate() : time;
    } else if (value instanceof Double || value instanceof Float) {
      double number = ((Number) value).doubleValue();
      return Double.isFinite(number) && !other ? (Object) number : (Object) 3L;
    } else if (value instanceof Number number) {
      return other ? (Object) (number.doubleValue() + 0.5) : (Object) number.longValue();
    }
    return value;
  }

  private static LocalDateTime time(long value, TimeUnit unit) {
    long micros =
        switch (unit) {
          case SECOND -> value * 1_000_000;
          case MILLISECOND -> value * 1_000;
          case MICROSECOND -> value;
          case NANOSECOND -> Math.floorDiv(value, 1_000L);
        };
    long second = Math.floorDiv(micros, 1_000_000L);
    Instant instant = Instant.ofEpochSecond(second, Math.floorMod(micros, 1_000_000L) * 1_000L);
    return LocalDateTime.ofInstant(instant, ZoneOffset.UTC);
  }

  /** The columns of a schema that a condition may be about. */
  static List<String> usable(List<Field> fields) {
    List<String> names = new ArrayList<>();
    for (Field field : fields) {
      ArrowType type = field.getType();
      boolean signed = type instanceof ArrowType.Int integer && integer.getIsSigned();
      boolean floating =
          type instanceof ArrowType.FloatingPoint && !type.equals(ParquetTypes.FLOAT16);
      if (signed
          || floating
          || type instanceof ArrowType.Utf8
          || type instanceof ArrowType.Bool
          || type instanceof ArrowType.Date
          || type instanceof ArrowType.Timestamp) {
        names.add(field.getName());
      }
    }
    return names;
  }
}
