package dev.baton.operators.encode;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.baton.engine.batch.Types;
import dev.baton.engine.operator.Columns;
import dev.baton.engine.operator.Operator;
import dev.baton.engine.operator.Transform;
import dev.baton.engine.testkit.OperatorContract;
import dev.baton.engine.testkit.Rows;
import java.util.List;
import java.util.Objects;
import org.apache.arrow.vector.types.pojo.Schema;
import org.junit.jupiter.api.Test;

class RareCategoryGrouperTest extends OperatorContract {
  @Override
  protected Operator operator() {
    return new RareCategoryGrouper(Columns.of("colour", "tree"), 0.15, 3, 0, "other ones");
  }

  @Override
  protected Schema input() {
    return Rows.schema("colour", Types.UTF8, "tree", Types.UTF8);
  }

  @Override
  protected Rows expected(Rows seen, Rows rows) {
    Rows result = rows;
    for (String column : rows.names()) {
      List<Object> values = seen.column(column).stream().filter(Objects::nonNull).toList();
      boolean keepsAll = values.stream().distinct().count() <= 3;
      result =
          result.with(
              Types.field(column, Types.UTF8),
              column,
              value -> {
                double share =
                    values.stream().filter(x -> x.equals(value)).count() / (double) values.size();
                return value == null || keepsAll && share > 0 || share >= 0.15
                    ? value
                    : "other ones";
              });
    }
    return result;
  }

  private String group(RareCategoryGrouper operator, String seen, String letters) {
    Rows fit = Categories.letters(seen);
    Transform transform = drive.fit(operator, fit.schema(), List.of(fit));
    StringBuilder text = new StringBuilder();
    drive.transform(transform, Categories.letters(letters)).column("letter").forEach(text::append);
    return text.toString();
  }

  private static RareCategoryGrouper letters(double tolerance, int min, int max) {
    return new RareCategoryGrouper(Columns.of("letter"), tolerance, min, max, "R");
  }

  @Test
  void categoriesBelowTheToleranceAreGroupedWithUnknownOnes() {
    assertEquals("aRRnullR", group(letters(0.4, 0, 0), "aaabbc....", "abc.x"));
    assertEquals("abRnullR", group(letters(1 / 3.0, 0, 0), "aaabbbccx", "abc.x"));
  }

  @Test
  void fewCategoriesAllStay() {
    assertEquals("abcR", group(letters(0.5, 3, 1), "aaaabc", "abcx"));
    assertEquals("aRRR", group(letters(0.5, 2, 1), "aaaabc", "abcx"));
  }

  @Test
  void noMoreStayThanAllowed() {
    assertEquals("RbcR", group(letters(0, 0, 2), "abbccd", "abcd"));
    assertEquals("aRRR", group(letters(0, 0, 1), "aabbc", "abcx"));
  }

  @Test
  void limitsOutOfRangeAreErrors() {
    assertMessage("tolerance must be from 0 to 1 but was 1.5", () -> letters(1.5, 0, 0));
    assertMessage("minCategories must be at least 0 but was -1", () -> letters(0, -1, 0));
    assertMessage(
        "maxCategories must be at least 0 but was -1; 0 means no limit", () -> letters(0, 0, -1));
  }

  private static void assertMessage(String message, Runnable make) {
    assertEquals(message, assertThrows(IllegalArgumentException.class, make::run).getMessage());
  }
}
