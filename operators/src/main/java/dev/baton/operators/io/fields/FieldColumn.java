package dev.baton.operators.io.fields;

import dev.baton.engine.batch.Types;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;

/**
 * A column of a file.
 *
 * @param position from 0
 * @param declared whether the user gave the type; else it was inferred from a sample
 * @param format of the file
 */
public record FieldColumn(
    int position, String name, ArrowType type, boolean declared, FieldFormat format) {
  /** As it is in the schema. */
  public Field field() {
    return Types.field(name, type);
  }

  /** Says that a field is no value of this column. */
  public BadField unexpected(long base, long field) {
    String value = Fields.show(base, field);
    return BadField.value(
        Fields.start(field),
        position,
        "expected " + Types.name(type) + " but found '" + value + "'",
        format.remedy(this, value));
  }
}
