package dev.baton.operators.expression;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.baton.engine.batch.Batch;
import dev.baton.engine.batch.Types;
import dev.baton.engine.operator.BindException;
import dev.baton.engine.operator.Binder;
import dev.baton.engine.operator.BoundTransform;
import dev.baton.engine.operator.ValueException;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.types.pojo.Schema;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DeriveTest {
  private final RootAllocator allocator = new RootAllocator();

  @AfterEach
  void nothingLeaks() {
    allocator.close();
  }

  private Batch batch(Object... a) {
    return Batch.of(
        a.length,
        List.of(Rows.column(Types.field("a", Types.INT64), Arrays.asList(a), allocator)));
  }

  @Test
  void addsAColumnAtTheEnd() throws Exception {
    try (Batch batch = batch(1L, null, 3L)) {
      Rows.apply(new Derive("b", Expression.parse("a * 2 + 1")), batch, allocator);
      assertEquals(List.of("a", "b"), batch.names());
      assertEquals(Arrays.asList(3L, null, 7L), Rows.values(batch.column("b")));
    }
  }

  @Test
  void mayReplaceTheColumnItReads() throws Exception {
    try (Batch batch = batch(1L, null, 3L)) {
      Rows.apply(new Derive("a", Expression.parse("a / 2")), batch, allocator);
      assertEquals(List.of("a"), batch.names());
      assertEquals(Arrays.asList(0.5, null, 1.5), Rows.values(batch.column("a")));
    }
  }

  @Test
  void declaresTheColumnAndWhatItReads() {
    Schema schema = new Schema(List.of(Types.field("a", Types.INT32), Types.field("z", Types.UTF8)));
    BoundTransform bound =
        new Derive("b", Expression.parse("a / 2")).bind(new Binder(schema, true));
    assertEquals(Set.of("a"), bound.reads());
    assertEquals(Set.of("b"), bound.writes());
    assertEquals(Types.field("b", Types.FLOAT64), bound.output().getFields().get(2));
  }

  @Test
  void namesTheRowOfAnOverflowAndLeavesTheBatchAsItWas() {
    Object[] values = new Object[2 * Block.ROWS];
    Arrays.fill(values, 1L);
    values[Block.ROWS + 5] = Long.MAX_VALUE;
    try (Batch batch = batch(values)) {
      ValueException e =
          assertThrows(
              ValueException.class,
              () -> Rows.apply(new Derive("b", Expression.parse("a + 1")), batch, allocator));
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
    Schema schema = new Schema(List.of(Types.field("a", Types.INT32)));
    BindException e =
        assertThrows(
            BindException.class,
            () -> new Derive("b", Expression.parse("null")).bind(new Binder(schema, true)));
    assertEquals(
        "expression 'null' has no type; write cast(null as float64) or another type",
        e.getMessage());
  }
}
