package dev.baton.operators.expression;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Cuts the text of an expression into tokens. */
final class Lexer {
  private static final Set<String> RESERVED =
      Set.of(
          "and", "or", "not", "is", "null", "in", "between", "like", "case", "when", "then", "else",
          "end", "true", "false", "as");
  private static final Set<String> LONG_SYMBOLS = Set.of("<>", "!=", "<=", ">=", "||");

  enum Sort {
    NUMBER,
    STRING,
    /** A bare name or keyword. */
    WORD,
    /** A double-quoted name. */
    NAME,
    SYMBOL,
    END
  }

  /**
   * @param text without quotes
   * @param at where it starts, from 0
   */
  record Token(Sort sort, String text, int at) {
    boolean isWord(String word) {
      return sort == Sort.WORD && text.equalsIgnoreCase(word);
    }

    boolean isSymbol(String symbol) {
      return sort == Sort.SYMBOL && text.equals(symbol);
    }

    boolean isReserved() {
      return sort == Sort.WORD && RESERVED.contains(text.toLowerCase(Locale.ROOT));
    }
  }

  private final String text;
  private int at;

  private Lexer(String text) {
    this.text = text;
  }

  /** The tokens of {@code text}, the last of them {@link Sort#END}. */
  static List<Token> tokens(String text) {
    Lexer lexer = new Lexer(text);
    List<Token> tokens = new ArrayList<>();
    do {
      tokens.add(lexer.next());
    } while (tokens.get(tokens.size() - 1).sort() != Sort.END);
    return tokens;
  }

  /** Whether a column of that name can be written without quotes. */
  static boolean isBareName(String name) {
    if (name.isEmpty()
        || !isNameStart(name.charAt(0))
        || RESERVED.contains(name.toLowerCase(Locale.ROOT))) {
      return false;
    }
    return name.chars().allMatch(c -> isNamePart((char) c));
  }

  private static boolean isNameStart(char c) {
    return Character.isLetter(c) || c == '_';
  }

  private static boolean isNamePart(char c) {
    return Character.isLetterOrDigit(c) || c == '_';
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  private Token next() {
    while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
      at++;
    }
    int start = at;
    if (at == text.length()) {
      return new Token(Sort.END, "", start);
    }
    char c = text.charAt(at);
    if (c == '\'') {
      return new Token(Sort.STRING, quoted('\''), start);
    }
    if (c == '"') {
      return new Token(Sort.NAME, quoted('"'), start);
    }
    if (isDigit(c) || (c == '.' && isDigit(peek(1)))) {
      number();
      return new Token(Sort.NUMBER, text.substring(start, at), start);
    }
    if (isNameStart(c)) {
      while (at < text.length() && isNamePart(text.charAt(at))) {
        at++;
      }
      return new Token(Sort.WORD, text.substring(start, at), start);
    }
    boolean isLong = at + 2 <= text.length() && LONG_SYMBOLS.contains(text.substring(at, at + 2));
    at += isLong ? 2 : 1;
    return new Token(Sort.SYMBOL, text.substring(start, at), start);
  }

  private char peek(int ahead) {
    return at + ahead < text.length() ? text.charAt(at + ahead) : '\0';
  }

  private String quoted(char mark) {
    int start = at++;
    StringBuilder content = new StringBuilder();
    while (at < text.length()) {
      char c = text.charAt(at++);
      if (c != mark) {
        content.append(c);
      } else if (peek(0) == mark) {
        content.append(mark);
        at++;
      } else {
        return content.toString();
      }
    }
    throw Parser.error(text, start, "this quote is never closed; write " + mark + mark + " inside");
  }

  private void number() {
    digits();
    if (peek(0) == '.') {
      at++;
      digits();
    }
    if (peek(0) == 'e' || peek(0) == 'E') {
      int sign = peek(1) == '+' || peek(1) == '-' ? 1 : 0;
      if (isDigit(peek(1 + sign))) {
        at += 1 + sign;
        digits();
      }
    }
    if (at < text.length() && isNamePart(text.charAt(at))) {
      throw Parser.error(text, at, "expected the end of a number but found '" + peek(0) + "'");
    }
  }

  private void digits() {
    while (isDigit(peek(0))) {
      at++;
    }
  }
}
