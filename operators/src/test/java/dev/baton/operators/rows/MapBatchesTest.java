package dev.baton.operators.rows;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.baton.engine.batch.Batch;
import dev.baton.engine.batch.Memory;
import dev.baton.engine.batch.Types;
import dev.baton.engine.batch.Vectors;
import dev.baton.engine.operator.Columns;
import dev.baton.engine.operator.KernelContext;
import dev.baton.engine.operator.Nature;
import dev.baton.engine.operator.Operator;
import dev.baton.engine.operator.ValueException;
import dev.baton.engine.testkit.OperatorContract;
import dev.baton.engine.testkit.RandomRows.Mix;
import dev.baton.engine.testkit.Rows;
import java.util.List;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;
import org.junit.jupiter.api.Test;

class MapBatchesTest extends OperatorContract {
  private static final List<Field> HALF = List.of(Types.field("half", Types.FLOAT64));
  private static final BatchFunction HALVE = MapBatchesTest::halve;

  private static void halve(Batch batch, KernelContext context) {
    FieldVector x = batch.column("x");
    FieldVector half = Vectors.fixed(HALF.get(0), batch.rows(), context.allocator());
    Vectors.copyValidity(x, half);
    for (int i = 0; i < batch.rows(); i++) {
      double value = Memory.getDouble(Vectors.data(x) + 8L * i);
      Memory.putDouble(Vectors.data(half) + 8L * i, value / 2);
    }
    batch.put(half);
  }

  @Override
  protected Operator operator() {
    return new MapBatches(Columns.of("x"), HALF, HALVE);
  }

  @Override
  protected Schema input() {
    return Rows.schema("x", Types.FLOAT64, "s", Types.UTF8);
  }

  @Override
  protected ArrowType wrongType() {
    return null;
  }

  @Override
  protected boolean travels() {
    return false;
  }

  @Override
  protected Rows expected(Rows seen, Rows rows) {
    List<Object> halves =
        rows.column("x").stream().map(x -> x == null ? null : (Object) ((Double) x / 2)).toList();
    return rows.with(HALF.get(0), halves);
  }

  private String refusal(MapBatches operator, Class<? extends RuntimeException> type) {
    Rows rows = rows(10, 1, Mix.TAME);
    return assertThrows(type, () -> drive.transform(operator, rows)).getMessage();
  }

  @Test
  void whatTheFunctionPromisesIsChecked() {
    Columns x = Columns.of("x");
    assertEquals(
        "the function did not put this column into the batch",
        refusal(new MapBatches(x, HALF, (batch, context) -> {}), ValueException.class));
    List<Field> whole = List.of(Types.field("half", Types.INT64));
    assertEquals(
        "the function was to make half: Int(64, true) but made half: FloatingPoint(DOUBLE)",
        refusal(new MapBatches(x, whole, HALVE), ValueException.class));
    BatchFunction first = (batch, context) -> batch.take(new int[1], 1, context.allocator());
    assertEquals(
        "the function made 1 rows of 10; set changesRows if that is meant",
        refusal(new MapBatches(x, List.of(), first), IllegalStateException.class));
    MapBatches fewer = new MapBatches(x, List.of(), true, Nature.COLUMNAR, first);
    assertEquals(1, drive.transform(fewer, rows(10, 1, Mix.TAME)).size());
  }
}
