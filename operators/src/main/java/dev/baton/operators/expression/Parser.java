package dev.baton.operators.expression;

import dev.baton.engine.batch.Types;
import dev.baton.operators.expression.Expression.When;
import dev.baton.operators.expression.Lexer.Sort;
import dev.baton.operators.expression.Lexer.Token;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import org.apache.arrow.vector.types.pojo.ArrowType;

/** Reads an expression by recursive descent, weakest operator first. */
final class Parser {
  /** Enough for any expression a person writes; a bound so that no text overflows the stack. */
  private static final int DEEPEST = 200;

  /** As operators in a row make a tree as deep as they are many. */
  private static final int MOST_OPERATORS = 1000;

  private static final int SHOWN = 40;

  private final String text;
  private final List<Token> tokens;
  private int position;
  private int depth;
  private int operators;

  Parser(String text) {
    this.text = text;
    this.tokens = Lexer.tokens(text);
  }

  Expression parse() {
    Expression expression = any();
    if (token().sort() != Sort.END) {
      throw unexpected("an operator or the end");
    }
    return expression;
  }

  /** Positions are shown from 1; of a long text only what surrounds the error is shown. */
  static IllegalArgumentException error(String text, int at, String problem) {
    int from = Math.max(0, at - SHOWN);
    int to = Math.min(text.length(), at + SHOWN);
    String excerpt =
        (from > 0 ? "…" : "") + text.substring(from, to) + (to < text.length() ? "…" : "");
    return new IllegalArgumentException(
        "expression '" + excerpt + "', at " + (at + 1) + ": " + problem);
  }

  private Expression any() {
    return nested(() -> infix(Infix.OR.precedence));
  }

  private Expression nested(Supplier<Expression> action) {
    if (++depth > DEEPEST) {
      throw error(text, token().at(), "nested more than " + DEEPEST + " deep");
    }
    Expression inner = action.get();
    depth--;
    return inner;
  }

  /** Operators of one precedence, which associate to the left. */
  private Expression infix(int precedence) {
    Expression left = tighter(precedence);
    while (true) {
      if (precedence == Printer.CONCAT) {
        if (!skipSymbol("||")) {
          return left;
        }
        count();
        left = new Expression.Call(Function.CONCAT, List.of(left, tighter(precedence)));
        continue;
      }
      Token token = token();
      boolean word = token.sort() == Sort.WORD;
      Infix operator =
          word || token.sort() == Sort.SYMBOL
              ? Infix.find(word ? token.text().toLowerCase(Locale.ROOT) : token.text(), precedence)
              : null;
      if (operator == null) {
        return left;
      }
      position++;
      count();
      left = new Expression.Binary(operator, left, tighter(precedence));
    }
  }

  private void count() {
    if (++operators > MOST_OPERATORS) {
      throw error(text, token().at(), "more than " + MOST_OPERATORS + " operators");
    }
  }

  private Expression tighter(int precedence) {
    if (precedence == Infix.AND.precedence) {
      return not();
    }
    return precedence == Infix.TIMES.precedence ? sign() : infix(precedence + 1);
  }

  private Expression not() {
    if (skipWord("not")) {
      return new Expression.Not(nested(this::not));
    }
    return comparison();
  }

  private Expression comparison() {
    Expression left = infix(Printer.CONCAT);
    Token token = token();
    if (token.sort() == Sort.SYMBOL) {
      Infix operator = Infix.find(token.text(), Printer.COMPARISON);
      if (operator == null) {
        return left;
      }
      position++;
      return new Expression.Binary(operator, left, infix(Printer.CONCAT));
    }
    if (skipWord("is")) {
      boolean negated = skipWord("not");
      expectWord("null");
      return negate(negated, new Expression.IsNull(left));
    }
    boolean negated = skipWord("not");
    if (skipWord("in")) {
      expectSymbol("(");
      return negate(negated, new Expression.In(left, list()));
    }
    if (skipWord("between")) {
      Expression low = infix(Printer.CONCAT);
      expectWord("and");
      return negate(negated, new Expression.Between(left, low, infix(Printer.CONCAT)));
    }
    if (skipWord("like")) {
      if (token().sort() != Sort.STRING) {
        throw unexpected("a pattern in quotes");
      }
      return negate(negated, new Expression.Like(left, take().text()));
    }
    if (negated) {
      throw unexpected("in, between or like");
    }
    return left;
  }

  private static Expression negate(boolean negated, Expression expression) {
    return negated ? new Expression.Not(expression) : expression;
  }

  private Expression sign() {
    if (!skipSymbol("-")) {
      return primary();
    }
    if (token().sort() == Sort.NUMBER) {
      return number(take(), "-");
    }
    return new Expression.Negate(nested(this::sign));
  }

