package dev.baton.engine.source;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.baton.engine.batch.Types;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.arrow.vector.types.TimeUnit;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.FieldType;
import org.apache.arrow.vector.types.pojo.Schema;
import org.junit.jupiter.api.Test;

class WithSchemaTest {
  private static final Field POINT =
      new Field(
          "point",
          FieldType.nullable(ArrowType.Struct.INSTANCE),
          List.of(Types.field("x", Types.FLOAT32), Types.field("y", Types.FLOAT64)));
  private static final Source SOURCE =
      new MemorySource(
          new Schema(
              List.of(
                  Types.field("id", Types.INT64),
                  Types.field("name", Types.UTF8),
                  Types.field("price", new ArrowType.Decimal(10, 2, 128)),
                  Types.field("at", new ArrowType.Timestamp(TimeUnit.NANOSECOND, "UTC")),
                  Types.listField("tags", Types.UTF8),
                  POINT)),
          List.of());

  private static Map<String, String> all() {
    return new LinkedHashMap<>(
        Map.of(
            "point", "Struct of float32, float64",
            "tags", "List of utf8",
            "at", "Timestamp(NANOSECOND, UTC)",
            "price", "Decimal(10, 2, 128)",
            "name", "utf8",
            "id", "int64"));
  }

  @Test
  void columnsAsDeclaredAreReadInTheOrderOfTheSource() throws IOException {
    try (OpenSource open = SOURCE.withSchema(all()).open();
        OpenSource without = SOURCE.open()) {
      assertEquals(without.schema(), open.schema());
    }
  }

  @Test
  void allThatDiffersIsSaidAtOnce() {
    Map<String, String> schema = new LinkedHashMap<>();
    schema.put("id", "int32");
    schema.put("Name", "utf8");
    schema.put("price", "Decimal(12, 2, 128)");
    schema.put("at", "timestamp");
    schema.put("tags", "List of int64");
    schema.put("point", "Struct of float32, float64");
    assertEquals(
        """
        the columns of the source are not those of its 'schema':
          column 'id': expected int32 but found int64
          column 'Name': expected utf8 but it is missing
          column 'price': expected Decimal(12, 2, 128) but found Decimal(10, 2, 128)
          column 'at': expected timestamp but found Timestamp(NANOSECOND, UTC)
          column 'tags': expected List of int64 but found List of utf8
          column 'name': expected none but found utf8""",
        assertThrows(SourceException.class, SOURCE.withSchema(schema)::open).getMessage());
  }

  @Test
  void allNamesThatAreNoTypesAreSaidAtOnce() {
    Map<String, String> schema = all();
    schema.put("id", "flaot64");
    schema.put("name", "");
    schema.put("new", "string");
    String message =
        assertThrows(IllegalArgumentException.class, () -> SOURCE.withSchema(schema)).getMessage();
    assertEquals(
        List.of(
            "schema, column 'id': unknown type 'flaot64', did you mean 'float64'?",
            "schema, column 'name': unknown type ''; valid are " + String.join(", ", Types.names()),
            "schema, column 'new': unknown type 'string'; valid are "
                + String.join(", ", Types.names())),
        message.lines().map(String::strip).sorted().toList());
  }

  @Test
  void whatIsDoneInsideLeavesTheWrappersAround() {
    Source other = new MemorySource(new Schema(List.of()), List.of());
    assertEquals(
        other.withSchema(all()).repeat(3), SOURCE.withSchema(all()).repeat(3).inside(s -> other));
  }
}
