package dev.baton.engine.testkit;

import dev.baton.engine.batch.Types;
import dev.baton.engine.operator.Operator;
import java.util.stream.LongStream;
import org.apache.arrow.vector.types.pojo.Schema;

/** The contract holds for the smallest operator that depends on the order of the rows. */
class OrderedContractTest extends OperatorContract {
  @Override
  protected Operator operator() {
    return new TestOperators.Numbered("number");
  }

  @Override
  protected Schema input() {
    return Rows.schema("n", Types.INT32, "other", Types.UTF8);
  }

  @Override
  protected Rows expected(Rows seen, Rows rows) {
    return rows.with(
        Types.field("number", Types.INT64), LongStream.range(0, rows.size()).boxed().toList());
  }
}
