package dev.baton.operators.parquet;

import dev.baton.operators.expression.Expression;
import dev.baton.operators.expression.Expression.Between;
import dev.baton.operators.expression.Expression.Binary;
import dev.baton.operators.expression.Expression.Column;
import dev.baton.operators.expression.Expression.In;
import dev.baton.operators.expression.Expression.IsNull;
import dev.baton.operators.expression.Expression.Literal;
import dev.baton.operators.expression.Expression.Not;
import dev.baton.operators.expression.Infix;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * What a condition can be in the rows of a row group, as far as {@link Bounds} tell: a set of true,
 * false and null that holds every outcome which occurs, and maybe others. So it may be asked for
 * the opposite of a condition as well, and a part that nothing is known of can be anything.
 */
final class Outcomes {
  private static final int TRUE = 1;
  private static final int FALSE = 2;
  private static final int NULL = 4;
  private static final int ANY = TRUE | FALSE | NULL;

  private final Function<String, Bounds> columns;

  private Outcomes(Function<String, Bounds> columns) {
    this.columns = columns;
  }

  /**
   * Whether a row of the row group may be kept.
   *
   * @param where a condition that has been bound to the file's schema
   * @param columns what is known of a column
   */
  static boolean canBeTrue(Expression where, Function<String, Bounds> columns) {
    return (new Outcomes(columns).of(where) & TRUE) != 0;
  }

  private int of(Expression e) {
    if (e instanceof Literal literal) {
      return literal.value() == null ? NULL : Boolean.TRUE.equals(literal.value()) ? TRUE : FALSE;
    } else if (e instanceof Column column) {
      return compare(column, Infix.EQUAL, true);
    } else if (e instanceof Not not) {
      return not(of(not.value()));
    } else if (e instanceof IsNull isNull && isNull.value() instanceof Column column) {
      return isNull(columns.apply(column.name()));
    } else if (e instanceof Binary binary) {
      return binary(binary);
    } else if (e instanceof In in) {
      return in(in);
    } else if (e instanceof Between between && between.value() instanceof Column column) {
      List<Object> limits = values(List.of(between.low(), between.high()));
      return limits == null
          ? ANY
          : and(
              compare(column, Infix.GREATER_OR_EQUAL, limits.get(0)),
              compare(column, Infix.LESS_OR_EQUAL, limits.get(1)));
    }
    return ANY;
  }

  private int binary(Binary e) {
    if (e.operator() == Infix.AND) {
      return and(of(e.left()), of(e.right()));
    } else if (e.operator() == Infix.OR) {
      return or(of(e.left()), of(e.right()));
    } else if (e.left() instanceof Column column && e.right() instanceof Literal literal) {
      return compare(column, e.operator(), literal.value());
    } else if (e.left() instanceof Literal literal && e.right() instanceof Column column) {
      return compare(column, mirrored(e.operator()), literal.value());
    }
    return ANY;
  }

  private int in(In e) {
    List<Object> options = e.value() instanceof Column ? values(e.options()) : null;
    if (options == null) {
      return ANY;
    }
    int any = FALSE;
    for (Object option : options) {
      any = or(any, compare((Column) e.value(), Infix.EQUAL, option));
    }
    return any;
  }

  /**
   * The values of literals that one column is compared with, or null when one is no literal. One
   * float makes floats of all integers, those of the column too.
   */
  private static List<Object> values(List<Expression> literals) {
    List<Object> values = new ArrayList<>();
    boolean floats = false;
    for (Expression e : literals) {
      if (!(e instanceof Literal literal)) {
        return null;
      }
      values.add(literal.value());
      floats |= literal.value() instanceof Double;
    }
    if (floats) {
      values.replaceAll(v -> v instanceof Long whole ? (Object) whole.doubleValue() : v);
    }
    return values;
  }

  private static Infix mirrored(Infix operator) {
    return switch (operator) {
      case LESS -> Infix.GREATER;
      case LESS_OR_EQUAL -> Infix.GREATER_OR_EQUAL;
      case GREATER -> Infix.LESS;
      case GREATER_OR_EQUAL -> Infix.LESS_OR_EQUAL;
      default -> operator;
    };
  }

  private static int isNull(Bounds bounds) {
    return bounds.nulls() == 0 ? FALSE : bounds.nulls() == bounds.rows() ? TRUE : TRUE | FALSE;
  }

  private int compare(Column column, Infix operator, Object value) {
    Bounds bounds = columns.apply(column.name());
    if (value == null || bounds.nulls() == bounds.rows()) {
      return NULL;
    }
    int nulls = bounds.nulls() == 0 ? 0 : NULL;
    if (bounds.least() == null) {
      return TRUE | FALSE | nulls;
    }
    int least = Bounds.order(bounds.least(), value);
    int greatest = Bounds.order(bounds.greatest(), value);
    int outcomes =
        switch (operator) {
          case EQUAL -> equal(least, greatest);
          case NOT_EQUAL -> not(equal(least, greatest));
          case LESS -> outcomes(least < 0, greatest >= 0);
          case LESS_OR_EQUAL -> outcomes(least <= 0, greatest > 0);
          case GREATER -> outcomes(greatest > 0, least <= 0);
          case GREATER_OR_EQUAL -> outcomes(greatest >= 0, least < 0);
          default -> ANY;
        };
    if (bounds.least() instanceof Double) {
      // Bounds do not tell whether there are NaNs, which are equal to nothing and in no order.
      outcomes |= operator == Infix.NOT_EQUAL ? TRUE : FALSE;
    }
    return outcomes | nulls;
  }

  private static int equal(int least, int greatest) {
    return outcomes(least <= 0 && greatest >= 0, least != 0 || greatest != 0);
  }

  private static int outcomes(boolean canBeTrue, boolean canBeFalse) {
    return (canBeTrue ? TRUE : 0) | (canBeFalse ? FALSE : 0);
  }

  private static int not(int a) {
    return (a & NULL) | ((a & TRUE) != 0 ? FALSE : 0) | ((a & FALSE) != 0 ? TRUE : 0);
  }

  private static int or(int a, int b) {
    return not(and(not(a), not(b)));
  }

  private static int and(int a, int b) {
    boolean nulls = ((a | b) & NULL) != 0 && (a & ~FALSE) != 0 && (b & ~FALSE) != 0;
    return (a & b & TRUE) | ((a | b) & FALSE) | (nulls ? NULL : 0);
  }
}
