package dev.baton.operators.text;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.baton.engine.batch.Types;
import dev.baton.engine.operator.Columns;
import dev.baton.engine.operator.Operator;
import dev.baton.engine.testkit.OperatorContract;
import dev.baton.engine.testkit.RandomRows.Mix;
import dev.baton.engine.testkit.Rows;
import dev.baton.operators.Golden;
import dev.baton.operators.text.NormalizeText.Blanks;
import dev.baton.operators.text.NormalizeText.Form;
import dev.baton.operators.text.NormalizeText.Letters;
import java.text.Normalizer;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import org.apache.arrow.vector.types.pojo.Schema;
import org.junit.jupiter.api.Test;

class NormalizeTextTest extends OperatorContract {
  @Override
  protected Operator operator() {
    return new NormalizeText(
        Columns.of("remarks", "title"), Form.NFKC, Letters.LOWER, Accents.UNICODE, Blanks.COLLAPSE);
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
              Types.field(column, Types.UTF8),
              column,
              text -> text == null ? null : (Object) normal((String) text));
    }
    return result;
  }

  private static String normal(String text) {
    String lower = Normalizer.normalize(text, Normalizer.Form.NFKC).toLowerCase(Locale.ROOT);
    String apart = Normalizer.normalize(lower, Normalizer.Form.NFKD).replaceAll("\\p{Mn}", "");
    String together = Normalizer.normalize(apart, Normalizer.Form.NFKC);
    return together.replaceAll("(?U)\\s+", " ").strip();
  }

  private List<Object> normal(Form form, Letters letters, Accents accents, List<String> texts) {
    NormalizeText operator =
        new NormalizeText(Columns.of("remarks"), form, letters, accents, Blanks.KEEP);
    return drive.transform(operator, Texts.remarks(texts)).column("remarks");
  }

  @Test
  void formsArePythons() {
    List<String> texts = Golden.lines("texts.txt");
    List<String[]> lines = Golden.table("forms.tsv");
    Form[] forms = {Form.NFC, Form.NFD, Form.NFKC, Form.NFKD};
    for (int form = 0; form < forms.length; form++) {
      List<Object> formed = normal(forms[form], Letters.KEEP, Accents.KEEP, texts);
      for (int i = 0; i < texts.size(); i++) {
        assertEquals(lines.get(i)[form], Texts.shown(formed.get(i)), forms[form] + " " + i);
      }
    }
    assertEquals(texts, normal(Form.KEEP, Letters.KEEP, Accents.KEEP, texts));
  }

  @Test
  void caseFoldingIsPythonsForEveryCharacter() {
    String[] folded = new String[Character.MAX_CODE_POINT + 1];
    for (String[] line : Golden.table("casefold.tsv")) {
      StringBuilder to = new StringBuilder();
      for (String letter : line[1].split(" ")) {
        to.appendCodePoint(Integer.parseInt(letter, 16));
      }
      folded[Integer.parseInt(line[0], 16)] = to.toString();
    }
    BitSet assigned = ranges("assigned.tsv");
    for (int letter = 0x80; letter < folded.length; letter++) {
      // What is newer than Python 3.11 or this JDK need not agree.
      if (Character.isDefined(letter) && folded[letter] != null) {
        String text = Character.toString(letter);
        assertEquals(folded[letter], CaseFold.fold(text), Integer.toHexString(letter));
      } else if (assigned.get(letter)
          && letter < 0x2C00
          && Character.getType(letter) != Character.SURROGATE) {
        String text = Character.toString(letter);
        assertEquals(text, CaseFold.fold(text), Integer.toHexString(letter));
      }
    }
  }

  /** Ranges of characters, as Python 3.11 knows them; what is newer is of no concern. */
  private static BitSet ranges(String file) {
    BitSet set = new BitSet();
    for (String[] range : Golden.table(file)) {
      set.set(Integer.parseInt(range[0], 16), Integer.parseInt(range[1], 16) + 1);
    }
    return set;
  }

  @Test
  void combiningCharactersArePythons() {
    BitSet combining = ranges("combining.tsv");
    BitSet assigned = ranges("assigned.tsv");
    for (int letter = 0x80; letter <= 0xE0FFF; letter++) {
      String text = Character.toString(letter);
      boolean mark =
          assigned.get(letter) && Character.getType(letter) == Character.NON_SPACING_MARK;
      if (mark && Normalizer.isNormalized(text, Normalizer.Form.NFKD) && letter < 0x10000) {
        String left = Accents.UNICODE.strip("é" + text).substring(1);
        assertEquals(combining.get(letter) ? "" : text, left, Integer.toHexString(letter));
      }
    }
  }

  @Test
  void accentsAreStrippedAsScikitLearnDoes() {
    List<String> texts = List.of("Ångström naïve ½ ﬁ", "日本 が", "plain");
    assertEquals(
        List.of("Angstrom naive 1\u20442 fi", "日本 か", "plain"),
        normal(Form.KEEP, Letters.KEEP, Accents.UNICODE, texts));
    assertEquals(
        List.of("Angstrom naive 12 fi", " ", "plain"),
        normal(Form.KEEP, Letters.KEEP, Accents.ASCII, texts));
  }

  @Test
  void blanksAtTheEndsCanGoAlone() {
    Rows texts = Texts.remarks(List.of(" \ta  b ", "\u00a0é\u2003 b\n", " ", ""));
    NormalizeText trim =
        new NormalizeText(
            Columns.of("remarks"), Form.KEEP, Letters.KEEP, Accents.KEEP, Blanks.TRIM);
    assertEquals(
        List.of("a  b", "é\u2003 b", "", ""), drive.transform(trim, texts).column("remarks"));
  }

  @Test
  void foldedTextsAreEqualThatDifferInCase() {
    assertEquals(
        List.of("strasse", "strasse", "σίσυφοσ", "σίσυφοσ"),
        normal(
            Form.NFC,
            Letters.FOLD,
            Accents.KEEP,
            List.of("Straße", "STRASSE", "Σίσυφος", "ΣΊΣΥΦΟΣ")));
  }
}
