package dev.baton.operators.encode;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.baton.engine.batch.Types;
import dev.baton.engine.operator.BindException;
import dev.baton.engine.operator.Columns;
import dev.baton.engine.operator.Operator;
import dev.baton.engine.testkit.OperatorContract;
import dev.baton.engine.testkit.Rows;
import dev.baton.operators.Golden;
import dev.baton.operators.text.Output;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.apache.arrow.vector.types.pojo.Schema;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FeatureHasherTest extends OperatorContract {
  @Override
  protected Operator operator() {
    return new FeatureHasher(
        Columns.of("colour", "number", "flagged", "size"), 7, true, Output.SPARSE, "f");
  }

  @Override
  protected Schema input() {
    return Categories.FLOAT_SCHEMA;
  }

  @Override
  protected Rows expected(Rows seen, Rows rows) {
    List<List<Integer>> indices = new ArrayList<>();
    List<List<Double>> values = new ArrayList<>();
    for (int row = 0; row < rows.size(); row++) {
      Map<Integer, Double> vector = vector(rows, row);
      indices.add(List.copyOf(vector.keySet()));
      values.add(List.copyOf(vector.values()));
    }
    return rows.with(Types.listField("f_indices", Types.INT32), indices)
        .with(Types.listField("f_values", Types.FLOAT64), values);
  }

  static Map<Integer, Double> vector(Rows rows, int row) {
    Map<Integer, Double> vector = new TreeMap<>();
    for (String column : rows.names()) {
      Object value = rows.get(row, column);
      if (value instanceof String text) {
        add(vector, column + "=" + text, 1);
      } else if (value instanceof Boolean flag) {
        add(vector, column, flag ? 1 : 0);
      } else if (value instanceof Number number && !Double.isNaN(number.doubleValue())) {
        add(vector, column, number.doubleValue());
      }
    }
    vector.values().removeIf(sum -> sum == 0);
    return vector;
  }

  private static void add(Map<Integer, Double> vector, String feature, double value) {
    int hash = murmur(feature.getBytes(StandardCharsets.UTF_8));
    if (value != 0) {
      vector.merge((int) (Math.abs((long) hash) % 7), hash < 0 ? -value : value, Double::sum);
    }
  }

  /** MurmurHash3 as its description goes, a byte at a time. */
  private static int murmur(byte[] bytes) {
    int hash = 0;
    int word = 0;
    for (int i = 0; i < bytes.length; i++) {
      word |= (bytes[i] & 0xFF) << 8 * (i % 4);
      if (i % 4 == 3) {
        hash = Integer.rotateLeft(hash ^ scrambled(word), 13) * 5 + 0xe6546b64;
        word = 0;
      }
    }
    hash ^= scrambled(word) ^ bytes.length;
    hash = (hash ^ hash >>> 16) * 0x85ebca6b;
    hash = (hash ^ hash >>> 13) * 0xc2b2ae35;
    return hash ^ hash >>> 16;
  }

  private static int scrambled(int word) {
    return Integer.rotateLeft(word * 0xcc9e2d51, 15) * 0x1b873593;
  }

  @ParameterizedTest
  @CsvSource({
    "0,sparse",
    "1,sparse",
    "2,sparse",
    "3,sparse",
    "0,dense",
    "1,dense",
    "3,dense",
    "0,columns",
    "1,columns",
    "3,columns"
  })
  void givesWhatScikitLearnGives(int number, String output) {
    List<Object[]> cells = new ArrayList<>();
    for (String[] line : Golden.table("feature_hasher_rows.tsv")) {
      cells.add(Rows.row(line[0], Long.valueOf(line[1]), Double.valueOf(line[2])));
    }
    Rows rows =
        new Rows(
            Rows.schema("word", Types.UTF8, "number", Types.INT64, "ratio", Types.FLOAT64), cells);
    List<String> lines = Golden.lines(String.format("feature_hasher_%02d.tsv", number));
    String[] parameters = lines.get(0).split("\t");
    int features = Integer.parseInt(parameters[0]);
    FeatureHasher operator =
        new FeatureHasher(
            Columns.all(),
            features,
            parameters[1].equals("True"),
            Output.valueOf(output.toUpperCase(Locale.ROOT)),
            "features");
    Rows hashed = drive.transform(operator, rows);
    for (int row = 0; row < rows.size(); row++) {
      int at = row;
      String found =
          switch (operator.output()) {
            case SPARSE ->
                written(
                    (List<?>) hashed.get(at, "features_indices"),
                    (List<?>) hashed.get(at, "features_values"));
            case DENSE -> written((List<?>) hashed.get(at, "features"), features);
            case COLUMNS ->
                written(
                    IntStream.range(0, features)
                        .mapToObj(i -> hashed.get(at, "features_" + i))
                        .toList(),
                    features);
          };
      assertEquals(lines.get(row + 1), found, "row " + row);
    }
  }

  private static String written(List<?> indices, List<?> values) {
    List<String> pairs = new ArrayList<>();
    for (int i = 0; i < indices.size(); i++) {
      pairs.add(indices.get(i) + ":" + values.get(i));
    }
    return String.join(" ", pairs);
  }

  private static String written(List<?> dense, int features) {
    assertEquals(features, dense.size());
    List<String> pairs = new ArrayList<>();
    for (int i = 0; i < features; i++) {
      if (!dense.get(i).equals(0.0)) {
        pairs.add(i + ":" + dense.get(i));
      }
    }
    return String.join(" ", pairs);
  }

  @Test
  void aColumnMustNotTakeThePlaceOfAnother() {
    Rows rows = Rows.of(Rows.schema("x", Types.UTF8, "f_1", Types.UTF8), Rows.row("a", "b"));
    FeatureHasher operator = new FeatureHasher(Columns.of("x"), 3, true, Output.COLUMNS, "f");
    assertEquals(
        "vectorizing of 'f' makes a column 'f_1', but there is one already; rename one of the two"
            + " before this stage",
        assertThrows(BindException.class, () -> drive.transform(operator, rows)).getMessage());
  }

  @Test
  void noFeaturesAreAnError() {
    assertEquals(
        "features must be at least 1 but was 0",
        assertThrows(
                IllegalArgumentException.class,
                () -> new FeatureHasher(Columns.of("x"), 0, true, Output.SPARSE, "f"))
            .getMessage());
  }
}
