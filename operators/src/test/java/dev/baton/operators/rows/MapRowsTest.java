package dev.baton.operators.rows;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.baton.engine.batch.Batch;
import dev.baton.engine.batch.Types;
import dev.baton.engine.operator.Columns;
import dev.baton.engine.operator.Kernel;
import dev.baton.engine.operator.Nature;
import dev.baton.engine.operator.Operator;
import dev.baton.engine.operator.ValueException;
import dev.baton.engine.testkit.Drive;
import dev.baton.engine.testkit.FakeContext;
import dev.baton.engine.testkit.OperatorContract;
import dev.baton.engine.testkit.RandomRows;
import dev.baton.engine.testkit.RandomRows.Mix;
import dev.baton.engine.testkit.Rows;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;
import org.junit.jupiter.api.Test;

class MapRowsTest extends OperatorContract {
  private static final Schema EVERY =
      Rows.schema(
          "f64",
          Types.FLOAT64,
          "f32",
          Types.FLOAT32,
          "i64",
          Types.INT64,
          "i32",
          Types.INT32,
          "i16",
          Types.INT16,
          "i8",
          Types.INT8,
          "date",
          Types.DATE,
          "time",
          Types.TIMESTAMP,
          "bool",
          Types.BOOL,
          "text",
          Types.UTF8);
  private static final int BOOL = 8;
  private static final int TEXT = 9;
  private static final Columns NAMES =
      new Columns.Named(EVERY.getFields().stream().map(Field::getName).toList());

  /** Doubles floats, copies whole numbers, negates booleans, puts text together. */
  private static void work(RowReader in, RowWriter out) {
    for (int i = 0; i < BOOL; i++) {
      if (in.isNull(i)) {
        out.setNull(i);
      } else if (i < 2) {
        out.setDouble(i, 2 * in.getDouble(i));
      } else {
        out.setLong(i, in.getLong(i));
      }
    }
    if (!in.isNull(BOOL)) {
      out.setBoolean(BOOL, !in.getBoolean(BOOL));
    }
    out.setString(TEXT, in.isNull(TEXT) ? null : in.getString(TEXT) + "é");
  }

  private static final MapRows EVERYTHING =
      new MapRows(
          NAMES,
          EVERY.getFields().stream()
              .map(f -> Types.field("new_" + f.getName(), f.getType()))
              .toList(),
          MapRowsTest::work);

  @Override
  protected boolean travels() {
    return false;
  }

  @Override
  protected Operator operator() {
    return EVERYTHING;
  }

  @Override
  protected Schema input() {
    return EVERY;
  }

  @Override
  protected Rows expected(Rows seen, Rows rows) {
    Rows result = rows;
    for (Field field : EVERY.getFields()) {
      result =
          result.with(
              Types.field("new_" + field.getName(), field.getType()),
              field.getName(),
              MapRowsTest::expected);
    }
    return result;
  }

  private static Object expected(Object x) {
    if (x instanceof Double d) {
      return 2 * d;
    } else if (x instanceof Float f) {
      return (float) (2.0 * f);
    } else if (x instanceof Boolean b) {
      return !b;
    }
    return x instanceof String s ? s + "é" : x;
  }

  @Test
  void anExceptionOfTheFunctionNamesTheRowAndLeaksNothing() {
    Schema schema = Rows.schema("n", Types.INT64, "s", Types.UTF8);
    Rows rows = Rows.of(schema, Rows.row(1L, "a"), Rows.row(0L, "b"));
    Operator fails =
        new MapRows(
            Columns.of("n", "s"),
            List.of(Types.field("q", Types.INT64), Types.field("t", Types.UTF8)),
            (in, out) -> {
              out.setString(1, in.getString(1));
              out.setLong(0, 10 / in.getLong(0));
            });
    ValueException e = assertThrows(ValueException.class, () -> drive.fitAndTransform(fails, rows));
    assertEquals(1, e.row());
    assertNull(e.column());
    assertEquals(
        "the row function failed: java.lang.ArithmeticException: / by zero", e.getMessage());
    assertSame(ArithmeticException.class, e.getCause().getClass());
  }

  @Test
  void aValueOfTheWrongTypeOrSizeIsRefusedNamingTheColumn() {
    Schema schema = Rows.schema("n", Types.INT64);
    List<RowFunction> wrong =
        List.of(
            (in, out) -> in.getString(0),
            (in, out) -> out.setDouble(0, 1),
            (in, out) -> out.setLong(0, in.getLong(0)),
            (in, out) -> out.setBoolean(0, true));
    List<String> messages = new ArrayList<>();
    for (RowFunction function : wrong) {
      Operator map =
          new MapRows(Columns.of("n"), List.of(Types.field("small", Types.INT8)), function);
      Rows rows = Rows.of(schema, Rows.row(300L));
      messages.add(
          assertThrows(ValueException.class, () -> drive.fitAndTransform(map, rows))
              .getCause()
              .getMessage());
    }
    assertEquals(
        List.of(
            "column 'n' is not a text but int64",
            "column 'small' is int8 and cannot hold a float",
            "300 does not fit column 'small', which is int8",
            "column 'small' is int8 and cannot hold a boolean"),
        messages);
  }

  @Test
  void anOutputOfAnExistingNameReplacesThatColumn() {
    Schema schema = Rows.schema("n", Types.INT64);
    Operator map =
        new MapRows(
            Columns.of("n"),
            List.of(Types.field("n", Types.FLOAT64)),
            (in, out) -> out.setDouble(0, in.getDouble(0) / 2));
    Rows rows = Rows.of(schema, Rows.row(3L));
    assertEquals(List.of(1.5), drive.fitAndTransform(map, rows).column("n"));
  }

  @Test
  void isARowFunctionThatChecksInOften() throws Exception {
    assertEquals(Nature.ROW, EVERYTHING.nature());
    FakeContext context = new FakeContext(allocator);
    Rows rows = RandomRows.of(EVERY, 1000, 1, Mix.ALL);
    try (Batch batch = rows.batch(allocator);
        Kernel kernel = Drive.bind(EVERYTHING, EVERY).kernels().open(context)) {
      kernel.apply(batch);
    }
    assertEquals(16, context.checkpoints());
  }
}
