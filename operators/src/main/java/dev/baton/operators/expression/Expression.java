package dev.baton.operators.expression;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.temporal.ChronoField;
import java.util.List;
import java.util.Objects;
import org.apache.arrow.vector.types.pojo.ArrowType;

/**
 * A formula over the columns of a batch, as the user wrote it. Immutable; {@link #parse} reads its
 * SQL-like text and {@code toString} prints text that parses back to an equal tree. Types and
 * columns are checked only when it is bound to a schema. The language is described in
 * docs/expressions.md.
 *
 * <p>From Java, either parse text or build the tree: {@code
 * column("price").times(column("count")).greaterThan(literal(100))}.
 */
public sealed interface Expression {

  /**
   * Reads an expression.
   *
   * @throws IllegalArgumentException saying where it stops making sense and what was expected
   */
  static Expression parse(String text) {
    return new Parser(text).parse();
  }

  /** The value of that column. */
  static Expression column(String name) {
    return new Column(name);
  }

  /** A constant: see {@link Literal}; integers of any width and floats are accepted. */
  static Expression literal(Object value) {
    if (value instanceof Integer || value instanceof Short || value instanceof Byte) {
      return new Literal(((Number) value).longValue());
    }
    return new Literal(value instanceof Float number ? (Object) number.doubleValue() : value);
  }

  /** A call of one of the language's functions by name. */
  static Expression call(String function, Expression... arguments) {
    return new Call(Function.find(function), List.of(arguments));
  }

  default Expression plus(Expression other) {
    return new Binary(Infix.PLUS, this, other);
  }

  default Expression minus(Expression other) {
    return new Binary(Infix.MINUS, this, other);
  }

  default Expression times(Expression other) {
    return new Binary(Infix.TIMES, this, other);
  }

  /** Always a 64-bit float. */
  default Expression dividedBy(Expression other) {
    return new Binary(Infix.DIVIDE, this, other);
  }

  default Expression equalTo(Expression other) {
    return new Binary(Infix.EQUAL, this, other);
  }

  default Expression lessThan(Expression other) {
    return new Binary(Infix.LESS, this, other);
  }

  default Expression greaterThan(Expression other) {
    return new Binary(Infix.GREATER, this, other);
  }

  default Expression and(Expression other) {
    return new Binary(Infix.AND, this, other);
  }

  default Expression or(Expression other) {
    return new Binary(Infix.OR, this, other);
  }

  default Expression not() {
    return new Not(this);
  }

  default Expression isNull() {
    return new IsNull(this);
  }

  /**
   * A constant: null, Boolean, Long, finite Double, String, LocalDate, or LocalDateTime in whole
   * microseconds.
   */
  record Literal(Object value) implements Expression {
    public Literal {
      boolean known =
          value == null
              || value instanceof Boolean
              || value instanceof Long
              || value instanceof Double
              || value instanceof String
              || value instanceof LocalDate
              || value instanceof LocalDateTime;
      if (!known) {
        throw new IllegalArgumentException("no literal can be a " + value.getClass().getName());
      }
      if (value instanceof Double number && !Double.isFinite(number)) {
        throw new IllegalArgumentException(
            "a literal must be finite but was "
                + number
                + "; use cast('NaN' as float64) or cast('Infinity' as float64)");
      }
      if (value instanceof LocalDateTime time && time.get(ChronoField.NANO_OF_SECOND) % 1000 != 0) {
        throw new IllegalArgumentException(
            "a timestamp has whole microseconds but was '" + time + "'");
      }
    }

    @Override
    public String toString() {
      return Printer.print(this);
    }
  }

  /** The value of a column. */
  record Column(String name) implements Expression {
    public Column {
      Objects.requireNonNull(name);
    }

    @Override
    public String toString() {
      return Printer.print(this);
    }
  }

  /** Arithmetic, comparison, {@code and}, {@code or}. */
  record Binary(Infix operator, Expression left, Expression right) implements Expression {
    @Override
    public String toString() {
      return Printer.print(this);
    }
  }

  record Negate(Expression value) implements Expression {
    @Override
    public String toString() {
      return Printer.print(this);
    }
  }

  record Not(Expression value) implements Expression {
    @Override
    public String toString() {
      return Printer.print(this);
    }
  }

  record IsNull(Expression value) implements Expression {
    @Override
    public String toString() {
      return Printer.print(this);
    }
  }

  record In(Expression value, List<Expression> options) implements Expression {
    public In {
      options = List.copyOf(options);
      if (options.isEmpty()) {
        throw new IllegalArgumentException("in (…) needs at least one value");
      }
    }

    @Override
    public String toString() {
      return Printer.print(this);
    }
  }

  record Between(Expression value, Expression low, Expression high) implements Expression {
    @Override
    public String toString() {
      return Printer.print(this);
    }
  }

  /**
   * Whether a whole text has the form of a pattern.
   *
   * @param pattern {@code %} stands for any text, {@code _} for any one character
   */
  record Like(Expression value, String pattern) implements Expression {
    public Like {
      Objects.requireNonNull(pattern);
    }

    @Override
    public String toString() {
      return Printer.print(this);
    }
  }

  /** The result of the first branch whose condition is true, else {@code otherwise}. */
  record Case(List<When> branches, Expression otherwise) implements Expression {
    public Case {
      branches = List.copyOf(branches);
      if (branches.isEmpty()) {
        throw new IllegalArgumentException("case needs at least one when");
      }
    }

    @Override
    public String toString() {
      return Printer.print(this);
    }
  }

  /** A branch of {@link Case}. */
  record When(Expression condition, Expression result) {}

  record Cast(Expression value, ArrowType type) implements Expression {
    @Override
    public String toString() {
      return Printer.print(this);
    }
  }

  record Call(Function function, List<Expression> arguments) implements Expression {
    public Call {
      arguments = List.copyOf(arguments);
      function.checkCount(arguments.size());
    }

    @Override
    public String toString() {
      return Printer.print(this);
    }
  }
}
