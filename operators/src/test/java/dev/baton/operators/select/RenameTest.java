package dev.baton.operators.select;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.baton.engine.batch.Types;
import dev.baton.engine.operator.BindException;
import dev.baton.engine.operator.Operator;
import dev.baton.engine.testkit.Drive;
import dev.baton.engine.testkit.OperatorContract;
import dev.baton.engine.testkit.Rows;
import java.util.List;
import java.util.Map;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;
import org.junit.jupiter.api.Test;

class RenameTest extends OperatorContract {
  @Override
  protected Operator operator() {
    return new Rename(Map.of("a", "b", "b", "c", "list", "items"));
  }

  @Override
  protected Schema input() {
    return new Schema(
        List.of(
            Types.field("a", Types.FLOAT64),
            Types.field("s", Types.UTF8),
            Types.field("b", Types.INT32),
            Types.listField("list", Types.INT32)));
  }

  @Override
  protected ArrowType wrongType() {
    return null;
  }

  @Override
  protected Rows expected(Rows seen, Rows rows) {
    List<String> names = List.of("b", "s", "c", "items");
    List<Field> fields = new java.util.ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      Field old = rows.schema().getFields().get(i);
      fields.add(new Field(names.get(i), old.getFieldType(), old.getChildren()));
    }
    return new Rows(new Schema(fields), rows.cells());
  }

  @Test
  void aNameThatIsTakenIsRefused() {
    BindException e =
        assertThrows(
            BindException.class, () -> Drive.declared(new Rename(Map.of("a", "s")), input()));
    assertEquals(
        "column 'a' cannot become 's', which exists already; drop that first", e.getMessage());
  }

  @Test
  void swapsAndDuplicatesAreRefusedWhenWritten() {
    assertThrows(IllegalArgumentException.class, () -> new Rename(Map.of("a", "b", "b", "a")));
    assertThrows(IllegalArgumentException.class, () -> new Rename(Map.of("a", "c", "b", "c")));
    assertThrows(IllegalArgumentException.class, () -> new Rename(Map.of()));
  }

  @Test
  void aColumnMayKeepItsName() {
    Schema schema = Rows.schema("a", Types.INT32);
    assertEquals(schema, Drive.declared(new Rename(Map.of("a", "a")), schema).output());
  }
}
