package dev.baton.fuzz;

import dev.baton.engine.batch.Batch;
import dev.baton.engine.operator.BindException;
import dev.baton.engine.operator.BoundTransform;
import dev.baton.engine.operator.ValueException;
import dev.baton.engine.testkit.Drive;
import dev.baton.engine.testkit.Rows;
import dev.baton.operators.expression.Derive;
import dev.baton.operators.expression.Expression;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.apache.arrow.memory.RootAllocator;

/** What is parsed prints as text that parses to the same, and computes or says why not. */
final class ExpressionTarget implements Target {
  private final Rows rows = Samples.rows(6);

  @Override
  public List<byte[]> seeds() {
    return java.util.stream.Stream.of(
            "-(int8 + 2) * float64 / int64 % 3",
            "case when utf8 like 'a%_' or bool then upper(utf8) else 'it''s' end",
            "coalesce(int32, .5e3) between 1 and 2 and not float32 is null",
            "date = date '2020-01-31' and timestamp < timestamp '2020-01-31 10:00:00'",
            "cast(utf8 as float64) in (1, -9223372036854775808) and \"int8\" <> 1",
            "substring(utf8, 2, 3) || lower(utf8) = nullif('x', utf8)")
        .map(text -> text.getBytes(StandardCharsets.UTF_8))
        .toList();
  }

  @Override
  public int briefly() {
    return 40_000;
  }

  @Override
  public void accept(byte[] input) throws Exception {
    Expression expression;
    try {
      expression = Expression.parse(new String(input, StandardCharsets.UTF_8));
    } catch (IllegalArgumentException e) {
      if (e.getMessage() == null || !e.getMessage().contains("at ")) {
        throw new AssertionError("an error without a place", e);
      }
      return;
    }
    String printed = expression.toString();
    if (!Expression.parse(printed).equals(expression)) {
      throw new AssertionError("printed as another expression: " + printed);
    }
    compute(new Derive("result", expression));
  }

  private void compute(Derive derive) {
    BoundTransform bound;
    try {
      bound = Drive.bind(derive, rows.schema());
    } catch (BindException e) {
      return;
    }
    try (RootAllocator allocator = new RootAllocator();
        Batch batch = rows.batch(allocator)) {
      new Drive(allocator).apply(derive, rows.schema(), batch);
      if (!batch.schema().equals(bound.output())) {
        throw new AssertionError("declared " + bound.output() + " but made " + batch.schema());
      }
    } catch (ValueException e) {
      // A value that cannot be cast, say, which the message explains.
      Objects.requireNonNull(e.getMessage());
    }
  }
}
