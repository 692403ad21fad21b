package dev.baton.operators.sample;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.baton.engine.batch.Types;
import dev.baton.engine.operator.Columns;
import dev.baton.engine.operator.Operator;
import dev.baton.engine.testkit.OperatorContract;
import dev.baton.engine.testkit.RandomRows.Mix;
import dev.baton.engine.testkit.Rows;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.arrow.vector.types.pojo.Schema;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class SampleTest extends OperatorContract {
  @Override
  protected Operator operator() {
    return new Sample(0.3, null, 7);
  }

  @Override
  protected Schema input() {
    return Rows.schema("x", Types.FLOAT64, "s", Types.UTF8);
  }

  @Override
  protected Rows expected(Rows seen, Rows rows) {
    return new Rows(
        rows.schema(),
        IntStream.range(0, rows.size())
            .filter(row -> Mixed.byPlace(7, row) < 0.3)
            .mapToObj(row -> rows.cells().get(row))
            .toList());
  }

  @Nested
  class ByValues extends OperatorContract {
    @Override
    protected Operator operator() {
      return new Sample(0.5, Columns.of("s", "i", "x"), 3);
    }

    @Override
    protected Schema input() {
      return Rows.schema("x", Types.FLOAT64, "s", Types.UTF8, "i", Types.INT16);
    }

    @Override
    protected Rows expected(Rows seen, Rows rows) {
      return new Rows(
          rows.schema(),
          IntStream.range(0, rows.size())
              .filter(row -> Mixed.byValues(3, rows, row, "s", "i", "x") < 0.5)
              .mapToObj(row -> rows.cells().get(row))
              .toList());
    }
  }

  @Test
  void keepsAboutTheFractionOfEverySplitAndOthersInEach() {
    Rows rows = rows(1000, 1, Mix.TAME);
    Rows kept =
        drive.transformSplits(
            new Sample(0.5), rows.schema(), List.of(List.of(rows), List.of(rows)));
    assertEquals(1000.0, (double) kept.size(), 60.0);
    assertEquals(false, kept.slice(0, 400).toString().equals(kept.slice(500, 900).toString()));
    assertEquals(0, drive.transform(new Sample(0), rows).size());
    assertEquals(1000, drive.transform(new Sample(1), rows).size());
  }

  @Test
  void aFractionOutOfRangeIsRefused() {
    assertEquals(
        "fraction must be from 0 to 1 but was 1.5",
        assertThrows(IllegalArgumentException.class, () -> new Sample(1.5)).getMessage());
  }
}
