package dev.baton.operators.text;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.baton.engine.batch.Types;
import dev.baton.engine.operator.Operator;
import dev.baton.engine.testkit.OperatorContract;
import dev.baton.engine.testkit.RandomRows;
import dev.baton.engine.testkit.RandomRows.Mix;
import dev.baton.engine.testkit.Rows;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.arrow.vector.types.pojo.Schema;
import org.junit.jupiter.api.Test;

class SplitSentencesTest extends OperatorContract {
  /** Where a sentence ends in the texts made here. */
  private static final Pattern END =
      Pattern.compile(
          "(?<!\\bMr)(?<!\\b[A-Z])(?:\\.|[.!?…]*[!?…][.!?…]*|\\.{2,})[\"')\\]}_”’»」]*(?=\\s+[\\W]*+(?![\\p{Ll}]))",
          Pattern.UNICODE_CHARACTER_CLASS);

  private static final String[] PIECES = {
    "Yes",
    "no",
    "he",
    "É",
    "日本",
    "Mr. Smith",
    "J. Doe",
    "“Really?”",
    "ok.",
    "Oh!",
    "wait…",
    "7",
    "end.)",
    "Who?\"",
    "and",
    "so."
  };

  @Override
  protected Operator operator() {
    return new SplitSentences("remarks");
  }

  @Override
  protected Schema input() {
    return Rows.schema("id", Types.INT32, "remarks", Types.UTF8, "title", Types.UTF8);
  }

  @Override
  protected Rows rows(int count, long seed, Mix mix) {
    SplittableRandom random = new SplittableRandom(seed);
    return RandomRows.of(input(), count, seed, mix)
        .with(
            Types.field("remarks", Types.UTF8),
            "remarks",
            text -> text == null ? null : (Object) text(random));
  }

  private static String text(SplittableRandom random) {
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(12); i > 0; i--) {
      text.append(PIECES[random.nextInt(PIECES.length)])
          .append(random.nextInt(4) == 0 ? "  " : " ");
    }
    return text.toString();
  }

  @Override
  protected Rows expected(Rows seen, Rows rows) {
    List<Object[]> cells = new ArrayList<>();
    for (Object[] row : rows.cells()) {
      if (row[1] == null) {
        cells.add(row);
        continue;
      }
      for (String sentence : sentences((String) row[1])) {
        cells.add(new Object[] {row[0], sentence, row[2]});
      }
    }
    return new Rows(rows.schema(), cells);
  }

  private static List<String> sentences(String text) {
    List<String> sentences = new ArrayList<>();
    int from = 0;
    Matcher end = END.matcher(text);
    while (end.find()) {
      sentences.add(text.substring(from, end.end()).strip());
      from = end.end();
    }
    sentences.add(text.substring(from).strip());
    sentences.removeIf(String::isEmpty);
    return sentences;
  }

  private List<Object> split(String text) {
    return drive
        .transform(new SplitSentences("remarks"), Texts.remarks(List.of(text)))
        .column("remarks");
  }

  @Test
  void abbreviationsSpeechAndEllipsesAreKnown() {
    assertEquals(
        List.of(
            "“My dear Mr. Bennet,” said his lady, “have you heard?”",
            "J. K. Doe had not.",
            "\"How so?\" cried she...",
            "\"But it is.\"",
            "Single!!",
            "(Really.)",
            "At 3.14 p.m. he left… or not."),
        split(
            " “My dear Mr. Bennet,” said his lady, “have you heard?” J. K. Doe had not. \"How so?\""
                + " cried she... \"But it is.\"  Single!! (Really.)\nAt 3.14 p.m. he left… or not. "));
    assertEquals(List.of("これは本です。", "はい！", "Yes."), split("これは本です。はい！Yes."));
    assertEquals(List.of(), split(" \n "));
    assertEquals(List.of("no end"), split("no end"));
  }
}
