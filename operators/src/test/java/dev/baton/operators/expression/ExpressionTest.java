package dev.baton.operators.expression;

import static dev.baton.operators.expression.Expression.call;
import static dev.baton.operators.expression.Expression.column;
import static dev.baton.operators.expression.Expression.literal;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExpressionTest {

  /** Left as written, right as printed, with as few parentheses as will do. */
  @ParameterizedTest
  @CsvSource(
      delimiterString = " | ",
      quoteCharacter = '`',
      value = {
        "a+b*c | a + b * c",
        "(a+b)*c | (a + b) * c",
        "a-(b-c) | a - (b - c)",
        "((a-b)-c) | a - b - c",
        "-a | -a",
        "-(1) | -(1)",
        "- 1.5e3 | -1500.0",
        "- -a | - -a",
        "--(-1) | - - -1",
        "-(a + -(b * c)) | -(a + -(b * c))",
        "2 - -1 | 2 - -1",
        "a OR b AND NOT c | a or b and not c",
        "not (a = b) | not a = b",
        "(not a is null) = b | (a is not null) = b",
        "(not a) = b | (not a) = b",
        "a != 1 | a <> 1",
        "a is not null | a is not null",
        "not a in (1, 2) | a not in (1, 2)",
        "a between 1 and 2 and b | a between 1 and 2 and b",
        "not s like 'x%' and not b between 1 and 2 | s not like 'x%' and b not between 1 and 2",
        "s = 'it''s' | s = 'it''s'",
        "\"Flight Date\" = date '2020-01-31' | \"Flight Date\" = date '2020-01-31'",
        "\"a\" | a",
        "\"null\" is null | \"null\" is null",
        "\"say \"\"x\"\"\" | \"say \"\"x\"\"\"",
        "timestamp '2020-01-31 10:00:00' | timestamp '2020-01-31T10:00'",
        "a || b || 'c' | a || b || 'c'",
        "concat(a, concat(b, 'c')) | a || (b || 'c')",
        "concat(a, b, 'c') || a + 1 = b | concat(a, b, 'c') || a + 1 = b",
        "-(a || b) | -(a || b)",
        "case when a then 1 end | case when a then 1 else null end",
        "CAST(a AS float64) | cast(a as float64)",
        "Coalesce(a, .5) | coalesce(a, 0.5)",
        "date | date",
        "-9223372036854775808 | -9223372036854775808",
        "true and FALSE | true and false",
      })
  void printsWhatItParsed(String text, String printed) {
    Expression parsed = Expression.parse(text);
    assertEquals(printed, parsed.toString());
    assertEquals(parsed, Expression.parse(printed));
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = " | ",
      quoteCharacter = '`',
      value = {
        "a +* b | at 4: expected a value but found '*'",
        "a + | at 4: expected a value but found the end",
        "a b | at 3: expected an operator or the end but found 'b'",
        "(a | at 3: expected ')' but found the end",
        "lowr(a) | at 1: unknown function 'lowr', did you mean 'lower'?",
        "1 + floor() | at 5: floor takes 1 argument but was given 0",
        "nullif(a) | at 1: nullif takes 2 arguments but was given 1",
        "substring(a) | at 1: substring takes 2 to 3 arguments but was given 1",
        "coalesce() | at 1: coalesce takes at least 1 argument but was given 0",
        "cast(a as flaot64) | at 11: unknown type 'flaot64', did you mean 'float64'?",
        "a = 'x | at 5: this quote is never closed; write '' inside",
        "a not 5 | at 7: expected in, between or like but found '5'",
        "a is 5 | at 6: expected 'null' but found '5'",
        "a in (1 2) | at 9: expected ',' or ')' but found '2'",
        "a like b | at 8: expected a pattern in quotes but found 'b'",
        "case a when 1 then 2 end | at 6: expected 'when' but found 'a'",
        "date '2020-13-01' | at 6: expected a date like '2020-01-31' but found '2020-13-01'",
        "12abc | at 3: expected the end of a number but found 'a'",
        "9223372036854775808 | at 1: 9223372036854775808 does not fit int64; write it with a decimal point",
        "a = b = c | at 7: expected an operator or the end but found '='",
        "a & b | at 3: expected an operator or the end but found '&'",
      })
  void saysWhereAndWhyItCannotParse(String text, String problem) {
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> Expression.parse(text));
    assertEquals("expression '" + text + "', " + problem, e.getMessage());
  }

  @Test
  void showsOnlyTheSurroundingsOfAnErrorInALongText() {
    String text = "a + ".repeat(30) + "* b" + " + c".repeat(30);
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> Expression.parse(text));
    String excerpt = "…" + "a + ".repeat(10) + "* b" + " + c".repeat(9) + " …";
    assertEquals(
        "expression '" + excerpt + "', at 121: expected a value but found '*'", e.getMessage());
  }

  @ParameterizedTest
  @ValueSource(strings = {"(", "-", "not ", "case when ", "abs("})
  void refusesToBeNestedWithoutEnd(String opening) {
    IllegalArgumentException e =
        assertThrows(
            IllegalArgumentException.class, () -> Expression.parse(opening.repeat(100_000)));
    assertEquals(
        "nested more than 200 deep", e.getMessage().substring(e.getMessage().indexOf("nested")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"not ", "- ", "(a - ", "a = (b or "})
  void whatIsJustNotTooDeepIsPrintedAsDeep(String opening) {
    String closing = opening.contains("(") ? ")" : "";
    for (String inner : List.of("a", "a in (1)", "a not in (1)", "a not like 'x'")) {
      Expression deepest = null;
      for (int depth = 190; depth <= 200; depth++) {
        String value = opening.equals("- ") ? "(" + inner + ")" : inner;
        try {
          deepest = Expression.parse(opening.repeat(depth) + value + closing.repeat(depth));
        } catch (IllegalArgumentException e) {
          assertTrue(e.getMessage().endsWith("nested more than 200 deep"), e.getMessage());
        }
      }
      assertEquals(deepest, Expression.parse(deepest.toString()));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"+", "||", "and"})
  void aThousandOperatorsAreEnough(String operator) {
    String most = "a" + (" " + operator + " a").repeat(1000);
    assertEquals(most, Expression.parse(most).toString());
    IllegalArgumentException e =
        assertThrows(
            IllegalArgumentException.class, () -> Expression.parse(most + " " + operator + " a"));
    assertTrue(e.getMessage().endsWith(": more than 1000 operators"), e.getMessage());
  }

  @Test
  void aTreeBuiltInJavaEqualsTheOneParsed() {
    Expression built =
        column("price")
            .times(column("count"))
            .greaterThan(literal(100))
            .and(call("lower", column("name")).equalTo(literal("x")).not());
    assertEquals(Expression.parse("price * count > 100 and not lower(name) = 'x'"), built);
  }

  @Test
  void aLiteralIsOfAKnownClassAndFinite() {
    assertEquals(
        "no literal can be a java.lang.Object",
        assertThrows(IllegalArgumentException.class, () -> literal(new Object())).getMessage());
    assertEquals(
        "a literal must be finite but was NaN; use cast('NaN' as float64) or cast('Infinity' as"
            + " float64)",
        assertThrows(IllegalArgumentException.class, () -> literal(Double.NaN)).getMessage());
  }
}
