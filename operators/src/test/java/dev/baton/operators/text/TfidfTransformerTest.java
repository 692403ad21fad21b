package dev.baton.operators.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.baton.engine.batch.Types;
import dev.baton.engine.operator.BindException;
import dev.baton.engine.operator.Columns;
import dev.baton.engine.operator.Operator;
import dev.baton.engine.operator.Transform;
import dev.baton.engine.operator.ValueException;
import dev.baton.engine.testkit.Drive;
import dev.baton.engine.testkit.OperatorContract;
import dev.baton.engine.testkit.RandomRows.Mix;
import dev.baton.engine.testkit.Rows;
import dev.baton.operators.Golden;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.apache.arrow.vector.types.pojo.Schema;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TfidfTransformerTest extends OperatorContract {
  private static final Schema SCHEMA =
      new Schema(
          List.of(
              Types.field("id", Types.INT32),
              Types.listField("t_indices", Types.INT32),
              Types.listField("t_values", Types.FLOAT32),
              Types.listField("d", Types.INT32)));

  @Override
  protected Operator operator() {
    return new TfidfTransformer(Columns.of("t_values", "d"));
  }

  @Override
  protected Schema input() {
    return SCHEMA;
  }

  @Override
  protected Set<String> namedColumns() {
    return Set.of("t_values", "d");
  }

  /** Sparse vectors of up to six of 20 features, and dense ones of four. */
  @Override
  protected Rows rows(int count, long seed, Mix mix) {
    SplittableRandom random = new SplittableRandom(seed);
    List<Object[]> cells = new ArrayList<>();
    for (int row = 0; row < count; row++) {
      boolean nothing =
          mix == Mix.ONLY_NULLS || (mix == Mix.ALL || mix == Mix.NULLS) && random.nextInt(5) == 0;
      List<Object> indices = new ArrayList<>();
      List<Object> values = new ArrayList<>();
      for (int i = random.nextInt(4); i < 20 && indices.size() < 6; i += 1 + random.nextInt(6)) {
        indices.add(i);
        values.add((float) (random.nextInt(5) - 1));
      }
      List<Object> dense = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        dense.add(random.nextInt(3));
      }
      cells.add(nothing ? Rows.row(row, null, null, null) : Rows.row(row, indices, values, dense));
    }
    return new Rows(SCHEMA, cells);
  }

  @Override
  protected double tolerance() {
    return 1e-14;
  }

  @Override
  protected Rows expected(Rows seen, Rows rows) {
    return weighed(seen, weighed(seen, rows, "t_values", "t_indices"), "d", null);
  }

  private static Rows weighed(Rows seen, Rows rows, String column, String indices) {
    Map<Object, Integer> documents = new HashMap<>();
    int all = 0;
    for (int row = 0; row < seen.size(); row++) {
      if (seen.get(row, column) instanceof List<?> values) {
        all++;
        for (int i = 0; i < values.size(); i++) {
          if (((Number) values.get(i)).doubleValue() != 0) {
            documents.merge(feature(seen, row, indices, i), 1, Integer::sum);
          }
        }
      }
    }
    List<Object> weighed = new ArrayList<>();
    for (int row = 0; row < rows.size(); row++) {
      if (!(rows.get(row, column) instanceof List<?> values)) {
        weighed.add(null);
        continue;
      }
      List<Double> vector = new ArrayList<>();
      for (int i = 0; i < values.size(); i++) {
        int having = documents.getOrDefault(feature(rows, row, indices, i), 0);
        double weight = Math.log((1.0 + all) / (1 + having)) + 1;
        vector.add(((Number) values.get(i)).doubleValue() * weight);
      }
      double norm = Math.sqrt(vector.stream().mapToDouble(x -> x * x).sum());
      vector.replaceAll(x -> norm > 0 ? x / norm : x);
      weighed.add(vector);
    }
    return rows.with(Types.listField(column, Types.FLOAT64), weighed);
  }

  private static Object feature(Rows rows, int row, String indices, int place) {
    return indices == null ? (Integer) place : ((List<?>) rows.get(row, indices)).get(place);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 4, 5})
  void givesWhatScikitLearnGives(int number) {
    List<String> lines = Golden.lines(String.format("tfidf_%02d.tsv", number));
    boolean hashed = lines.get(0).startsWith("hashed");
    Rows texts = Texts.remarks(Golden.lines("texts.txt"));
    Operator counter =
        hashed
            ? Texts.operator("hashing-vectorizer", "{features: 64, norm: none}")
            : new CountVectorizer(Columns.of("remarks"));
    Rows counts = drive.fitAndTransform(counter, texts);
    String parameters = lines.get(0).substring("counts: ".length());
    Operator operator = Texts.operator("tfidf-transformer", "remarks_values", parameters);
    Rows rows = drive.fitAndTransform(operator, counts);
    for (int row = 0; row < rows.size(); row++) {
      Map<Integer, Double> expected = Texts.vector(lines.get(row + 1));
      Map<Integer, Double> actual = Texts.vector(rows, row);
      assertEquals(expected.keySet(), actual.keySet(), "row " + row);
      for (int index : expected.keySet()) {
        double value = expected.get(index);
        assertEquals(value, actual.get(index), 1e-12 * Math.abs(value), row + ":" + index);
      }
    }
  }

  @Test
  void anUnseenFeatureHasAnInfiniteWeightWithoutSmoothing() {
    Schema schema = new Schema(List.of(Types.listField("d", Types.INT32)));
    Rows seen = Rows.of(schema, Rows.row(List.of(1, 0)));
    Rows other = Rows.of(schema, Rows.row(List.of(1, 0)), Rows.row(List.of(1, 1)));
    TfidfTransformer operator =
        new TfidfTransformer(Columns.of("d"), true, false, false, Norm.NONE);
    Transform fitted = drive.fit(operator, schema, List.of(seen));
    ValueException e = assertThrows(ValueException.class, () -> drive.transform(fitted, other));
    assertEquals(1, e.row());
    assertEquals(
        "feature 1 was not seen at fit, so its weight is infinite; set smooth=true",
        e.getMessage());
  }

  @Test
  void whatIsNoVectorIsAnError() {
    assertEquals(
        "column 'x' is int32 but must be a list of numbers; put a count-vectorizer or"
            + " hashing-vectorizer before this stage, and name its values",
        assertThrows(
                BindException.class,
                () ->
                    Drive.declared(
                        new TfidfTransformer(Columns.of("x")), Rows.schema("x", Types.INT32)))
            .getMessage());
    Rows uneven =
        Rows.of(
            new Schema(
                List.of(
                    Types.listField("t_indices", Types.INT32),
                    Types.listField("t_values", Types.FLOAT64))),
            Rows.row(List.of(1), List.of(1.0, 2.0)));
    ValueException e =
        assertThrows(
            ValueException.class,
            () -> drive.fitAndTransform(new TfidfTransformer(Columns.of("t_values")), uneven));
    assertEquals(
        "expected as many indices as 't_values' has values, 2, but there are 1", e.getMessage());
  }
}
