package dev.baton.operators.expression;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.baton.engine.batch.Batch;
import dev.baton.engine.batch.Types;
import dev.baton.engine.operator.BindException;
import dev.baton.engine.operator.ValueException;
import dev.baton.engine.testkit.BatchBuilder;
import dev.baton.engine.testkit.Drive;
import dev.baton.engine.testkit.OperatorContract;
import dev.baton.engine.testkit.Rows;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.apache.arrow.vector.types.pojo.Schema;
import org.junit.jupiter.api.Test;

class DeriveTest extends OperatorContract {
  @Override
  protected Derive operator() {
    return new Derive(
        "label", Expression.parse("case when price * count >= 10 then upper(name) else name end"));
  }

  @Override
  protected Schema input() {
    return Rows.schema("price", Types.FLOAT64, "count", Types.INT32, "name", Types.UTF8);
  }

  @Override
  protected Rows expected(Rows seen, Rows rows) {
    List<Object> labels = new ArrayList<>();
    for (int i = 0; i < rows.size(); i++) {
      Double price = (Double) rows.get(i, "price");
      Integer count = (Integer) rows.get(i, "count");
      String name = (String) rows.get(i, "name");
      boolean large = price != null && count != null && price * count >= 10;
      labels.add(name != null && large ? name.toUpperCase(java.util.Locale.ROOT) : name);
    }
    return rows.with(Types.field("label", Types.UTF8), labels);
  }

  @Test
  void mayReplaceTheColumnItReads() {
    Rows rows = Rows.of(Rows.schema("a", Types.INT64), Rows.row(1L), Rows.row((Object) null));
    Rows halves = drive.fitAndTransform(new Derive("a", Expression.parse("a / 2")), rows);
    assertEquals(Rows.schema("a", Types.FLOAT64), halves.schema());
    assertEquals(Arrays.asList(0.5, null), halves.column("a"));
  }

  @Test
  void declaresTheColumnAndWhatItReads() {
    Drive.Declared declared =
        Drive.declared(new Derive("b", Expression.parse("count % 2")), input());
    assertEquals(Set.of("count"), declared.reads());
    assertEquals(Set.of("b"), declared.writes());
    assertEquals(Types.field("b", Types.INT64), declared.output().findField("b"));
  }

  @Test
  void namesTheRowOfAnOverflowAndLeavesTheBatchAsItWas() {
    Long[] values = new Long[2 * Block.ROWS];
    Arrays.fill(values, 1L);
    values[Block.ROWS + 5] = Long.MAX_VALUE;
    Derive derive = new Derive("b", Expression.parse("a + 1"));
    try (Batch batch = new BatchBuilder(allocator).longs("a", values).build()) {
      ValueException e =
          assertThrows(ValueException.class, () -> drive.apply(derive, batch.schema(), batch));
      assertEquals(
          "'a + 1' is beyond int64: 9223372036854775807 + 1; cast an operand to float64",
          e.getMessage());
      assertEquals("a", e.column());
      assertEquals(Block.ROWS + 5, e.row());
      assertEquals(List.of("a"), batch.names());
    }
  }

  @Test
  void refusesANullWithoutAType() {
    BindException e =
        assertThrows(
            BindException.class,
            () -> Drive.declared(new Derive("b", Expression.parse("null")), input()));
    assertEquals(
        "expression 'null' has no type; write cast(null as float64) or another type",
        e.getMessage());
  }
}
