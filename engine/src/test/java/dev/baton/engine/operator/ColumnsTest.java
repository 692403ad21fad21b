package dev.baton.engine.operator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.baton.engine.batch.Types;
import dev.baton.engine.testkit.Rows;
import java.util.List;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;
import org.junit.jupiter.api.Test;

class ColumnsTest {
  private static final Schema SCHEMA =
      Rows.schema(
          "id", Types.INT64, "price_a", Types.FLOAT64, "price_b", Types.UTF8, "name", Types.UTF8);

  private static List<String> of(Columns columns) {
    return columns.resolve(SCHEMA).stream().map(Field::getName).toList();
  }

  @Test
  void bothMeansWhatIsInEach() {
    Columns prices = Columns.matching("price_.*");
    assertEquals(List.of("price_a"), of(prices.and(Columns.of(TypeFamily.NUMERIC))));
    assertEquals(List.of("price_a"), of(Columns.of(TypeFamily.NUMERIC).except("id")));
  }

  @Test
  void eitherKeepsTheOrderAskedFor() {
    Columns columns = Columns.of("name", "id").or(Columns.matching("price_.*"));
    assertEquals(List.of("name", "id", "price_a", "price_b"), of(columns));
    assertEquals(List.of("id", "price_a"), of(Columns.of("id").or(Columns.of(TypeFamily.NUMERIC))));
    assertTrue(columns.isPattern());
  }

  @Test
  void notMeansAllTheOthers() {
    assertEquals(List.of("id", "price_a"), of(Columns.of(TypeFamily.TEXT).not()));
  }

  @Test
  void aPartThatFindsNothingIsNoErrorButNothingAtAllIs() {
    Columns none = Columns.of(TypeFamily.TEMPORAL);
    assertEquals(List.of("id"), of(none.or(Columns.of("id"))));
    assertTrue(
        assertThrows(BindException.class, () -> of(none.and(Columns.all())))
            .getMessage()
            .startsWith("no column matches "));
    assertThrows(BindException.class, () -> of(Columns.all().except("idd")));
  }
}
