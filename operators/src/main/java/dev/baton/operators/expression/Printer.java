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
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.List;

/** Prints an expression with as few parentheses as parse it back to the same tree. */
final class Printer {
  static final int NOT = 3;
  static final int COMPARISON = 4;
  static final int CONCAT = 5;
  static final int SIGN = 8;
  static final int PRIMARY = 9;

  private final StringBuilder out = new StringBuilder();

  private Printer() {}

  static String print(Expression expression) {
    Printer printer = new Printer();
    printer.bare(expression);
    return printer.out.toString();
  }

  /** Prints an operand that must bind at least as strongly as {@code least}. */
  private void operand(Expression e, int least) {
    if (precedence(e) >= least) {
      bare(e);
    } else {
      out.append('(');
      bare(e);
      out.append(')');
    }
  }

  private static int precedence(Expression e) {
    if (e instanceof Binary binary) {
      return binary.operator().precedence;
    }
    if (isTest(e) || (e instanceof Not not && isTest(not.value()))) {
      return COMPARISON;
    }
    if (e instanceof Not) {
      return NOT;
    }
    if (isJoin(e)) {
      return CONCAT;
    }
    return isSigned(e) ? SIGN : PRIMARY;
  }

  /** Whether it has its own way to say not. */
  private static boolean isTest(Expression e) {
    return e instanceof IsNull || e instanceof In || e instanceof Between || e instanceof Like;
  }

  private static boolean isJoin(Expression e) {
    return e instanceof Call call
        && call.function() == Function.CONCAT
        && call.arguments().size() == 2;
  }

  private static boolean isSigned(Expression e) {
    return e instanceof Negate
        || (e instanceof Literal l && isNumber(e) && l.value().toString().startsWith("-"));
  }

  private static boolean isNumber(Expression e) {
    return e instanceof Literal literal && literal.value() instanceof Number;
  }

  private void bare(Expression e) {
    if (e instanceof Literal literal) {
      literal(literal.value());
    } else if (e instanceof Column column) {
      out.append(Lexer.isBareName(column.name()) ? column.name() : quote(column.name(), '"'));
    } else if (e instanceof Binary binary) {
      int strength = binary.operator().precedence;
      operand(binary.left(), binary.operator().isComparison() ? strength + 1 : strength);
      out.append(' ').append(binary.operator().symbol).append(' ');
      operand(binary.right(), strength + 1);
    } else if (e instanceof Negate negate) {
      out.append(isSigned(negate.value()) ? "- " : "-");
      // A number straight after the sign would read as a negative literal.
      boolean number = isNumber(negate.value()) && !isSigned(negate.value());
      operand(negate.value(), number ? PRIMARY + 1 : SIGN);
    } else if (e instanceof Not not && isTest(not.value())) {
      test(not.value(), "not ");
    } else if (e instanceof Not not) {
      out.append("not ");
      operand(not.value(), NOT);
    } else if (isTest(e)) {
      test(e, "");
    } else if (e instanceof Case cases) {
      out.append("case");
      for (When when : cases.branches()) {
        out.append(" when ");
        bare(when.condition());
        out.append(" then ");
        bare(when.result());
      }
      out.append(" else ");
      bare(cases.otherwise());
      out.append(" end");
    } else if (e instanceof Cast cast) {
      out.append("cast(");
      bare(cast.value());
      out.append(" as ").append(Types.name(cast.type())).append(')');
    } else if (e instanceof Call call && isJoin(e)) {
      operand(call.arguments().get(0), CONCAT);
      out.append(" || ");
      operand(call.arguments().get(1), CONCAT + 1);
    } else if (e instanceof Call call) {
      out.append(call.function()).append('(');
      list(call.arguments());
    }
  }

  private void test(Expression e, String not) {
    if (e instanceof IsNull isNull) {
      operand(isNull.value(), COMPARISON + 1);
      out.append(" is ").append(not).append("null");
    } else if (e instanceof In in) {
      operand(in.value(), COMPARISON + 1);
      out.append(' ').append(not).append("in (");
      list(in.options());
    } else if (e instanceof Between between) {
      operand(between.value(), COMPARISON + 1);
      out.append(' ').append(not).append("between ");
      operand(between.low(), COMPARISON + 1);
      out.append(" and ");
      operand(between.high(), COMPARISON + 1);
    } else if (e instanceof Like like) {
      operand(like.value(), COMPARISON + 1);
      out.append(' ').append(not).append("like ").append(quote(like.pattern(), '\''));
    }
  }

  private void list(List<Expression> expressions) {
    for (int i = 0; i < expressions.size(); i++) {
      out.append(i == 0 ? "" : ", ");
      bare(expressions.get(i));
    }
    out.append(')');
  }

  private void literal(Object value) {
    if (value instanceof String text) {
      out.append(quote(text, '\''));
    } else if (value instanceof LocalDate) {
      out.append("date '").append(value).append('\'');
    } else if (value instanceof LocalDateTime) {
      out.append("timestamp '").append(value).append('\'');
    } else {
      out.append(value);
    }
  }

  private static String quote(String text, char mark) {
    String one = String.valueOf(mark);
    return one + text.replace(one, one + one) + one;
  }
}
