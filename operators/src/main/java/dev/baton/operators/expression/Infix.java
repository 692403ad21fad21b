package dev.baton.operators.expression;

/** The operators written between two operands, by how strongly they bind. */
public enum Infix {
  OR("or", 1),
  AND("and", 2),
  EQUAL("=", 4),
  NOT_EQUAL("<>", 4),
  LESS("<", 4),
  LESS_OR_EQUAL("<=", 4),
  GREATER(">", 4),
  GREATER_OR_EQUAL(">=", 4),
  PLUS("+", 6),
  MINUS("-", 6),
  TIMES("*", 7),
  DIVIDE("/", 7),
  MODULO("%", 7);

  final String symbol;
  final int precedence;

  Infix(String symbol, int precedence) {
    this.symbol = symbol;
    this.precedence = precedence;
  }

  /** The operator of that symbol and precedence, or null. */
  static Infix find(String symbol, int precedence) {
    for (Infix infix : values()) {
      if (infix.precedence == precedence && infix.symbol.equals(symbol)) {
        return infix;
      }
    }
    return precedence == NOT_EQUAL.precedence && symbol.equals("!=") ? NOT_EQUAL : null;
  }

  boolean isComparison() {
    return precedence == EQUAL.precedence;
  }
}
