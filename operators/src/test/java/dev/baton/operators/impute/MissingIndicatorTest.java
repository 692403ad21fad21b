package dev.baton.operators.impute;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.baton.engine.batch.Types;
import dev.baton.engine.operator.BindException;
import dev.baton.engine.operator.Columns;
import dev.baton.engine.operator.Operator;
import dev.baton.engine.testkit.Drive;
import dev.baton.engine.testkit.OperatorContract;
import dev.baton.engine.testkit.Rows;
import java.util.List;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Schema;
import org.junit.jupiter.api.Test;

class MissingIndicatorTest extends OperatorContract {
  @Override
  protected Operator operator() {
    return new MissingIndicator(Columns.of("f64", "s", "f32", "b", "list"));
  }

  @Override
  protected Schema input() {
    return new Schema(
        List.of(
            Types.field("f64", Types.FLOAT64),
            Types.field("s", Types.UTF8),
            Types.field("f32", Types.FLOAT32),
            Types.field("b", Types.BOOL),
            Types.listField("list", Types.INT32)));
  }

  @Override
  protected ArrowType wrongType() {
    return null;
  }

  @Override
  protected Rows expected(Rows seen, Rows rows) {
    Rows result = rows;
    for (String name : rows.names()) {
      result =
          result.with(
              Types.field(name + "_missing", Types.BOOL),
              name,
              x ->
                  x == null
                      || x instanceof Double d && d.isNaN()
                      || x instanceof Float f && f.isNaN());
    }
    return result;
  }

  @Test
  void aNameThatIsTakenIsRefused() {
    Schema schema = Rows.schema("a", Types.INT32, "a_missing", Types.BOOL);
    BindException e =
        assertThrows(
            BindException.class,
            () -> Drive.declared(new MissingIndicator(Columns.of("a")), schema));
    assertEquals("column 'a_missing' exists already; choose another suffix", e.getMessage());
  }
}
