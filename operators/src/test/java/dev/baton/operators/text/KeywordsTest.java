package dev.baton.operators.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.baton.engine.batch.Types;
import dev.baton.engine.operator.Columns;
import dev.baton.engine.operator.Operator;
import dev.baton.engine.testkit.OperatorContract;
import dev.baton.engine.testkit.RandomRows.Mix;
import dev.baton.engine.testkit.Rows;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.arrow.vector.types.pojo.Schema;
import org.junit.jupiter.api.Test;

class KeywordsTest extends OperatorContract {
  private static final int MOST = 3;

  @Override
  protected Operator operator() {
    return new Keywords(Columns.of("remarks"), MOST, new Vocabulary(), new Analyzer());
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
    return !frequencies(rows).isEmpty();
  }

  private static Map<String, Integer> frequencies(Rows rows) {
    Map<String, Integer> found = new TreeMap<>();
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
    Map<String, Integer> frequencies = frequencies(seen);
    long texts = seen.column("remarks").stream().filter(text -> text != null).count();
    return rows.with(
        Types.field("remarks_keywords", Types.UTF8),
        "remarks",
        text -> text == null ? null : keywords((String) text, frequencies, texts));
  }

  private static String keywords(String text, Map<String, Integer> frequencies, long texts) {
    Map<String, Double> weights = new TreeMap<>(Texts.BY_CODE_POINT);
    for (String token : Texts.tokens(text, true)) {
      if (frequencies.containsKey(token)) {
        double weight = Math.log((1.0 + texts) / (1 + frequencies.get(token))) + 1;
        weights.merge(token, weight, Double::sum);
      }
    }
    List<String> terms = new ArrayList<>(weights.keySet());
    // Sums may differ from products in the last bit.
    terms.sort(
        (a, b) ->
            (int) Math.signum((float) (double) weights.get(b) - (float) (double) weights.get(a)));
    return String.join(", ", terms.subList(0, Math.min(MOST, terms.size())));
  }

  @Test
  void thereMustBeOneAtLeast() {
    IllegalArgumentException e =
        assertThrows(
            IllegalArgumentException.class,
            () -> new Keywords(Columns.of("t"), 0, new Vocabulary(), new Analyzer()));
    assertEquals("most must be at least 1 but was 0", e.getMessage());
  }
}
