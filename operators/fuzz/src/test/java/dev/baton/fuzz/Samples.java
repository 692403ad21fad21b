package dev.baton.fuzz;

import dev.baton.engine.batch.Types;
import dev.baton.engine.testkit.RandomRows;
import dev.baton.engine.testkit.Rows;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;

/** Small tables to write seeds from. */
final class Samples {
  private Samples() {}

  /** A column of each type that has a name, which is its name. */
  static Schema schema() {
    List<Field> fields = new ArrayList<>();
    for (String name : Types.names()) {
      fields.add(Types.field(name, Types.parse(name)));
    }
    return new Schema(fields);
  }

  /** Some rows of them, the same each time. */
  static Rows rows(int rows) {
    return RandomRows.of(schema(), rows, 8, RandomRows.Mix.ALL);
  }

  /** Two columns, for files of few bytes. */
  static Rows narrow(int rows) {
    Schema schema = Rows.schema("a", Types.INT64, "s", Types.UTF8);
    return RandomRows.of(schema, rows, 9, RandomRows.Mix.NULLS);
  }
}
