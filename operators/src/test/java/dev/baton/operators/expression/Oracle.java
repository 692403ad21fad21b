package dev.baton.operators.expression;

import dev.baton.engine.batch.Types;
import dev.baton.operators.expression.Expression.Between;
import dev.baton.operators.expression.Expression.Binary;
import dev.baton.operators.expression.Expression.Call;
import dev.baton.operators.expression.Expression.Case;
import dev.baton.operators.expression.Expression.Cast;
import dev.baton.operators.expression.Expression.Column;
import dev.baton.operators.expression.Expression.In;
import dev.baton.operators.expression.Expression.IsNull;
import dev.baton.operators.expression.Expression.Like;
import dev.baton.operators.expression.Expression.Literal;
import dev.baton.operators.expression.Expression.Negate;
import dev.baton.operators.expression.Expression.Not;
import dev.baton.operators.expression.Expression.When;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;

/**
 * Works an expression out for one row with boxed values, by walking the tree: slow and obvious.
 * Values are Long, Double, Boolean, String, LocalDate, LocalDateTime or null.
 */
final class Oracle {
  /** The expression has no value for the row. */
  static final class Refusal extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Refusal(String message) {
      super(message);
    }
  }

  private final Schema schema;
  private final Object[] row;

  private Oracle(Schema schema, Object[] row) {
    this.schema = schema;
    this.row = row;
  }

  /** The value as a cell of a column of that type. */
  static Object cell(Expression e, Schema schema, Object[] row, ArrowType type) {
    return toCell(type, new Oracle(schema, row).value(e));
  }

  private static Object fromCell(ArrowType type, Object cell) {
    if (cell == null || cell instanceof Boolean || cell instanceof String) {
      return cell;
    }
    if (type instanceof ArrowType.Date) {
      return LocalDate.ofEpochDay((Integer) cell);
    }
    if (type instanceof ArrowType.Timestamp) {
      return LocalDateTime.ofEpochSecond(0, 0, ZoneOffset.UTC).plus((Long) cell, ChronoUnit.MICROS);
    }
    Number number = (Number) cell;
    return type instanceof ArrowType.Int ? (Object) number.longValue() : number.doubleValue();
  }

  private static Object toCell(ArrowType type, Object value) {
    if (value instanceof LocalDate date) {
      return (int) date.toEpochDay();
    }
    if (value instanceof LocalDateTime time) {
      return ChronoUnit.MICROS.between(LocalDateTime.of(1970, 1, 1, 0, 0), time);
    }
    if (value instanceof Number number) {
      return switch (Types.name(type)) {
        case "int8" -> number.byteValue();
        case "int16" -> number.shortValue();
        case "int32" -> number.intValue();
        case "int64" -> number.longValue();
        case "float32" -> number.floatValue();
        default -> number.doubleValue();
      };
    }
    return value;
  }

  private Object value(Expression e) {
    if (e instanceof Literal literal) {
      return literal.value();
    }
    if (e instanceof Column column) {
      Field field = schema.findField(column.name());
      return fromCell(field.getType(), row[schema.getFields().indexOf(field)]);
    }
    if (e instanceof Binary binary) {
      return binary(binary);
    }
    if (e instanceof Negate negate) {
      Object value = value(negate.value());
      return value instanceof Double d ? (Object) (-d) : exact(0L, Infix.MINUS, value);
    }
    if (e instanceof Not not) {
      return not(value(not.value()));
    }
    if (e instanceof IsNull isNull) {
      return value(isNull.value()) == null;
    }
    if (e instanceof In in) {
      Object value = value(in.value());
      Object found = false;
      for (Object option : values(in.options())) {
        found = or(found, compare(Infix.EQUAL, value, option));
      }
      return found;
    }
    if (e instanceof Between between) {
      Object value = value(between.value());
      Object low = value(between.low());
      Object high = value(between.high());
      return not(or(compare(Infix.LESS, value, low, true), compare(Infix.LESS, high, value, true)));
    }
    if (e instanceof Like like) {
      Object value = value(like.value());
      return value == null ? null : pattern(like.pattern()).matcher((String) value).matches();
    }
    if (e instanceof Case cases) {
      for (When branch : cases.branches()) {
        if (Boolean.TRUE.equals(value(branch.condition()))) {
          return widen(e, value(branch.result()));
        }
      }
      return widen(e, value(cases.otherwise()));
    }
    if (e instanceof Cast cast) {
      return cast(value(cast.value()), cast.type());
    }
    return call((Call) e);
  }

  private List<Object> values(List<Expression> expressions) {
    List<Object> values = new ArrayList<>();
    expressions.forEach(e -> values.add(value(e)));
    return values;
  }

  private static Pattern pattern(String like) {
    StringBuilder regex = new StringBuilder();
    for (int c : like.codePoints().toArray()) {
      regex.append(c == '%' ? ".*" : c == '_' ? "." : Pattern.quote(Character.toString(c)));
    }
    return Pattern.compile(regex.toString(), Pattern.DOTALL);
  }

  private Object binary(Binary e) {
    Object left = value(e.left());
    switch (e.operator()) {
      case AND -> {
        return Boolean.FALSE.equals(left) ? false : not(or(not(left), not(value(e.right()))));
      }
      case OR -> {
        return Boolean.TRUE.equals(left) ? true : or(left, value(e.right()));
      }
      default -> {}
    }
    Object right = value(e.right());
    if (e.operator().isComparison()) {
      return compare(e.operator(), left, right);
    }
    if (left == null || right == null) {
      return null;
    }
    if (left instanceof Long a && right instanceof Long b) {
      return switch (e.operator()) {
        case DIVIDE -> b == 0 ? null : (Object) (a.doubleValue() / b.doubleValue());
        case MODULO -> b == 0 ? null : (Object) (a % b);
        default -> exact(a, e.operator(), b);
      };
    }
    double a = ((Number) left).doubleValue();
    double b = ((Number) right).doubleValue();
    return switch (e.operator()) {
      case PLUS -> a + b;
      case MINUS -> a - b;
      case TIMES -> a * b;
      case DIVIDE -> a / b;
      default -> a % b;
    };
  }

  private static Object exact(Long a, Infix operator, Object b) {
    if (b == null) {
      return null;
    }
    try {
      return switch (operator) {
        case PLUS -> Math.addExact(a, (Long) b);
        case MINUS -> Math.subtractExact(a, (Long) b);
        default -> Math.multiplyExact(a, (Long) b);
      };
    } catch (ArithmeticException e) {
      throw new Refusal("overflow");
    }
  }

  private static Object not(Object a) {
    return a == null ? null : !(Boolean) a;
  }

  private static Object or(Object a, Object b) {
    if (Boolean.TRUE.equals(a) || Boolean.TRUE.equals(b)) {
      return true;
    }
    return (a == null || b == null) ? null : false;
  }

  /** As {@link #compare}, but with a NaN counted as true: to build "not less" from "less". */
  private static Object compare(Infix operator, Object a, Object b, boolean ifNan) {
    boolean nan = isNan(a) || isNan(b);
    return nan && a != null && b != null ? (Object) ifNan : compare(operator, a, b);
  }

  private static boolean isNan(Object a) {
    return a instanceof Double x && x.isNaN();
  }

  private static Object compare(Infix operator, Object a, Object b) {
    if (a == null || b == null) {
      return null;
    }
    if (a instanceof Double || b instanceof Double) {
      double x = ((Number) a).doubleValue();
      double y = ((Number) b).doubleValue();
      return switch (operator) {
        case EQUAL -> x == y;
        case NOT_EQUAL -> x != y;
        case LESS -> x < y;
        case LESS_OR_EQUAL -> x <= y;
        case GREATER -> x > y;
        default -> x >= y;
      };
    }
    int order = order(a, b);
    return switch (operator) {
      case EQUAL -> order == 0;
      case NOT_EQUAL -> order != 0;
      case LESS -> order < 0;
      case LESS_OR_EQUAL -> order <= 0;
      case GREATER -> order > 0;
      default -> order >= 0;
    };
  }

  private static int order(Object a, Object b) {
    if (a instanceof String x) {
      byte[] y = ((String) b).getBytes(StandardCharsets.UTF_8);
      return Arrays.compareUnsigned(x.getBytes(StandardCharsets.UTF_8), y);
    }
    if (a instanceof Long x) {
      return x.compareTo((Long) b);
    }
    if (a instanceof Boolean x) {
      return x.compareTo((Boolean) b);
    }
    return time(a).compareTo(time(b));
  }

  private static LocalDateTime time(Object a) {
    return a instanceof LocalDate date ? date.atStartOfDay() : (LocalDateTime) a;
  }

  private static LocalDate date(Object a) {
    return time(a).toLocalDate();
  }

  private Object call(Call e) {
    if (e.function() == Function.COALESCE) {
      for (Expression argument : e.arguments()) {
        Object value = value(argument);
        if (value != null) {
          return widen(e, value);
        }
      }
      return null;
    }
    List<Object> args = values(e.arguments());
    switch (e.function()) {
      case NULLIF -> {
        return Boolean.TRUE.equals(compare(Infix.EQUAL, args.get(0), args.get(1)))
            ? null
            : widen(e, args.get(0));
      }
      case LEAST, GREATEST -> {
        Object best = null;
        for (Object arg : args) {
          best = extreme(e.function() == Function.LEAST, best, widen(e, arg));
        }
        return best;
      }
      default -> {
        return args.contains(null) ? null : strict(e.function(), args);
      }
    }
  }

  private static Object extreme(boolean least, Object a, Object b) {
    if (a == null || b == null) {
      return a == null ? b : a;
    }
    if (a instanceof Double x) {
      return least ? Math.min(x, (Double) b) : Math.max(x, (Double) b);
    }
    return order(a, b) < 0 == least ? a : b;
  }

  private static Object strict(Function function, List<Object> args) {
    Object a = args.get(0);
    Object b = args.size() > 1 ? args.get(1) : null;
    double x = a instanceof Number number ? number.doubleValue() : 0;
    return switch (function) {
      case ABS -> a instanceof Long n ? (n < 0 ? exact(0L, Infix.MINUS, n) : n) : Math.abs(x);
      case FLOOR -> a instanceof Long ? a : (Object) Math.floor(x);
      case CEIL -> a instanceof Long ? a : (Object) Math.ceil(x);
      case ROUND -> a instanceof Long ? a : (Object) halvesAway(x);
      case SQRT -> Math.sqrt(x);
      case EXP -> Math.exp(x);
      case LN -> Math.log(x);
      case LOG10 -> Math.log10(x);
      case LOG1P -> Math.log1p(x);
      case POWER -> Math.pow(x, ((Number) b).doubleValue());
      case IS_NAN -> Double.isNaN(x);
      case LOWER -> ((String) a).toLowerCase(Locale.ROOT);
      case UPPER -> ((String) a).toUpperCase(Locale.ROOT);
      case TRIM -> ((String) a).replaceAll("^[ \\t\\n\\x0B\\f\\r]+|[ \\t\\n\\x0B\\f\\r]+$", "");
      case LENGTH -> ((String) a).codePoints().count();
      case SUBSTRING ->
          substring((String) a, (Long) b, args.size() > 2 ? (Long) args.get(2) : null);
      case CONCAT -> String.join("", args.stream().map(o -> (String) o).toList());
      case REPLACE ->
          ((String) b).isEmpty() ? a : ((String) a).replace((String) b, (String) args.get(2));
      case STARTS_WITH -> ((String) a).startsWith((String) b);
      case ENDS_WITH -> ((String) a).endsWith((String) b);
      case CONTAINS -> ((String) a).contains((String) b);
      case YEAR -> (long) date(a).getYear();
      case MONTH -> (long) date(a).getMonthValue();
      case DAY -> (long) date(a).getDayOfMonth();
      case HOUR -> (long) ((LocalDateTime) a).getHour();
      case MINUTE -> (long) ((LocalDateTime) a).getMinute();
      case DAY_OF_WEEK -> (long) date(a).getDayOfWeek().getValue();
      case DAY_OF_YEAR -> (long) date(a).getDayOfYear();
      case DATE_DIFF_DAYS -> ChronoUnit.DAYS.between(date(b), date(a));
      default -> throw new IllegalStateException(function.toString());
    };
  }

  private static double halvesAway(double x) {
    if (Double.isNaN(x) || Double.isInfinite(x) || x == 0) {
      return x;
    }
    double whole =
        new java.math.BigDecimal(x).setScale(0, java.math.RoundingMode.HALF_UP).doubleValue();
    return Math.copySign(whole, x);
  }

  private static String substring(String text, long start, Long count) {
    int[] points = text.codePoints().toArray();
    StringBuilder part = new StringBuilder();
    for (int i = 0; i < points.length; i++) {
      // In doubles nothing overflows.
      boolean before = i + 1 < start;
      boolean after = count != null && (double) (i + 1) >= (double) start + Math.max(0, count);
      if (!before && !after) {
        part.appendCodePoint(points[i]);
      }
    }
    return part.toString();
  }

  private static Object cast(Object value, ArrowType type) {
    if (value == null) {
      return null;
    }
    String name = Types.name(type);
    if (name.equals("utf8")) {
      return value instanceof LocalDateTime time
          ? DateTimeFormatter.ISO_LOCAL_DATE_TIME.format(time)
          : value.toString();
    }
    if (name.equals("date")) {
      return date(value);
    }
    if (name.equals("timestamp")) {
      return time(value);
    }
    if (name.equals("bool")) {
      return value instanceof Boolean ? value : (Object) (((Number) value).doubleValue() != 0);
    }
    if (value instanceof String text) {
      try {
        value = name.startsWith("int") ? (Object) Long.parseLong(text) : Double.parseDouble(text);
      } catch (NumberFormatException e) {
        throw new Refusal("not a number");
      }
    }
    if (value instanceof Boolean bool) {
      value = bool ? 1L : 0L;
    }
    if (name.startsWith("float")) {
      double number = ((Number) value).doubleValue();
      return name.equals("float32") ? (double) (float) number : number;
    }
    if (value instanceof Double number) {
      if (number.isNaN() || (Math.abs(number) >= 0x1p63 && number != -0x1p63)) {
        throw new Refusal("no integer");
      }
      value = number.longValue();
    }
    long number = (Long) value;
    int bits = ((ArrowType.Int) type).getBitWidth();
    if (bits < 64 && number != number << (64 - bits) >> (64 - bits)) {
      throw new Refusal("too large");
    }
    return number;
  }

  /** A value that comes from one of several places is a float when any of them is. */
  private Object widen(Expression e, Object value) {
    return value instanceof Long n && isFloat(e) ? (Object) n.doubleValue() : value;
  }

  private boolean isFloat(Expression e) {
    if (e instanceof Literal literal) {
      return literal.value() instanceof Double;
    }
    if (e instanceof Column column) {
      return schema.findField(column.name()).getType() instanceof ArrowType.FloatingPoint;
    }
    if (e instanceof Binary b) {
      return b.operator() == Infix.DIVIDE || isFloat(b.left()) || isFloat(b.right());
    }
    if (e instanceof Negate negate) {
      return isFloat(negate.value());
    }
    if (e instanceof Cast cast) {
      return cast.type() instanceof ArrowType.FloatingPoint;
    }
    if (e instanceof Case cases) {
      return Stream.concat(
              cases.branches().stream().map(When::result), Stream.of(cases.otherwise()))
          .anyMatch(this::isFloat);
    }
    if (e instanceof Call call) {
      return switch (call.function()) {
        case ABS, FLOOR, CEIL, ROUND, COALESCE, NULLIF, LEAST, GREATEST ->
            call.arguments().stream().anyMatch(this::isFloat);
        case SQRT, EXP, LN, LOG10, LOG1P, POWER -> true;
        default -> false;
      };
    }
    return false;
  }
}
