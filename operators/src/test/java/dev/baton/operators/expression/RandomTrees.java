package dev.baton.operators.expression;

import dev.baton.engine.batch.Types;
import dev.baton.engine.testkit.Rows;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Schema;

/** Random expressions that have a type, over a fixed schema. */
final class RandomTrees {
  static final Schema SCHEMA =
      Rows.schema(
          "i8",
          Types.INT8,
          "i16",
          Types.INT16,
          "i32",
          Types.INT32,
          "i64",
          Types.INT64,
          "f32",
          Types.FLOAT32,
          "f64",
          Types.FLOAT64,
          "flag",
          Types.BOOL,
          "s",
          Types.UTF8,
          "t",
          Types.UTF8,
          "day",
          Types.DATE,
          "Flight Date",
          Types.DATE,
          "ts",
          Types.TIMESTAMP);

  private static final String[] TEXTS = {
    "", " ", "a", "b", "it's", "é", "日本", "Red", "red", "1.5", "12", "\"", "%", "😀"
  };
  private static final String[] PATTERNS = {
    "", "%", "_", "a%", "%e%", "%d", "r_d", "_e%", "%本_", "%%", "__", "% %o%", "😀%"
  };
  private static final long[] INTS = {
    0, 1, -1, 2, 3, 7, 100, -128, 60, 1L << 40, Long.MAX_VALUE, Long.MIN_VALUE
  };
  private static final double[] FLOATS = {
    0.0, -0.0, 0.5, -0.5, 1.5, 2.5, -2.5, 1e300, 1e-300, 3.25, 0.49999999999999994, 1e10
  };

  private final SplittableRandom random;

  RandomTrees(long seed) {
    random = new SplittableRandom(seed);
  }

  Expression any(int depth) {
    Kind[] kinds = {Kind.BOOL, Kind.INT, Kind.FLOAT, Kind.TEXT, Kind.DATE, Kind.TIMESTAMP};
    return of(kinds[random.nextInt(kinds.length)], depth);
  }

  Expression of(Kind kind, int depth) {
    if (depth == 0 || random.nextInt(8) == 0) {
      return leaf(kind);
    }
    if (random.nextInt(6) == 0) {
      return choice(kind, depth - 1);
    }
    return switch (kind) {
      case BOOL -> bool(depth - 1);
      case INT -> integer(depth - 1);
      case FLOAT -> floating(depth - 1);
      case TEXT -> text(depth - 1);
      case DATE -> cast(of(Kind.TIMESTAMP, depth - 1), Types.DATE);
      default -> cast(of(Kind.DATE, depth - 1), Types.TIMESTAMP);
    };
  }

  private Expression leaf(Kind kind) {
    boolean literal = random.nextInt(4) == 0;
    return switch (kind) {
      case BOOL -> literal ? new Expression.Literal(random.nextBoolean()) : column("flag");
      case INT ->
          literal
              ? new Expression.Literal(INTS[random.nextInt(INTS.length)])
              : column(pick("i8", "i16", "i32", "i64"));
      case FLOAT ->
          literal
              ? new Expression.Literal(FLOATS[random.nextInt(FLOATS.length)])
              : column(pick("f32", "f64"));
      case TEXT -> literal ? new Expression.Literal(pick(TEXTS)) : column(pick("s", "t"));
      case DATE ->
          literal
              ? new Expression.Literal(LocalDate.ofEpochDay(random.nextInt(-50_000, 50_000)))
              : column(pick("day", "Flight Date"));
      default ->
          literal
              ? new Expression.Literal(
                  LocalDateTime.of(2020, 2, 29, 10, 0).plusSeconds(random.nextInt(1_000_000)))
              : column("ts");
    };
  }

  private static Expression column(String name) {
    return Expression.column(name);
  }

  private String pick(String... names) {
    return names[random.nextInt(names.length)];
  }

  private static Expression cast(Expression value, ArrowType type) {
    return new Expression.Cast(value, type);
  }

  private Expression number(int depth) {
    return of(random.nextBoolean() ? Kind.INT : Kind.FLOAT, depth);
  }

  private Expression orNull(Expression e) {
    return random.nextInt(10) == 0 ? new Expression.Literal(null) : e;
  }

  private Expression choice(Kind kind, int depth) {
    Expression a = of(kind, depth);
    // A float may be chosen from among integers.
    Expression b = kind == Kind.FLOAT ? number(depth) : of(kind, depth);
    switch (random.nextInt(4)) {
      case 0 -> {
        return Expression.call("coalesce", b, a);
      }
      case 1 -> {
        return kind == Kind.FLOAT
            ? Expression.call("nullif", a, b)
            : Expression.call("nullif", a, orNull(b));
      }
      case 2 -> {
        if (kind == Kind.BOOL) {
          return a;
        }
        return Expression.call(pick("least", "greatest"), a, b, of(kind, depth));
      }
      default -> {
        List<Expression.When> branches = new ArrayList<>();
        branches.add(new Expression.When(of(Kind.BOOL, depth), b));
        if (random.nextBoolean()) {
          branches.add(new Expression.When(of(Kind.BOOL, depth), of(kind, depth)));
        }
        return new Expression.Case(branches, a);
      }
    }
  }

