package dev.baton.operators.parquet;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.baton.engine.batch.Types;
import java.util.List;
import org.apache.parquet.format.BsonType;
import org.apache.parquet.format.ConvertedType;
import org.apache.parquet.format.EnumType;
import org.apache.parquet.format.JsonType;
import org.apache.parquet.format.LogicalType;
import org.apache.parquet.format.SchemaElement;
import org.apache.parquet.format.StringType;
import org.apache.parquet.format.Type;
import org.junit.jupiter.api.Test;

/** Logical types that no writer at hand writes; the others are in {@link ForeignParquetTest}. */
class ParquetTypesTest {
  private static SchemaElement bytes() {
    SchemaElement element = new SchemaElement("a");
    element.setType(Type.BYTE_ARRAY);
    return element;
  }

  @Test
  void enumsAndJsonAreTextAndOtherBytesAreNot() {
    for (LogicalType text :
        List.of(
            LogicalType.STRING(new StringType()),
            LogicalType.ENUM(new EnumType()),
            LogicalType.JSON(new JsonType()))) {
      SchemaElement element = bytes();
      element.setLogicalType(text);
      assertEquals(Types.UTF8, ParquetTypes.arrow(element), text.toString());
    }
    for (ConvertedType text : List.of(ConvertedType.UTF8, ConvertedType.ENUM, ConvertedType.JSON)) {
      SchemaElement element = bytes();
      element.setConverted_type(text);
      assertEquals(Types.UTF8, ParquetTypes.arrow(element), text.toString());
    }
    SchemaElement bson = bytes();
    bson.setLogicalType(LogicalType.BSON(new BsonType()));
    assertEquals(Types.BINARY, ParquetTypes.arrow(bson));
    assertEquals(Types.BINARY, ParquetTypes.arrow(bytes()));
  }
}
