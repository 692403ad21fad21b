package dev.baton.operators.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.baton.engine.batch.Batch;
import dev.baton.engine.batch.Types;
import dev.baton.engine.operator.Columns;
import dev.baton.engine.operator.Kernel;
import dev.baton.engine.operator.Operator;
import dev.baton.engine.testkit.Drive;
import dev.baton.engine.testkit.FakeContext;
import dev.baton.engine.testkit.OperatorContract;
import dev.baton.engine.testkit.RandomRows.Mix;
import dev.baton.engine.testkit.Rows;
import dev.baton.operators.Golden;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.regex.Pattern;
import org.apache.arrow.vector.types.pojo.Schema;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;

class TokenizeTest extends OperatorContract {
  @Override
  protected Operator operator() {
    return new Tokenize(Columns.of("remarks", "title"));
  }

  @Override
  protected Schema input() {
    return Texts.SCHEMA;
  }

  @Override
  protected Rows rows(int count, long seed, Mix mix) {
    return Texts.rows(count, seed, mix);
  }

  @Override
  protected Rows expected(Rows seen, Rows rows) {
    Rows result = rows;
    for (String column : rows.names()) {
      result =
          result.with(
              Types.listField(column, Types.UTF8),
              column,
              text -> text == null ? null : Texts.tokens((String) text, true));
    }
    return result;
  }

  private List<Object> tokens(Tokenize operator, String... texts) {
    return drive.transform(operator, Texts.remarks(List.of(texts))).column("remarks");
  }

  private static Tokenize tokenize(String pattern, boolean lowercase, Integer minLength) {
    Pattern compiled = pattern == null ? null : Pattern.compile(pattern);
    return new Tokenize(Columns.of("remarks"), compiled, lowercase, minLength);
  }

  @Test
  void givesWhatScikitLearnGives() {
    List<String> texts = Golden.lines("texts.txt");
    List<Object> tokens = tokens(tokenize(null, true, null), texts.toArray(String[]::new));
    List<String> lines = Golden.lines("tokens.tsv");
    for (int i = 0; i < texts.size(); i++) {
      List<String> line = lines.get(i).isEmpty() ? List.of() : List.of(lines.get(i).split("\t"));
      assertEquals(line, tokens.get(i), texts.get(i));
    }
  }

  @Test
  void caseCanBeKeptAndShortTokensToo() {
    assertEquals(
        List.of(List.of("A", "Bird", "É", "x")), tokens(tokenize(null, false, 1), "A Bird: É, x"));
    assertEquals(
        List.of(List.of("bird"), List.of("été_")),
        tokens(tokenize(null, true, 4), "A Bird", "été_ thé"));
  }

  @Test
  void aPatternOrItsGroupIsTheToken() {
    assertEquals(
        List.of(List.of("a-b", "c"), List.of("é")),
        tokens(tokenize("[^ ]+", true, null), "A-B  C ", "É"));
    assertEquals(
        List.of(List.of("one", "two")), tokens(tokenize("#(\\w+)", true, null), "#one x #two"));
    assertEquals(List.of(List.of()), tokens(tokenize("x*", true, null), "aaa"));
  }

  @Test
  void operatorsWithTheSamePatternAreEqual() {
    Columns columns = new Columns.Matching(Pattern.compile("t.*"));
    for (Pattern pattern : Arrays.asList(null, Pattern.compile("a+"), Pattern.compile("a+", 2))) {
      Pattern same = pattern == null ? null : Pattern.compile("a+", pattern.flags());
      Columns sameColumns = new Columns.Matching(Pattern.compile("t.*"));
      Tokenize one = new Tokenize(columns, pattern, true, 3);
      assertEquals(one, new Tokenize(sameColumns, same, true, 3));
      assertEquals(one.hashCode(), new Tokenize(sameColumns, same, true, 3).hashCode());
      assertNotEquals(one, new Tokenize(columns, Pattern.compile("a+", 8), true, 3));
      assertNotEquals(one, new Tokenize(columns, Pattern.compile("b"), true, 3));
      assertNotEquals(one, new Tokenize(columns, same, false, 3));
      assertNotEquals(one, new Tokenize(columns, same, true, null));
      assertNotEquals(
          one, new Tokenize(new Columns.Matching(Pattern.compile("s.*")), same, true, 3));
      HashingVectorizer two = vectorizer(columns, pattern, 9);
      assertEquals(two, vectorizer(sameColumns, same, 9));
      assertEquals(two.hashCode(), vectorizer(sameColumns, same, 9).hashCode());
      assertNotEquals(two, vectorizer(columns, same, 8));
      assertNotEquals(two, vectorizer(columns, Pattern.compile("b"), 9));
    }
  }

  private static HashingVectorizer vectorizer(Columns columns, Pattern pattern, int features) {
    return new HashingVectorizer(
        columns,
        features,
        1,
        1,
        HashingVectorizer.Norm.L1,
        true,
        HashingVectorizer.Output.DENSE,
        pattern,
        true,
        null);
  }

  @Test
  void twoGroupsAreAnError() {
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> tokenize("(a)(b)", true, null));
    assertEquals(
        "pattern must have at most one group, which is the token, but was (a)(b); write (?:…) for"
            + " the others",
        e.getMessage());
    assertEquals(
        "minLength must be at least 1 but was 0",
        assertThrows(IllegalArgumentException.class, () -> tokenize(null, true, 0)).getMessage());
  }

  @Test
  void longTextsPassCheckpoints() throws Exception {
    FakeContext context = new FakeContext(allocator);
    Rows rows = Texts.remarks(Collections.nCopies(100, "a long text ".repeat(1000)));
    try (Kernel kernel =
            Drive.bind(tokenize(null, true, null), rows.schema()).kernels().open(context);
        Batch batch = rows.batch(allocator)) {
      kernel.apply(batch);
    }
    Assertions.assertTrue(context.checkpoints() > 20, "one per 32 KiB of 1.2 MB");
  }
}
