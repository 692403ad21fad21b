package dev.baton.operators.text;

import dev.baton.engine.batch.Types;
import dev.baton.engine.operator.Operator;
import dev.baton.engine.spec.Catalogue;
import dev.baton.engine.spec.PipelineFile;
import dev.baton.engine.testkit.RandomRows;
import dev.baton.engine.testkit.RandomRows.Mix;
import dev.baton.engine.testkit.Rows;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.arrow.vector.types.pojo.Schema;

/** What the tests of the text operators share. */
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

  /** An operator on {@code remarks} as a file has it, such as {@code tokenize} and {@code {}}. */
  static Operator operator(String name, String parameters) {
    return operator(name, "remarks", parameters);
  }

  /** The same on another column. */
  static Operator operator(String name, String column, String parameters) {
    String more = parameters.equals("{}") ? "}" : ", " + parameters.substring(1);
    String file =
        "source: {unread: {}}\nsteps:\n  - " + name + ": {columns: [" + column + "]" + more + "\n";
    return PipelineFile.parse(file, Path.of("x.yaml").toAbsolutePath(), Catalogue.load())
        .pipeline()
        .operators()
        .get(0);
  }

  /** The order of code points, in which Python sorts too. */
  static final Comparator<String> BY_CODE_POINT =
      Comparator.comparing(text -> text.getBytes(StandardCharsets.UTF_8), Arrays::compareUnsigned);

  /** Index and value of each entry of a line of a golden file, {@code 3:0.5} and so on. */
  static Map<Integer, Double> vector(String line) {
    Map<Integer, Double> vector = new TreeMap<>();
    for (String pair : line.isEmpty() ? new String[0] : line.split("\t")) {
      int colon = pair.indexOf(':');
      vector.put(
          Integer.valueOf(pair.substring(0, colon)), Double.valueOf(pair.substring(colon + 1)));
    }
    return vector;
  }

  /** The sparse vector of a row of {@code remarks}. */
  static Map<Integer, Double> vector(Rows rows, int row) {
    List<?> indices = (List<?>) rows.get(row, "remarks_indices");
    List<?> values = (List<?>) rows.get(row, "remarks_values");
    Map<Integer, Double> vector = new LinkedHashMap<>();
    for (int i = 0; i < indices.size(); i++) {
      vector.put((Integer) indices.get(i), ((Number) values.get(i)).doubleValue());
    }
    return vector;
  }

  /** A term as the golden files have it. */
  static String shown(Object term) {
    return ((String) term).replace("\t", "\\t");
  }
}
