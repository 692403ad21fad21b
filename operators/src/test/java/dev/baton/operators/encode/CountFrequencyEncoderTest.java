package dev.baton.operators.encode;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.baton.engine.batch.Types;
import dev.baton.engine.operator.Columns;
import dev.baton.engine.operator.Operator;
import dev.baton.engine.operator.Transform;
import dev.baton.engine.operator.ValueException;
import dev.baton.engine.testkit.OperatorContract;
import dev.baton.engine.testkit.Rows;
import dev.baton.operators.encode.CountFrequencyEncoder.Method;
import dev.baton.operators.encode.CountFrequencyEncoder.Unknown;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.apache.arrow.vector.types.pojo.Schema;
import org.junit.jupiter.api.Test;

class CountFrequencyEncoderTest extends OperatorContract {
  @Override
  protected Operator operator() {
    return new CountFrequencyEncoder(Columns.of("colour", "number", "flagged", "size"));
  }

  @Override
  protected Schema input() {
    return Categories.FLOAT_SCHEMA;
  }

  @Override
  protected Rows expected(Rows seen, Rows rows) {
    Rows result = rows;
    for (String column : rows.names()) {
      result =
          result.with(
              Types.field(column, Types.FLOAT64),
              column,
              value ->
                  (double)
                      seen.column(column).stream()
                          .filter(x -> Objects.equals(Categories.plain(x), Categories.plain(value)))
                          .count());
    }
    return result;
  }

  private List<Object> encode(Method method, Unknown unknown, String seen, String letters) {
    Rows fit = Categories.letters(seen);
    Operator operator = new CountFrequencyEncoder(Columns.of("letter"), method, unknown);
    Transform transform = drive.fit(operator, fit.schema(), List.of(fit));
    return drive.transform(transform, Categories.letters(letters)).column("letter");
  }

  @Test
  void frequenciesAreSharesOfAllRowsNullsIncluded() {
    assertEquals(
        List.of(0.5, 0.25, 0.25, 0.0), encode(Method.FREQUENCY, Unknown.ZERO, "aab.", "ab.x"));
  }

  @Test
  void unknownValuesAndNullsThatWereNotSeenAreAsAsked() {
    assertEquals(List.of(1.0, 0.0, 0.0), encode(Method.COUNT, Unknown.ZERO, "ab", "ax."));
    assertEquals(Arrays.asList(1.0, null, null), encode(Method.COUNT, Unknown.NULL, "ab", "ax."));
    ValueException e =
        assertThrows(ValueException.class, () -> encode(Method.COUNT, Unknown.ERROR, "blue", "bx"));
    assertEquals(1, e.row());
    assertEquals(
        "expected a category seen at fit but was 'x', did you mean 'b'? Else set another unknown or"
            + " fit on data that has it",
        e.getMessage());
  }
}
