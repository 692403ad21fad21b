package dev.baton.operators.scale;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.baton.engine.batch.Types;
import dev.baton.engine.operator.Columns;
import dev.baton.engine.operator.Operator;
import dev.baton.engine.operator.ValueException;
import dev.baton.engine.testkit.OperatorContract;
import dev.baton.engine.testkit.RandomRows.Mix;
import dev.baton.engine.testkit.Rows;
import dev.baton.operators.scale.MinMaxScaler.OnConstant;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.apache.arrow.vector.types.pojo.Schema;
import org.junit.jupiter.api.Test;

class MinMaxScalerTest extends OperatorContract {
  @Override
  protected Operator operator() {
    return new MinMaxScaler(Columns.of("a", "b"), -1, 1, false);
  }

  @Override
  protected Schema input() {
    return Rows.schema("a", Types.FLOAT64, "b", Types.INT64, "s", Types.UTF8);
  }

  @Override
  protected Rows rows(int count, long seed, Mix mix) {
    return Finite.rows(input(), count, seed, mix);
  }

  @Override
  protected Rows expected(Rows seen, Rows rows) {
    return scale(seen, scale(seen, rows, "a"), "b");
  }

  private static Rows scale(Rows seen, Rows rows, String name) {
    List<Double> values = Finite.observed(seen, name);
    double least = values.isEmpty() ? Double.NaN : Collections.min(values);
    double range = values.isEmpty() ? Double.NaN : Collections.max(values) - least;
    double factor = 2 / (range < 10 * Math.ulp(1.0) ? 1 : range);
    return rows.with(
        Types.field(name, Types.FLOAT64),
        name,
        x -> x == null ? null : (Object) ((((Number) x).doubleValue() - least) * factor - 1));
  }

  @Test
  void clipsWhatLiesOutsideTheRangeSeenOnlyWhenAsked() {
    Schema schema = Rows.schema("a", Types.FLOAT64);
    List<Rows> seen = List.of(Rows.of(schema, Rows.row(0.0), Rows.row(4.0)));
    Rows later =
        Rows.of(schema, Rows.row(-4.0), Rows.row(1.0), Rows.row(8.0), Rows.row(Double.NaN));
    Columns a = Columns.of("a");
    assertEquals(
        List.of(-1.0, 0.25, 2.0, Double.NaN),
        drive.transform(drive.fit(new MinMaxScaler(a), schema, seen), later).column("a"));
    assertEquals(
        List.of(0.0, 0.25, 1.0, Double.NaN),
        drive
            .transform(drive.fit(new MinMaxScaler(a, 0, 1, true), schema, seen), later)
            .column("a"));
  }

  @Test
  void aConstantColumnGoesToTheMinimum() {
    Schema schema = Rows.schema("a", Types.FLOAT64);
    Rows rows = Rows.of(schema, Rows.row(5.0), Rows.row(5.0));
    Operator scaler = new MinMaxScaler(Columns.of("a"), 2, 3, false);
    assertEquals(List.of(2.0, 2.0), drive.fitAndTransform(scaler, rows).column("a"));
  }

  @Test
  void orToTheMiddleWithAllThatComesLater() {
    Schema schema = Rows.schema("a", Types.FLOAT64);
    Rows seen = Rows.of(schema, Rows.row(5.0), Rows.row(5.0));
    Rows later = Rows.of(schema, Rows.row(5.0), Rows.row(9.0), Rows.row((Object) null));
    Operator scaler = new MinMaxScaler(Columns.of("a"), 2, 3, false, OnConstant.MIDDLE);
    assertEquals(
        Arrays.asList(2.5, 2.5, null),
        drive.transform(drive.fit(scaler, schema, List.of(seen)), later).column("a"));
    Rows varied = Rows.of(schema, Rows.row(4.0), Rows.row(6.0));
    assertEquals(List.of(2.0, 3.0), drive.fitAndTransform(scaler, varied).column("a"));
    Rows nothing = Rows.of(schema, Rows.row((Object) null));
    assertEquals(
        Arrays.asList(Double.NaN, Double.NaN, null),
        drive.transform(drive.fit(scaler, schema, List.of(nothing)), later).column("a"));
  }

  @Test
  void refusesInfinityAndAnEmptyRange() {
    Schema schema = Rows.schema("a", Types.FLOAT64);
    Rows rows = Rows.of(schema, Rows.row(1.0), Rows.row(Double.POSITIVE_INFINITY));
    ValueException e =
        assertThrows(
            ValueException.class,
            () -> drive.fitAndTransform(new MinMaxScaler(Columns.of("a")), rows));
    assertEquals(1, e.row());
    assertThrows(
        IllegalArgumentException.class, () -> new MinMaxScaler(Columns.of("a"), 1, 1, false));
  }
}
