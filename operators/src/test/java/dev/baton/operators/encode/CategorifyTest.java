package dev.baton.operators.encode;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.baton.engine.batch.Types;
import dev.baton.engine.operator.Columns;
import dev.baton.engine.operator.Operator;
import dev.baton.engine.operator.Transform;
import dev.baton.engine.testkit.OperatorContract;
import dev.baton.engine.testkit.Rows;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.apache.arrow.vector.types.pojo.Schema;
import org.junit.jupiter.api.Test;

class CategorifyTest extends OperatorContract {
  @Override
  protected Operator operator() {
    return new Categorify(Columns.of("colour", "number", "flagged", "size"), 2, 8, 1, 1, 2);
  }

  @Override
  protected Schema input() {
    return Categories.FLOAT_SCHEMA;
  }

  @Override
  protected Rows expected(Rows seen, Rows rows) {
    Rows result = rows;
    for (String column : rows.names()) {
      List<Object> values = new ArrayList<>();
      seen.column(column).forEach(value -> values.add(Categories.plain(value)));
      List<Object> kept = Categories.of(seen, column);
      kept.removeIf(category -> count(values, category) < 2);
      kept.sort(Comparator.comparing(category -> -count(values, category)));
      List<Object> codes = kept.subList(0, Math.min(5, kept.size()));
      result =
          result.with(
              Types.field(column, Types.INT32),
              column,
              value ->
                  Categories.plain(value) == null
                      ? 1
                      : (Object) (codes.indexOf(Categories.plain(value)) + 3));
    }
    return result;
  }

  private static int count(List<Object> values, Object category) {
    return (int) values.stream().filter(category::equals).count();
  }

  private List<Object> encode(Categorify operator, String seen, String letters) {
    Rows fit = Categories.letters(seen);
    Transform transform = drive.fit(operator, fit.schema(), List.of(fit));
    return drive.transform(transform, Categories.letters(letters)).column("letter");
  }

  @Test
  void paddingNullAndUnknownComeBeforeTheMostFrequent() {
    Categorify operator = new Categorify(Columns.of("letter"));
    assertEquals(List.of(5, 4, 3, 2, 1), encode(operator, "abbbccc.c", "abcx."));
  }

  @Test
  void itsCodesCanBeThoseOfKeras() {
    Categorify operator = new Categorify(Columns.of("letter"), 0, 0, 1, 0, 1);
    assertEquals(List.of(3, 2, 1, 0), encode(operator, "abb", "abx."));
  }

  @Test
  void unknownAndRareValuesAreSpreadOverTheBucketsByTheirHash() {
    Categorify operator = new Categorify(Columns.of("letter"), 2, 0, 4, 1, 2);
    String letters = "abcdefghijklmnopqrstuvwxyz";
    List<Object> codes = encode(operator, "aab", letters);
    List<Object> buckets =
        drive
            .transform(new HashBucket(Columns.of("letter"), 4), Categories.letters(letters))
            .column("letter");
    assertEquals(6, codes.get(0), "the only category");
    Set<Object> used = new TreeSet<>();
    for (int i = 1; i < letters.length(); i++) {
      assertEquals(2 + (int) buckets.get(i), codes.get(i), letters.substring(i, i + 1));
      used.add(codes.get(i));
    }
    assertEquals(Set.of(2, 3, 4, 5), used);
  }

  @Test
  void theEmbeddingTableIsNoLargerThanAsked() {
    Categorify operator = new Categorify(Columns.of("letter"), 0, 5, 1, 1, 2);
    assertEquals(List.of(2, 3, 4, 2), encode(operator, "abbccd", "abcd"));
    assertTrue(encode(operator, "abcdefgh", "abcdefgh").stream().allMatch(c -> (int) c < 5));
  }

  @Test
  void codesThatOverlapAreAnError() {
    assertMessage(
        "nullCode must be at least 0 and less than firstCode, but they were 2 and 2",
        () -> new Categorify(Columns.of("a"), 0, 0, 1, 2, 2));
    assertMessage(
        "maxSize must be more than the 5 codes that are no category's but was 5; 0 means no limit",
        () -> new Categorify(Columns.of("a"), 0, 5, 3, 1, 2));
    assertMessage(
        "buckets must be at least 1 but was 0",
        () -> new Categorify(Columns.of("a"), 0, 0, 0, 1, 2));
    assertMessage(
        "minFrequency must be at least 0 but was -1; 0 or 1 turns it off",
        () -> new Categorify(Columns.of("a"), -1, 0, 1, 1, 2));
  }

  private static void assertMessage(String message, Runnable make) {
    assertEquals(message, assertThrows(IllegalArgumentException.class, make::run).getMessage());
  }
}
