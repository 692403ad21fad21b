package dev.baton.operators.encode;

import dev.baton.engine.batch.Types;
import dev.baton.engine.operator.Columns;
import dev.baton.engine.operator.Operator;
import dev.baton.engine.testkit.OperatorContract;
import dev.baton.engine.testkit.Rows;
import dev.baton.operators.text.Output;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.vector.types.pojo.Schema;

/** The same as {@link FeatureHasherTest}, with a column for each feature. */
class FeatureHasherColumnsTest extends OperatorContract {
  @Override
  protected Operator operator() {
    return new FeatureHasher(
        Columns.of("colour", "number", "flagged", "size"), 7, true, Output.COLUMNS, "f");
  }

  @Override
  protected Schema input() {
    return Categories.FLOAT_SCHEMA;
  }

  @Override
  protected Rows expected(Rows seen, Rows rows) {
    Rows result = rows;
    for (int feature = 0; feature < 7; feature++) {
      List<Object> values = new ArrayList<>();
      for (int row = 0; row < rows.size(); row++) {
        values.add(FeatureHasherTest.vector(rows, row).getOrDefault(feature, 0.0));
      }
      result = result.with(Types.field("f_" + feature, Types.FLOAT64), values);
    }
    return result;
  }
}
