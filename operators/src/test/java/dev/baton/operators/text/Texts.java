package dev.baton.operators.text;

import dev.baton.engine.batch.Types;
import dev.baton.engine.testkit.RandomRows;
import dev.baton.engine.testkit.RandomRows.Mix;
import dev.baton.engine.testkit.Rows;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.arrow.vector.types.pojo.Schema;

/** What the tests of the two text operators share. */
final class Texts {
  static final Schema SCHEMA = Rows.schema("remarks", Types.UTF8, "title", Types.UTF8);

  private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{N}_]+");
  private static final String[] PIECES = {
    "bird",
    "Strike",
    "ON",
    "a",
    "7",
    "_",
    "n2o",
    "ÉTÉ",
    "straße",
    "日本",
    "𝔘𝔫",
    "½",
    "Σ",
    "İ",
    "e\u0301",
    "ENGINE",
    "the",
    "windshield_wiper",
    "12345678901234567"
  };
  private static final String[] GAPS = {" ", " ", " ", ", ", ".", "-", "\n", "’", "😀", "  ", "\t"};

  private Texts() {}

  /** Sentences in place of the single words that the kit makes. */
  static Rows rows(int count, long seed, Mix mix) {
    Rows rows = RandomRows.of(SCHEMA, count, seed, mix);
    SplittableRandom random = new SplittableRandom(seed);
    for (String column : rows.names()) {
      rows =
          rows.with(
              Types.field(column, Types.UTF8),
              column,
              text -> text == null ? null : (Object) sentence(random));
    }
    return rows;
  }

  private static String sentence(SplittableRandom random) {
    // Half of them plain ASCII, so that both ways through the code are taken.
    boolean plain = random.nextBoolean();
    StringBuilder sentence = new StringBuilder();
    for (int i = random.nextInt(20); i > 0; i--) {
      String more = PIECES[random.nextInt(PIECES.length)] + GAPS[random.nextInt(GAPS.length)];
      sentence.append(plain ? more.replaceAll("[^\\x00-\\x7f]", "") : more);
    }
    return sentence.toString();
  }

  /** Tokens by a regular expression. */
  static List<String> tokens(String text, boolean lowercase) {
    List<String> tokens = new ArrayList<>();
    Matcher matcher = WORD.matcher(lowercase ? text.toLowerCase(Locale.ROOT) : text);
    while (matcher.find()) {
      if (matcher.group().codePointCount(0, matcher.group().length()) >= 2) {
        tokens.add(matcher.group());
      }
    }
    return tokens;
  }

  static Rows remarks(List<String> texts) {
    List<Object[]> cells = new ArrayList<>();
    texts.forEach(text -> cells.add(Rows.row(text)));
    return new Rows(Rows.schema("remarks", Types.UTF8), cells);
  }
}