  private Expression bool(int depth) {
    switch (random.nextInt(9)) {
      case 0, 1 -> {
        Infix connective = random.nextBoolean() ? Infix.AND : Infix.OR;
        return new Expression.Binary(
            connective, orNull(of(Kind.BOOL, depth)), of(Kind.BOOL, depth));
      }
      case 2 -> {
        return of(Kind.BOOL, depth).not();
      }
      case 3 -> {
        return any(depth).isNull();
      }
      case 4 -> {
        return new Expression.Like(of(Kind.TEXT, depth), pick(PATTERNS));
      }
      case 5 -> {
        return Expression.call(
            pick("starts_with", "ends_with", "contains"),
            of(Kind.TEXT, depth),
            of(Kind.TEXT, depth));
      }
      case 6 -> {
        return random.nextBoolean()
            ? Expression.call("is_nan", of(Kind.FLOAT, depth))
            : cast(number(depth), Types.BOOL);
      }
      case 7 -> {
        Expression[] three = comparable(depth);
        return random.nextBoolean()
            ? new Expression.Between(three[0], three[1], three[2])
            : new Expression.In(three[0], List.of(three[1], orNull(three[2])));
      }
      default -> {
        Infix[] comparisons = {
          Infix.EQUAL,
          Infix.NOT_EQUAL,
          Infix.LESS,
          Infix.LESS_OR_EQUAL,
          Infix.GREATER,
          Infix.GREATER_OR_EQUAL
        };
        Expression[] two = comparable(depth);
        return new Expression.Binary(
            comparisons[random.nextInt(comparisons.length)], two[0], orNull(two[1]));
      }
    }
  }

  private Expression[] comparable(int depth) {
    Expression[] three = new Expression[3];
    int what = random.nextInt(5);
    for (int i = 0; i < 3; i++) {
      three[i] =
          switch (what) {
            case 0 -> of(Kind.TEXT, depth);
            case 1 -> of(random.nextBoolean() ? Kind.DATE : Kind.TIMESTAMP, depth);
            case 2 -> of(Kind.BOOL, depth);
            case 3 -> of(Kind.INT, depth);
            default -> number(depth);
          };
    }
    return three;
  }

  private Expression integer(int depth) {
    switch (random.nextInt(9)) {
      case 0 -> {
        return new Expression.Negate(of(Kind.INT, depth));
      }
      case 1 -> {
        return Expression.call(pick("abs", "floor", "ceil", "round"), of(Kind.INT, depth));
      }
      case 2 -> {
        return Expression.call("length", of(Kind.TEXT, depth));
      }
      case 3 -> {
        String part = pick("year", "month", "day", "day_of_week", "day_of_year");
        return Expression.call(part, of(random.nextBoolean() ? Kind.DATE : Kind.TIMESTAMP, depth));
      }
      case 4 -> {
        return Expression.call(pick("hour", "minute"), of(Kind.TIMESTAMP, depth));
      }
      case 5 -> {
        return Expression.call("date_diff_days", of(Kind.DATE, depth), of(Kind.TIMESTAMP, depth));
      }
      case 6 -> {
        ArrowType[] types = {Types.INT8, Types.INT16, Types.INT32, Types.INT64};
        Expression value = of(random.nextInt(3) == 0 ? Kind.FLOAT : Kind.BOOL, depth);
        return cast(value, types[random.nextInt(types.length)]);
      }
      case 7 -> {
        return cast(cast(of(Kind.INT, depth), Types.UTF8), Types.INT64);
      }
      default -> {
        Infix[] operators = {Infix.PLUS, Infix.MINUS, Infix.TIMES, Infix.MODULO};
        Infix operator = operators[random.nextInt(operators.length)];
        return new Expression.Binary(operator, of(Kind.INT, depth), of(Kind.INT, depth));
      }
    }
  }

  private Expression floating(int depth) {
    switch (random.nextInt(6)) {
      case 0 -> {
        return new Expression.Negate(of(Kind.FLOAT, depth));
      }
      case 1 -> {
        return Expression.call(pick("abs", "floor", "ceil", "round"), of(Kind.FLOAT, depth));
      }
      case 2 -> {
        return Expression.call(pick("sqrt", "exp", "ln", "log10", "log1p"), number(depth));
      }
      case 3 -> {
        return Expression.call("power", number(depth), number(depth));
      }
      case 4 -> {
        return cast(number(depth), random.nextBoolean() ? Types.FLOAT32 : Types.FLOAT64);
      }
      default -> {
        Infix[] operators = {Infix.PLUS, Infix.MINUS, Infix.TIMES, Infix.DIVIDE, Infix.MODULO};
        Infix operator = operators[random.nextInt(operators.length)];
        return operator == Infix.DIVIDE
            ? new Expression.Binary(operator, number(depth), number(depth))
            : new Expression.Binary(operator, number(depth), of(Kind.FLOAT, depth));
      }
    }
  }

  private Expression text(int depth) {
    switch (random.nextInt(6)) {
      case 0 -> {
        return Expression.call(pick("lower", "upper", "trim"), of(Kind.TEXT, depth));
      }
      case 1 -> {
        Expression start = Expression.literal(random.nextInt(-2, 6));
        return random.nextBoolean()
            ? Expression.call("substring", of(Kind.TEXT, depth), start)
            : Expression.call("substring", of(Kind.TEXT, depth), start, of(Kind.INT, depth));
      }
      case 2 -> {
        return Expression.call("concat", of(Kind.TEXT, depth), of(Kind.TEXT, depth));
      }
      case 3 -> {
        return Expression.call(
            "replace", of(Kind.TEXT, depth), of(Kind.TEXT, depth), of(Kind.TEXT, depth));
      }
      default -> {
        Kind[] printed = {Kind.INT, Kind.BOOL, Kind.DATE, Kind.TIMESTAMP};
        return cast(of(printed[random.nextInt(printed.length)], depth), Types.UTF8);
      }
    }
  }
}
