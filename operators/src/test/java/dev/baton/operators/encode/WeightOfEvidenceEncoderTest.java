package dev.baton.operators.encode;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.baton.engine.batch.Types;
import dev.baton.engine.operator.BindException;
import dev.baton.engine.operator.Columns;
import dev.baton.engine.operator.Operator;
import dev.baton.engine.operator.Transform;
import dev.baton.engine.operator.ValueException;
import dev.baton.engine.testkit.OperatorContract;
import dev.baton.engine.testkit.Rows;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.arrow.vector.types.pojo.Schema;
import org.junit.jupiter.api.Test;

class WeightOfEvidenceEncoderTest extends OperatorContract {
  @Override
  protected Operator operator() {
    return new WeightOfEvidenceEncoder(Columns.of("colour", "number", "size"), "clicked");
  }

  @Override
  protected Schema input() {
    return Rows.schema(
        "colour", Types.UTF8, "number", Types.INT8, "size", Types.FLOAT64, "clicked", Types.BOOL);
  }

  @Override
  protected double tolerance() {
    return 1e-12;
  }

  @Override
  protected Rows expected(Rows seen, Rows rows) {
    Rows result = rows;
    for (String column : List.of("colour", "number", "size")) {
      result =
          result.with(
              Types.field(column, Types.FLOAT64),
              column,
              value -> weight(seen, column, Categories.plain(value)));
    }
    return result;
  }

  private static double weight(Rows seen, String column, Object category) {
    double[] own = new double[2];
    double[] all = new double[2];
    for (int row = 0; row < seen.size(); row++) {
      Object clicked = seen.get(row, "clicked");
      if (clicked != null) {
        all[clicked.equals(true) ? 1 : 0]++;
        if (Objects.equals(category, Categories.plain(seen.get(row, column)))) {
          own[clicked.equals(true) ? 1 : 0]++;
        }
      }
    }
    return own[0] + own[1] == 0
        ? 0
        : StrictMath.log((own[1] + 1) / (all[1] + 2) / ((own[0] + 1) / (all[0] + 2)));
  }

  private static Rows clicks(String letters, String clicks) {
    List<Object[]> cells = new ArrayList<>();
    for (int i = 0; i < letters.length(); i++) {
      cells.add(Rows.row(letters.substring(i, i + 1), clicks.charAt(i) - '0'));
    }
    return new Rows(Rows.schema("letter", Types.UTF8, "y", Types.INT32), cells);
  }

  @Test
  void withoutRegularizationItIsTheLogarithmOfTheShares() {
    Rows rows = clicks("aaaabbbb", "11100100");
    Operator operator = new WeightOfEvidenceEncoder(Columns.of("letter"), "y", 0);
    Transform transform = drive.fit(operator, rows.schema(), List.of(rows));
    List<Object> given = drive.transform(transform, clicks("abx", "000")).column("letter");
    assertEquals(Math.log(0.75 / 0.25), (double) given.get(0), 1e-12);
    assertEquals(Math.log(0.25 / 0.75), (double) given.get(1), 1e-12);
    assertEquals(0.0, given.get(2));
  }

  @Test
  void aCategoryOfOnlyOneTargetIsAnErrorWithoutRegularization() {
    Rows rows = clicks("aab", "101");
    Operator operator = new WeightOfEvidenceEncoder(Columns.of("letter"), "y", 0);
    BindException e =
        assertThrows(BindException.class, () -> drive.fit(operator, rows.schema(), List.of(rows)));
    assertEquals(
        "category 'b' of column 'letter' has no row of target 0, whose logarithm is infinite; set"
            + " regularization above 0 or group rare categories before this stage",
        e.getMessage());
  }

  @Test
  void aTargetThatIsNotBinaryIsAnErrorNamingItsRow() {
    Rows rows = clicks("aab", "102");
    Operator operator = new WeightOfEvidenceEncoder(Columns.of("letter"), "y");
    ValueException e =
        assertThrows(ValueException.class, () -> drive.fit(operator, rows.schema(), List.of(rows)));
    assertEquals("y", e.column());
    assertEquals(2, e.row());
    assertEquals(
        "expected a target of 0 or 1 but was 2.0; put a filter before this stage", e.getMessage());
  }

  @Test
  void negativeRegularizationIsAnError() {
    assertEquals(
        "regularization must be at least 0 and finite but was -1.0",
        assertThrows(
                IllegalArgumentException.class,
                () -> new WeightOfEvidenceEncoder(Columns.of("a"), "y", -1))
            .getMessage());
  }
}
