package dev.baton.operators.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.baton.engine.batch.Types;
import dev.baton.engine.operator.BindException;
import dev.baton.engine.operator.Columns;
import dev.baton.engine.operator.Operator;
import dev.baton.engine.testkit.OperatorContract;
import dev.baton.engine.testkit.RandomRows.Mix;
import dev.baton.engine.testkit.Rows;
import dev.baton.operators.Golden;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.arrow.vector.types.pojo.Schema;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TfidfVectorizerTest extends OperatorContract {
  @Override
  protected Operator operator() {
    return new TfidfVectorizer(Columns.of("remarks"));
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
  protected double tolerance() {
    return 1e-14;
  }

  @Override
  protected boolean accepts(Rows rows) {
    return !frequencies(rows).isEmpty();
  }

  /** In how many texts each token occurs. */
  private static SortedMap<String, Integer> frequencies(Rows rows) {
    TreeMap<String, Integer> found = new TreeMap<>(Texts.BY_CODE_POINT);
    for (Object text : rows.column("remarks")) {
      if (text != null) {
        new HashSet<>(Texts.tokens((String) text, true))
            .forEach(token -> found.merge(token, 1, Integer::sum));
      }
    }
    return found;
  }

  @Override
  protected Rows expected(Rows seen, Rows rows) {
    SortedMap<String, Integer> frequencies = frequencies(seen);
    long texts = seen.column("remarks").stream().filter(text -> text != null).count();
    List<Object> indices = new ArrayList<>();
    List<Object> values = new ArrayList<>();
    for (Object text : rows.column("remarks")) {
      if (text == null) {
        indices.add(null);
        values.add(null);
        continue;
      }
      TreeMap<String, Integer> counts = new TreeMap<>(Texts.BY_CODE_POINT);
      for (String token : Texts.tokens((String) text, true)) {
        if (frequencies.containsKey(token)) {
          counts.merge(token, 1, Integer::sum);
        }
      }
      Map<Integer, Double> vector = new TreeMap<>();
      counts.forEach(
          (token, count) ->
              vector.put(
                  frequencies.headMap(token).size(),
                  count * (Math.log((1.0 + texts) / (1 + frequencies.get(token))) + 1)));
      double norm = Math.sqrt(vector.values().stream().mapToDouble(x -> x * x).sum());
      indices.add(new ArrayList<>(vector.keySet()));
      values.add(new ArrayList<>(vector.values().stream().map(x -> x / norm).toList()));
    }
    return rows.with(Types.listField("remarks_indices", Types.INT32), indices)
        .with(Types.listField("remarks_values", Types.FLOAT64), values)
        .without("remarks");
  }

  @ParameterizedTest
  @ValueSource(ints = {7, 8, 9, 10, 11, 12})
  void givesWhatScikitLearnGives(int number) {
    List<String> lines = Golden.lines(String.format("vectors_%02d.tsv", number));
    Operator operator = Texts.operator("tfidf-vectorizer", lines.get(0).substring(18));
    Rows texts = Texts.remarks(Golden.lines("texts.txt"));
    Vectorizing fitted = (Vectorizing) drive.fit(operator, texts.schema(), List.of(texts));
    assertEquals(List.of(lines.get(1).split("\t", -1)), fitted.columns().get(0).terms());
    Rows rows = drive.transform(fitted, texts);
    for (int row = 0; row < rows.size(); row++) {
      Map<Integer, Double> expected = Texts.vector(lines.get(row + 2));
      Map<Integer, Double> actual = Texts.vector(rows, row);
      assertEquals(expected.keySet(), actual.keySet(), "row " + row);
      for (int index : expected.keySet()) {
        double value = expected.get(index);
        assertEquals(value, actual.get(index), 1e-12 * Math.abs(value), row + ":" + index);
      }
    }
  }

  @Test
  void aGivenTermThatNeverOccursHasAnInfiniteWeight() {
    Rows texts = Texts.remarks(List.of("one two", "one"));
    Operator operator =
        Texts.operator("tfidf-vectorizer", "{smooth: false, vocabulary: {terms: [one, three]}}");
    BindException e =
        assertThrows(BindException.class, () -> drive.fitAndTransform(operator, texts));
    assertEquals(
        "'three' occurs in no text of column 'remarks', so its weight is infinite; leave it out of"
            + " 'terms' or set smooth=true",
        e.getMessage());
  }
}
