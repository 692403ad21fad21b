package dev.baton.operators.encode;

import dev.baton.engine.batch.Types;
import dev.baton.engine.operator.Columns;
import dev.baton.engine.operator.Operator;
import dev.baton.engine.testkit.OperatorContract;
import dev.baton.engine.testkit.Rows;
import dev.baton.operators.encode.MultiHotEncoder.Output;
import dev.baton.operators.encode.MultiHotEncoder.Unknown;
import java.util.List;
import org.apache.arrow.vector.types.pojo.Schema;

/** The contract of a {@link MultiHotEncoder} that makes lists. */
class MultiHotListTest extends OperatorContract {
  @Override
  protected Operator operator() {
    return new MultiHotEncoder(Columns.of("tags", "words"), "e", Output.LIST, Unknown.ERROR);
  }

  @Override
  protected Schema input() {
    return new Schema(MultiHotEncoderTest.FIELDS);
  }

  @Override
  protected Rows expected(Rows seen, Rows rows) {
    Rows result = rows;
    for (String column : List.of("tags", "words")) {
      List<Object> labels = MultiHotEncoderTest.labels(seen, column);
      result =
          result.with(
              Types.listField(column, Types.INT8),
              column,
              value ->
                  value == null
                      ? null
                      : labels.stream()
                          .map(x -> (byte) (MultiHotEncoderTest.of(value).contains(x) ? 1 : 0))
                          .toList());
    }
    return result;
  }
}
