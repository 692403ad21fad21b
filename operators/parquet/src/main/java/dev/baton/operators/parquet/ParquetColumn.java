package dev.baton.operators.parquet;

import org.apache.arrow.vector.types.pojo.Field;
import org.apache.parquet.format.Type;

/**
 * A column at the top of a Parquet schema.
 *
 * @param leaf its place among the column chunks of a row group; for a nested one that of its first
 * @param physical how values are stored; null for a nested column
 * @param width bytes of a stored value, 0 where they differ
 * @param field the Arrow column that is made of it
 * @param refusal why it cannot be read, or null
 */
record ParquetColumn(
    int leaf,
    Type physical,
    int width,
    boolean optional,
    Field field,
    Conversion conversion,
    String refusal) {
  String name() {
    return field.getName();
  }

  boolean isText() {
    return physical == Type.BYTE_ARRAY && conversion == Conversion.NONE;
  }
}
