package dev.baton.operators.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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

  private List<Object> terms(Operator operator, String... texts) {
    return drive.fitAndTransform(operator, Texts.remarks(List.of(texts))).column("remarks");
  }

  private List<Object> terms(Analyzer analyzer, String... texts) {
    return terms(new Tokenize(Columns.of("remarks"), analyzer), texts);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11})
  void givesWhatScikitLearnGives(int number) {
    List<String> lines = Golden.lines(String.format("terms_%02d.tsv", number));
    String parameters = lines.get(0).equals("{}") ? "{}" : "{analyzer: " + lines.get(0) + "}";
    List<String> texts = Golden.lines("texts.txt");
    List<Object> terms =
        terms(Texts.operator("tokenize", parameters), texts.toArray(String[]::new));
    for (int i = 0; i < texts.size(); i++) {
      String line = String.join("\t", ((List<?>) terms.get(i)).stream().map(Texts::shown).toList());
      assertEquals(lines.get(i + 1), line, texts.get(i));
    }
  }

  @Test
  void wordCharactersArePythonsAndDifferFromJavasAsTheJavadocSays() {
    Pattern java =
        Pattern.compile(
            "[\\w&&[^\\p{M}\\p{Pc}\\p{Cf}\\p{So}]]|_|\\p{No}", Pattern.UNICODE_CHARACTER_CLASS);
    for (int letter = 0; letter <= Character.MAX_CODE_POINT; letter++) {
      if (Character.isDefined(letter)) {
        assertEquals(
            java.matcher(Character.toString(letter)).matches(),
            Characters.isWord(letter),
            Integer.toHexString(letter));
      }
    }
  }

  @Test
  void caseCanBeKeptAndShortTokensToo() {
    Analyzer keep =
        new Analyzer(Unit.WORD, null, false, Accents.KEEP, 1, new StopList.None(), 1, 1);
    assertEquals(List.of(List.of("A", "Bird", "É", "x")), terms(keep, "A Bird: É, x"));
    Analyzer four = new Analyzer(Unit.WORD, null, true, Accents.KEEP, 4, new StopList.None(), 1, 1);
    assertEquals(List.of(List.of("bird"), List.of("été_")), terms(four, "A Bird", "été_ thé"));
  }

  @Test
  void aPatternOrItsGroupIsTheToken() {
    Analyzer pattern = new Analyzer().withPattern(Pattern.compile("[^ ]+"));
    assertEquals(List.of(List.of("a-b", "c"), List.of("é")), terms(pattern, "A-B  C ", "É"));
    Analyzer group = new Analyzer().withPattern(Pattern.compile("#(\\w+)"));
    assertEquals(List.of(List.of("one", "two")), terms(group, "#one x #two"));
    assertEquals(
        List.of(List.of()), terms(new Analyzer().withPattern(Pattern.compile("x*")), "aaa"));
  }

  @Test
  void aListOfTextsIsTakenAsTokens() {
    Schema schema = new Schema(List.of(Types.listField("remarks", Types.UTF8)));
    List<Object[]> cells =
        List.of(
            Rows.row(List.of("A", "the", "Été!", "x y")),
            Rows.row((Object) null),
            Rows.row(List.of()));
    Analyzer analyzer =
        new Analyzer().withGrams(1, 2).withStopWords(new StopList.Words(List.of("the")));
    Rows terms =
        drive.transform(new Tokenize(Columns.of("remarks"), analyzer), new Rows(schema, cells));
    assertEquals(
        Arrays.asList(List.of("A", "Été!", "x y", "A Été!", "Été! x y"), null, List.of()),
        terms.column("remarks"));
  }

  @Test
  void analyzersWithTheSamePatternAreEqual() {
    for (Pattern pattern : Arrays.asList(null, Pattern.compile("a+"), Pattern.compile("a+", 2))) {
      Pattern same = pattern == null ? null : Pattern.compile("a+", pattern.flags());
      Analyzer one = new Analyzer().withPattern(pattern);
      assertEquals(one, new Analyzer().withPattern(same));
      assertEquals(one.hashCode(), new Analyzer().withPattern(same).hashCode());
      assertNotEquals(one, new Analyzer().withPattern(Pattern.compile("a+", 8)));
      assertNotEquals(one, new Analyzer().withPattern(Pattern.compile("b")));
      assertNotEquals(one, one.withGrams(1, 2));
      assertNotEquals(one, one.withStopWords(new StopList.English()));
    }
  }

  @Test
  void whatCannotBeIsAnError() {
    refused(
        "pattern must have at most one group, which is the token, but was (a)(b); write (?:…) for"
            + " the others",
        () -> new Analyzer().withPattern(Pattern.compile("(a)(b)")));
    refused(
        "minLength must be at least 1 but was 0",
        () -> new Analyzer(Unit.WORD, null, true, Accents.KEEP, 0, new StopList.None(), 1, 1));
    refused(
        "minGram must be at least 1 and at most maxGram, but they were 3 and 2",
        () -> new Analyzer().withGrams(3, 2));
    refused(
        "pattern, minLength and stopWords are about words; set unit=word or leave them out",
        () -> new Analyzer().withStopWords(new StopList.English()).withUnit(Unit.CHAR));
  }

  private static void refused(String message, org.junit.jupiter.api.function.Executable making) {
    assertEquals(message, assertThrows(IllegalArgumentException.class, making).getMessage());
  }

  @Test
  void longTextsPassCheckpoints() throws Exception {
    FakeContext context = new FakeContext(allocator);
    Rows rows = Texts.remarks(Collections.nCopies(100, "a long text ".repeat(1000)));
    Tokenize operator = new Tokenize(Columns.of("remarks"));
    try (Kernel kernel = Drive.bind(operator, rows.schema()).kernels().open(context);
        Batch batch = rows.batch(allocator)) {
      kernel.apply(batch);
    }
    assertTrue(context.checkpoints() > 20, "one per 32 KiB of 1.2 MB");
  }
}