  private Expression primary() {
    if (skipSymbol("(")) {
      Expression inner = any();
      expectSymbol(")");
      return inner;
    }
    return switch (token().sort()) {
      case NUMBER -> number(take(), "");
      case STRING -> new Expression.Literal(take().text());
      case NAME -> new Expression.Column(take().text());
      case WORD -> word();
      default -> throw unexpected("a value");
    };
  }

  private Expression word() {
    if (skipWord("null")) {
      return new Expression.Literal(null);
    }
    if (skipWord("true")) {
      return new Expression.Literal(true);
    }
    if (skipWord("false")) {
      return new Expression.Literal(false);
    }
    if (skipWord("case")) {
      return cases();
    }
    if (token().isReserved()) {
      throw unexpected("a value");
    }
    Token word = take();
    if (token().sort() == Sort.STRING && (word.isWord("date") || word.isWord("timestamp"))) {
      return time(word.isWord("date"), take());
    }
    if (!skipSymbol("(")) {
      return new Expression.Column(word.text());
    }
    if (word.isWord("cast")) {
      return cast();
    }
    Function function = located(word, () -> Function.find(word.text()));
    List<Expression> arguments = skipSymbol(")") ? List.of() : list();
    return located(word, () -> new Expression.Call(function, arguments));
  }

  /** Adds to an error where it is. */
  private <T> T located(Token token, Supplier<T> action) {
    try {
      return action.get();
    } catch (IllegalArgumentException e) {
      throw error(text, token.at(), e.getMessage());
    }
  }

  private Expression cases() {
    List<When> branches = new ArrayList<>();
    expectWord("when");
    do {
      Expression condition = any();
      expectWord("then");
      branches.add(new When(condition, any()));
    } while (skipWord("when"));
    Expression otherwise = skipWord("else") ? any() : new Expression.Literal(null);
    expectWord("end");
    return new Expression.Case(branches, otherwise);
  }

  private Expression cast() {
    Expression value = any();
    expectWord("as");
    Token type = take();
    ArrowType target = located(type, () -> Types.parse(type.text()));
    expectSymbol(")");
    return new Expression.Cast(value, target);
  }

  private Expression time(boolean isDate, Token literal) {
    try {
      return new Expression.Literal(
          isDate
              ? LocalDate.parse(literal.text())
              : LocalDateTime.parse(literal.text().replace(' ', 'T')));
    } catch (DateTimeException e) {
      throw error(
          text,
          literal.at(),
          (isDate
                  ? "expected a date like '2020-01-31'"
                  : "expected a timestamp like '2020-01-31T10:00:00'")
              + " but found '"
              + literal.text()
              + "'");
    }
  }

  private Expression number(Token token, String sign) {
    String number = sign + token.text();
    if (number.chars().allMatch(c -> c == '-' || (c >= '0' && c <= '9'))) {
      try {
        return new Expression.Literal(Long.parseLong(number));
      } catch (NumberFormatException e) {
        throw error(
            text, token.at(), number + " does not fit int64; write it with a decimal point");
      }
    }
    double value = Double.parseDouble(number);
    if (Double.isInfinite(value)) {
      throw error(text, token.at(), number + " does not fit float64");
    }
    return new Expression.Literal(value);
  }

  /** Expressions up to and with the closing parenthesis. */
  private List<Expression> list() {
    List<Expression> expressions = new ArrayList<>();
    do {
      expressions.add(any());
    } while (skipSymbol(","));
    if (!token().isSymbol(")")) {
      throw unexpected("',' or ')'");
    }
    position++;
    return expressions;
  }

  private Token token() {
    return tokens.get(position);
  }

  private Token take() {
    Token token = token();
    position += token.sort() == Sort.END ? 0 : 1;
    return token;
  }

  private boolean skipWord(String word) {
    boolean found = token().isWord(word);
    position += found ? 1 : 0;
    return found;
  }

  private boolean skipSymbol(String symbol) {
    boolean found = token().isSymbol(symbol);
    position += found ? 1 : 0;
    return found;
  }

  private void expectWord(String word) {
    if (!skipWord(word)) {
      throw unexpected("'" + word + "'");
    }
  }

  private void expectSymbol(String symbol) {
    if (!skipSymbol(symbol)) {
      throw unexpected("'" + symbol + "'");
    }
  }

  private IllegalArgumentException unexpected(String expected) {
    Token token = token();
    String found = token.sort() == Sort.END ? "the end" : "'" + token.text() + "'";
    return error(text, token.at(), "expected " + expected + " but found " + found);
  }
}
