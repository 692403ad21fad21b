package dev.baton.operators.expression;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.baton.engine.batch.Batch;
import dev.baton.engine.batch.Types;
import dev.baton.engine.operator.BindException;
import dev.baton.engine.operator.Binder;
import dev.baton.engine.operator.BoundTransform;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.types.pojo.Schema;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FilterTest {
  private final RootAllocator allocator = new RootAllocator();

  @AfterEach
  void nothingLeaks() {
    allocator.close();
  }

  private Batch batch(Object... a) {
    List<Object> text = new ArrayList<>();
    for (Object value : a) {
      text.add(value == null ? "none" : "v" + value);
    }
    return Batch.of(
        a.length,
        List.of(
            Rows.column(Types.field("a", Types.INT32), Arrays.asList(a), allocator),
            Rows.column(Types.field("t", Types.UTF8), text, allocator)));
  }

  @Test
  void keepsRowsThatAreTrueAndDropsFalseAndNull() throws Exception {
    try (Batch batch = batch(1L, null, 5L, 3L, 7L)) {
      Rows.apply(new Filter(Expression.parse("a > 2")), batch, allocator);
      assertEquals(3, batch.rows());
      assertEquals(List.of(5L, 3L, 7L), Rows.values(batch.column("a")));
      assertEquals(List.of("v5", "v3", "v7"), Rows.values(batch.column("t")));
    }
  }

  @Test
  void leavesTheColumnsAloneWhenAllRowsPass() throws Exception {
    try (Batch batch = batch(1L, 2L)) {
      FieldVector before = batch.column("a");
      Rows.apply(new Filter(Expression.parse("a > 0")), batch, allocator);
      assertSame(before, batch.column("a"));
    }
  }

  @Test
  void canDropEveryRowAndTakesAnEmptyBatch() throws Exception {
    try (Batch batch = batch(1L, 2L)) {
      Rows.apply(new Filter(Expression.parse("a > 5")), batch, allocator);
      assertEquals(0, batch.rows());
      Rows.apply(new Filter(Expression.parse("a > 5")), batch, allocator);
      assertEquals(0, batch.rows());
    }
  }

  @Test
  void keepsTheRightRowsAcrossManyBlocks() throws Exception {
    Object[] values = new Object[3 * Block.ROWS + 17];
    List<Object> expected = new ArrayList<>();
    for (int i = 0; i < values.length; i++) {
      values[i] = i % 11 == 0 ? null : (Object) (long) i;
      if (i % 11 != 0 && i % 3 == 1) {
        expected.add((long) i);
      }
    }
    try (Batch batch = batch(values)) {
      Rows.apply(new Filter(Expression.parse("a % 3 = 1")), batch, allocator);
      assertEquals(expected, Rows.values(batch.column("a")));
    }
  }

  @Test
  void declaresWhatItReadsAndThatItChangesRows() {
    Schema schema = new Schema(List.of(Types.field("a", Types.INT32), Types.field("b", Types.UTF8)));
    BoundTransform bound = new Filter(Expression.parse("a > 0")).bind(new Binder(schema, true));
    assertEquals(Set.of("a"), bound.reads());
    assertTrue(bound.changesRows());
    assertEquals(schema, bound.output());
  }

  @Test
  void refusesAConditionThatIsNotBoolean() {
    Schema schema = new Schema(List.of(Types.field("a", Types.INT32)));
    BindException e =
        assertThrows(
            BindException.class,
            () -> new Filter(Expression.parse("a + 1")).bind(new Binder(schema, true)));
    assertEquals(
        "expression 'a + 1': filter needs bool but 'a + 1' is int64; compare it with something",
        e.getMessage());
  }
}
