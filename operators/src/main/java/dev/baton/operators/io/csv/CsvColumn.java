package dev.baton.operators.io.csv;

import dev.baton.engine.batch.Types;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;

/**
 * A column of a file.
 *
 * @param position from 0
 * @param declared whether the user gave the type; else it was inferred from a sample
 */
record CsvColumn(int position, String name, ArrowType type, boolean declared) {
  Field field() {
    return Types.field(name, type);
  }

  BadField unexpected(long base, long field) {
    String value = Fields.show(base, field);
    String remedy;
    if (value.isEmpty()) {
      remedy = "add '' to 'nulls' to read it as missing, or declare the column as utf8 in 'types'";
    } else if (declared) {
      remedy = "correct the value, add it to 'nulls', or declare the column as utf8 in 'types'";
    } else {
      remedy =
          "the type was inferred from a sample: declare the column as utf8 in 'types', or raise"
              + " 'sampleRows'";
    }
    return new BadField(
        Fields.start(field),
        position,
        "expected " + Types.name(type) + " but found '" + value + "'; " + remedy);
  }
}
