package dev.baton.operators.expression;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.baton.engine.batch.Batch;
import dev.baton.engine.batch.Types;
import dev.baton.engine.operator.BindException;
import dev.baton.engine.testkit.BatchBuilder;
import dev.baton.engine.testkit.Drive;
import dev.baton.engine.testkit.OperatorContract;
import dev.baton.engine.testkit.Rows;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.types.pojo.Schema;
import org.junit.jupiter.api.Test;

class FilterTest extends OperatorContract {
  @Override
  protected Filter operator() {
    return new Filter(Expression.parse("age > 2 or name like '%e%' and not paid"));
  }

  @Override
  protected Schema input() {
    return Rows.schema(
        "age", Types.INT32, "name", Types.UTF8, "paid", Types.BOOL, "other", Types.FLOAT32);
  }

  @Override
  protected Rows expected(Rows seen, Rows rows) {
    List<Object[]> kept = new ArrayList<>();
    for (int i = 0; i < rows.size(); i++) {
      Integer age = (Integer) rows.get(i, "age");
      String name = (String) rows.get(i, "name");
      boolean unpaid = Boolean.FALSE.equals(rows.get(i, "paid"));
      boolean e = name != null && name.contains("e");
      if ((age != null && age > 2) || (e && unpaid)) {
        kept.add(rows.cells().get(i));
      }
    }
    return new Rows(rows.schema(), kept);
  }

  @Test
  void leavesTheColumnsAloneWhenAllRowsPass() {
    try (Batch batch = new BatchBuilder(allocator).ints("a", 1, 2).build()) {
      FieldVector before = batch.column("a");
      drive.apply(new Filter(Expression.parse("a > 0")), batch.schema(), batch);
      assertSame(before, batch.column("a"));
    }
  }

  @Test
  void declaresThatItChangesRows() {
    Drive.Declared declared = Drive.declared(operator(), input());
    assertTrue(declared.changesRows());
    assertEquals(input(), declared.output());
  }

  @Test
  void refusesAConditionThatIsNotBoolean() {
    BindException e =
        assertThrows(
            BindException.class,
            () -> Drive.declared(new Filter(Expression.parse("age + 1")), input()));
    assertEquals(
        "expression 'age + 1': filter needs bool but 'age + 1' is int64; compare it with something",
        e.getMessage());
  }
}
