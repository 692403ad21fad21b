package dev.baton.operators.select;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.baton.engine.batch.Types;
import dev.baton.engine.operator.Columns;
import dev.baton.engine.operator.Operator;
import dev.baton.engine.operator.TypeFamily;
import dev.baton.engine.testkit.OperatorContract;
import dev.baton.engine.testkit.RandomRows;
import dev.baton.engine.testkit.RandomRows.Mix;
import dev.baton.engine.testkit.Rows;
import java.util.List;
import java.util.Set;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Schema;
import org.junit.jupiter.api.Test;

class SelectTest extends OperatorContract {
  @Override
  protected Operator operator() {
    return new Select(Columns.of("s", "a"));
  }

  @Override
  protected Schema input() {
    return Rows.schema("a", Types.FLOAT64, "b", Types.INT32, "s", Types.UTF8);
  }

  @Override
  protected Set<String> namedColumns() {
    return Set.of("s", "a");
  }

  @Override
  protected ArrowType wrongType() {
    return null;
  }

  @Override
  protected Rows expected(Rows seen, Rows rows) {
    Rows picked =
        new Rows(new Schema(List.of()), rows.cells().stream().map(r -> Rows.row()).toList());
    picked = picked.with(rows.schema().findField("s"), rows.column("s"));
    return picked.with(rows.schema().findField("a"), rows.column("a"));
  }

  @Test
  void aSelectorKeepsTheOrderOfTheTable() {
    Rows rows = RandomRows.of(input(), 3, 1, Mix.ALL);
    Operator numbers = new Select(Columns.of(TypeFamily.NUMERIC));
    assertEquals(List.of("a", "b"), drive.fitAndTransform(numbers, rows).names());
  }
}
