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
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.arrow.vector.types.pojo.Schema;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CountVectorizerTest extends OperatorContract {
  private static final int MIN = 2;
  private static final double MAX = 0.7;
  private static final int TERMS = 15;

  @Override
  protected Operator operator() {
    Vocabulary vocabulary =
        new Vocabulary(
            DocumentFrequency.count(MIN), DocumentFrequency.share(MAX), TERMS, List.of());
    return new CountVectorizer(
        Columns.of("remarks", "title"), vocabulary, false, Output.SPARSE, new Analyzer());
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
  protected boolean accepts(Rows rows) {
    return rows.names().stream().noneMatch(column -> vocabulary(rows.column(column)).isEmpty());
  }

  /** The terms of a column that stay within the limits, in the order of their code points. */
  private static List<String> vocabulary(List<Object> texts) {
    Map<String, Integer> documents = new TreeMap<>(Texts.BY_CODE_POINT);
    Map<String, Integer> occurrences = new TreeMap<>();
    int count = 0;
    for (Object text : texts) {
      if (text != null) {
        count++;
        List<String> tokens = Texts.tokens((String) text, true);
        new HashSet<>(tokens).forEach(token -> documents.merge(token, 1, Integer::sum));
        tokens.forEach(token -> occurrences.merge(token, 1, Integer::sum));
      }
    }
    double most = MAX * count;
    documents.values().removeIf(found -> found < MIN || found > most);
    List<String> terms = new ArrayList<>(documents.keySet());
    terms.sort((a, b) -> occurrences.get(b) - occurrences.get(a));
    terms = new ArrayList<>(terms.subList(0, Math.min(TERMS, terms.size())));
    terms.sort(Texts.BY_CODE_POINT);
    return terms;
  }

  @Override
  protected Rows expected(Rows seen, Rows rows) {
    Rows result = rows;
    for (String column : rows.names()) {
      List<String> vocabulary = vocabulary(seen.column(column));
      List<Object> indices = new ArrayList<>();
      List<Object> values = new ArrayList<>();
      for (Object text : rows.column(column)) {
        Map<Integer, Integer> counts = text == null ? null : counts((String) text, vocabulary);
        indices.add(counts == null ? null : new ArrayList<>(counts.keySet()));
        values.add(counts == null ? null : new ArrayList<>(counts.values()));
      }
      result =
          result
              .with(Types.listField(column + "_indices", Types.INT32), indices)
              .with(Types.listField(column + "_values", Types.INT32), values)
              .without(column);
    }
    return result;
  }

  private static Map<Integer, Integer> counts(String text, List<String> vocabulary) {
    Map<Integer, Integer> counts = new TreeMap<>();
    for (String token : Texts.tokens(text, true)) {
      if (vocabulary.contains(token)) {
        counts.merge(vocabulary.indexOf(token), 1, Integer::sum);
      }
    }
    return counts;
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6})
  void givesWhatScikitLearnGives(int number) {
    List<String> lines = Golden.lines(String.format("vectors_%02d.tsv", number));
    Operator operator = Texts.operator("count-vectorizer", lines.get(0).substring(18));
    Rows texts = Texts.remarks(Golden.lines("texts.txt"));
    Vectorizing fitted = (Vectorizing) drive.fit(operator, texts.schema(), List.of(texts));
    assertEquals(List.of(lines.get(1).split("\t", -1)), fitted.columns().get(0).terms());
    Rows rows = drive.transform(fitted, texts);
    for (int row = 0; row < rows.size(); row++) {
      assertEquals(Texts.vector(lines.get(row + 2)), Texts.vector(rows, row), "row " + row);
    }
  }

  @Test
  void aDenseVectorHoldsTheSameNumbers() {
    Rows texts = Texts.remarks(Arrays.asList("b a b", null, "", "c b"));
    Vocabulary all = new Vocabulary();
    Analyzer letters = new Analyzer().withPattern(java.util.regex.Pattern.compile("[ a-c]"));
    Rows rows =
        drive.fitAndTransform(
            new CountVectorizer(Columns.of("remarks"), all, false, Output.DENSE, letters), texts);
    assertEquals(
        Arrays.asList(List.of(2, 1, 2, 0), null, Collections.nCopies(4, 0), List.of(1, 0, 1, 1)),
        rows.column("remarks"),
        "of ' ', a, b and c");
  }

  @Test
  void eachTermCanBeAColumn() {
    Rows texts = Texts.remarks(Arrays.asList("bb aa bb", null, "", "cc bb"));
    Vocabulary all = new Vocabulary();
    Rows rows =
        drive.fitAndTransform(
            new CountVectorizer(Columns.of("remarks"), all, false, Output.COLUMNS, new Analyzer()),
            texts);
    assertEquals(List.of("remarks_aa", "remarks_bb", "remarks_cc"), rows.names());
    assertEquals(Arrays.asList(1, null, 0, 0), rows.column("remarks_aa"));
    assertEquals(Arrays.asList(2, null, 0, 1), rows.column("remarks_bb"));
    assertEquals(Arrays.asList(0, null, 0, 1), rows.column("remarks_cc"));
  }

  @Test
  void columnsWithoutTermsAreAnError() {
    Rows texts = Texts.remarks(List.of("one two", "one"));
    Operator operator =
        Texts.operator(
            "count-vectorizer", "{vocabulary: {min-documents: 50%, max-documents: 0.1}}");
    BindException e =
        assertThrows(BindException.class, () -> drive.fitAndTransform(operator, texts));
    assertEquals(
        "column 'remarks' has no terms to count: none of the 2 in 2 documents occurs in at least"
            + " 0.5 and at most 0.1 of them; widen minDocuments and maxDocuments, or check the stop"
            + " words and the column",
        e.getMessage());
  }

  @Test
  void whatCannotBeIsAnError() {
    refused("terms has 'a' twice", () -> Vocabulary.of(List.of("a", "b", "a")));
    refused(
        "limits are for terms that are learnt; leave them out or leave out 'terms'",
        () ->
            new Vocabulary(
                DocumentFrequency.count(2), DocumentFrequency.share(1), 0, List.of("a")));
    refused(
        "maxTerms must be at least 0 but was -1; 0 means no limit",
        () ->
            new Vocabulary(DocumentFrequency.count(1), DocumentFrequency.share(1), -1, List.of()));
    refused(
        "a document frequency is a whole number of documents such as 2, or a share such as 0.05 or"
            + " 5%, but was 'few'",
        () -> DocumentFrequency.parse("few"));
    refused(
        "a document frequency is a whole number of documents such as 2, or a share such as 0.05 or"
            + " 5%, but was 1.5",
        () -> DocumentFrequency.parse("1.5"));
  }

  private static void refused(String message, org.junit.jupiter.api.function.Executable making) {
    assertEquals(message, assertThrows(IllegalArgumentException.class, making).getMessage());
  }

  @Test
  void aDocumentFrequencyIsWhatItsTextSays() {
    for (String text : new String[] {"2", "0.05", "1", "1.0"}) {
      assertEquals(text, DocumentFrequency.parse(text).toString());
    }
    assertEquals(DocumentFrequency.share(0.05), DocumentFrequency.parse("5%"));
    assertEquals(DocumentFrequency.count(1000), DocumentFrequency.parse("1_000"));
  }
}
