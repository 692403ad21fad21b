package dev.baton.operators.impute;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.baton.engine.batch.Types;
import dev.baton.engine.operator.BindException;
import dev.baton.engine.operator.Columns;
import dev.baton.engine.operator.Operator;
import dev.baton.engine.operator.Transform;
import dev.baton.engine.operator.ValueException;
import dev.baton.engine.testkit.OperatorContract;
import dev.baton.engine.testkit.RandomRows;
import dev.baton.engine.testkit.RandomRows.Mix;
import dev.baton.engine.testkit.Rows;
import dev.baton.operators.impute.MissingOnlyIndicator.OnNew;
import java.util.List;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Schema;
import org.junit.jupiter.api.Test;

class MissingOnlyIndicatorTest extends OperatorContract {
  private static final Schema TWO = Rows.schema("a", Types.FLOAT32, "b", Types.UTF8);

  @Override
  protected Operator operator() {
    return new MissingOnlyIndicator(Columns.of("f64", "s", "f32", "b", "list"));
  }

  @Override
  protected Schema input() {
    return new Schema(
        List.of(
            Types.field("f64", Types.FLOAT64),
            Types.field("s", Types.UTF8),
            Types.field("f32", Types.FLOAT32),
            Types.field("b", Types.BOOL),
            Types.listField("list", Types.INT32)));
  }

  /** One column is never missing. */
  @Override
  protected Rows rows(int count, long seed, Mix mix) {
    Rows rows = RandomRows.of(input(), count, seed, mix);
    return rows.with(input().findField("b"), "b", x -> x == null ? (Object) true : x);
  }

  @Override
  protected ArrowType wrongType() {
    return null;
  }

  private static boolean isMissing(Object x) {
    return x == null || x instanceof Double d && d.isNaN() || x instanceof Float f && f.isNaN();
  }

  @Override
  protected Rows expected(Rows seen, Rows rows) {
    Rows result = rows;
    for (String name : rows.names()) {
      if (seen.column(name).stream().anyMatch(MissingOnlyIndicatorTest::isMissing)) {
        result =
            result.with(
                Types.field(name + "_missing", Types.BOOL),
                name,
                MissingOnlyIndicatorTest::isMissing);
      }
    }
    return result;
  }

  private Transform fitted(OnNew onNew) {
    Rows seen = Rows.of(TWO, Rows.row(1f, null), Rows.row(2f, "x"));
    return drive.fit(new MissingOnlyIndicator(Columns.all(), onNew, "_gone"), TWO, List.of(seen));
  }

  @Test
  void whatIsNewlyMissingIsAnErrorNamingTheRemedy() {
    Rows rows = Rows.of(TWO, Rows.row(1f, "y"), Rows.row(Float.NaN, null));
    ValueException e =
        assertThrows(ValueException.class, () -> drive.transform(fitted(OnNew.ERROR), rows));
    assertEquals("a", e.column());
    assertEquals(1, e.row());
    assertEquals(
        "expected a value, as none was missing when fitting, but it is missing; set onNew=ignore"
            + " or fit on data where it is missing, too",
        e.getMessage());
  }

  @Test
  void orIsPassedOver() {
    Rows rows = Rows.of(TWO, Rows.row(null, "y"), Rows.row(3f, null));
    Rows told = drive.transform(fitted(OnNew.IGNORE), rows);
    assertEquals(List.of("a", "b", "b_gone"), told.names());
    assertEquals(List.of(false, true), told.column("b_gone"));
  }

  @Test
  void aNameThatIsTakenIsRefusedOnlyWhenItIsNeeded() {
    Schema schema = Rows.schema("a", Types.INT32, "a_missing", Types.BOOL);
    Operator indicator = new MissingOnlyIndicator(Columns.of("a"));
    Rows complete = Rows.of(schema, Rows.row(1, true));
    assertEquals(complete.names(), drive.fitAndTransform(indicator, complete).names());
    Rows rows = Rows.of(schema, Rows.row(null, true));
    BindException e =
        assertThrows(BindException.class, () -> drive.fitAndTransform(indicator, rows));
    assertEquals("column 'a_missing' exists already; choose another suffix", e.getMessage());
  }
}
