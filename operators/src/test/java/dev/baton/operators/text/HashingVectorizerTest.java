package dev.baton.operators.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.baton.engine.batch.Types;
import dev.baton.engine.operator.BindException;
import dev.baton.engine.operator.Columns;
import dev.baton.engine.operator.Operator;
import dev.baton.engine.operator.ValueException;
import dev.baton.engine.testkit.Drive;
import dev.baton.engine.testkit.OperatorContract;
import dev.baton.engine.testkit.RandomRows.Mix;
import dev.baton.engine.testkit.Rows;
import dev.baton.operators.Golden;
import dev.baton.operators.internal.Murmur3;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.arrow.vector.types.pojo.Schema;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HashingVectorizerTest extends OperatorContract {
  private static final int FEATURES = 100;

  @Override
  protected Operator operator() {
    return vectorizer(FEATURES, 1, 2, Norm.L2, true, Output.SPARSE, "remarks", "title");
  }

  private static HashingVectorizer vectorizer(
      int features, int min, int max, Norm norm, boolean signed, Output output, String... columns) {
    Analyzer analyzer = new Analyzer().withGrams(min, max);
    return new HashingVectorizer(
        Columns.of(columns), features, norm, signed, false, output, analyzer);
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
          result
              .with(
                  Types.listField(column + "_indices", Types.INT32),
                  column,
                  text -> text == null ? null : new ArrayList<>(vector((String) text).keySet()))
              .with(
                  Types.listField(column + "_values", Types.FLOAT32),
                  column,
                  text -> text == null ? null : new ArrayList<>(vector((String) text).values()))
              .without(column);
    }
    return result;
  }

  /** One- and two-grams with their signs, by l2. */
  private static Map<Integer, Float> vector(String text) {
    List<String> tokens = Texts.tokens(text, true);
    List<String> grams = new ArrayList<>(tokens);
    for (int i = 1; i < tokens.size(); i++) {
      grams.add(tokens.get(i - 1) + " " + tokens.get(i));
    }
    Map<Integer, Integer> counts = new TreeMap<>();
    for (String gram : grams) {
      int hash = hash(gram);
      counts.merge((int) (Math.abs((long) hash) % FEATURES), hash < 0 ? -1 : 1, Integer::sum);
    }
    counts.values().removeIf(count -> count == 0);
    double norm = Math.sqrt(counts.values().stream().mapToInt(count -> count * count).sum());
    Map<Integer, Float> vector = new TreeMap<>();
    counts.forEach((feature, count) -> vector.put(feature, (float) (count / norm)));
    return vector;
  }

  private static int hash(String text) {
    Scratch scratch = new Scratch();
    text.codePoints().forEach(scratch::put);
    return Murmur3.of(scratch.base(), scratch.size);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6})
  void givesWhatScikitLearnGives(int number) {
    List<String> lines = Golden.lines(String.format("hashing_%02d.tsv", number));
    String parameters = lines.get(0);
    String comma = parameters.equals("{}") ? "" : ", ";
    Rows texts = Texts.remarks(Golden.lines("texts.txt"));
    Rows rows = drive.fitAndTransform(Texts.operator("hashing-vectorizer", parameters), texts);
    Operator exact =
        Texts.operator("hashing-vectorizer", "{type: float64" + comma + parameters.substring(1));
    Rows exactRows = drive.fitAndTransform(exact, texts);
    for (int row = 0; row < rows.size(); row++) {
      Map<Integer, Double> expected = Texts.vector(lines.get(row + 1));
      Map<Integer, Double> actual = Texts.vector(exactRows, row);
      assertEquals(expected.keySet(), actual.keySet(), "row " + row);
      for (Map.Entry<Integer, Double> entry : expected.entrySet()) {
        double value = entry.getValue();
        double found = actual.get(entry.getKey());
        assertEquals(value, found, 1e-12 * Math.abs(value), row + ":" + entry.getKey());
      }
      expected.replaceAll((index, value) -> (double) (float) (double) value);
      assertEquals(expected, Texts.vector(rows, row), "row " + row);
    }
  }

  @Test
  void hashesAsMurmurHash3Does() {
    // The verification values of the reference implementation's users, seed 0.
    Map<String, Integer> hashes = Map.of("", 0, "hello", 0x248bfa47, "hello, world", 0x149bbb7f);
    hashes.forEach((text, hash) -> assertEquals(hash, hash(text), text));
  }

  @Test
  void aDenseVectorHoldsTheSameNumbers() {
    List<String> texts = new ArrayList<>(Golden.lines("texts.txt"));
    texts.add(3, null);
    Rows rows = Texts.remarks(texts);
    HashingVectorizer sparse = vectorizer(16, 1, 1, Norm.L1, true, Output.SPARSE, "remarks");
    HashingVectorizer dense = vectorizer(16, 1, 1, Norm.L1, true, Output.DENSE, "remarks");
    Rows expected = drive.transform(sparse, rows);
    Rows actual = drive.transform(dense, rows);
    assertEquals(List.of("remarks"), actual.names());
    for (int row = 0; row < rows.size(); row++) {
      List<Object> vector = null;
      if (expected.get(row, "remarks_indices") instanceof List<?> indices) {
        vector = new ArrayList<>(Collections.nCopies(16, 0f));
        for (int i = 0; i < indices.size(); i++) {
          vector.set(
              (Integer) indices.get(i), ((List<?>) expected.get(row, "remarks_values")).get(i));
        }
      }
      assertEquals(vector, actual.get(row, "remarks"), "row " + row);
    }
    assertEquals(null, actual.get(3, "remarks"));
  }

  @Test
  void eachFeatureCanBeAColumn() {
    Rows rows = Texts.remarks(Golden.lines("texts.txt"));
    HashingVectorizer dense = vectorizer(5, 1, 1, Norm.L2, true, Output.DENSE, "remarks");
    HashingVectorizer columns = vectorizer(5, 1, 1, Norm.L2, true, Output.COLUMNS, "remarks");
    Rows expected = drive.transform(dense, rows);
    Rows actual = drive.transform(columns, rows);
    assertEquals(
        List.of("remarks_0", "remarks_1", "remarks_2", "remarks_3", "remarks_4"), actual.names());
    for (int row = 0; row < rows.size(); row++) {
      List<?> vector = (List<?>) expected.get(row, "remarks");
      for (int i = 0; i < 5; i++) {
        assertEquals(vector.get(i), actual.get(row, "remarks_" + i), row + ":" + i);
      }
    }
  }

  @Test
  void tooManyColumnsAreAnError() {
    HashingVectorizer operator = vectorizer(5000, 1, 1, Norm.L2, true, Output.COLUMNS, "remarks");
    assertEquals(
        "column 'remarks' has 5000 features, but at most 4096 can be columns of their own; set"
            + " fewer features or a vocabulary's maxTerms, or output=sparse",
        assertThrows(
                BindException.class,
                () -> Drive.declared(operator, Rows.schema("remarks", Types.UTF8)))
            .getMessage());
  }

  @Test
  void denseVectorsThatDoNotFitAreAnError() {
    Rows rows = Texts.remarks(Arrays.asList("one", "two", "three"));
    HashingVectorizer operator = vectorizer(1 << 30, 1, 1, Norm.L2, true, Output.DENSE, "remarks");
    ValueException e = assertThrows(ValueException.class, () -> drive.transform(operator, rows));
    assertEquals(
        "dense vectors of 1073741824 features for 3 rows do not fit a column; set fewer features,"
            + " output=sparse or smaller batches",
        e.getMessage());
  }

  @Test
  void gramsThatCannotBeAreErrors() {
    assertEquals(
        "minGram must be at least 1 and at most maxGram, but they were 3 and 2",
        assertThrows(
                IllegalArgumentException.class,
                () -> vectorizer(8, 3, 2, Norm.L2, true, Output.SPARSE, "remarks"))
            .getMessage());
    assertEquals(
        "features must be at least 1 but was 0",
        assertThrows(
                IllegalArgumentException.class,
                () -> new HashingVectorizer(Columns.of("remarks"), 0))
            .getMessage());
  }

  @Test
  void valuesMustBeFloats() {
    HashingVectorizer plain = new HashingVectorizer(Columns.of("remarks"));
    assertEquals(
        "type must be float32 or float64 but was int32",
        assertThrows(
                IllegalArgumentException.class,
                () ->
                    new HashingVectorizer(
                        plain.columns(),
                        8,
                        Norm.L2,
                        true,
                        false,
                        Output.SPARSE,
                        new Analyzer(),
                        Types.INT32))
            .getMessage());
  }
}
