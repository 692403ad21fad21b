package dev.baton.operators.sample;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.baton.engine.batch.Types;
import dev.baton.engine.operator.Columns;
import dev.baton.engine.operator.Operator;
import dev.baton.engine.testkit.OperatorContract;
import dev.baton.engine.testkit.RandomRows.Mix;
import dev.baton.engine.testkit.Rows;
import dev.baton.operators.sample.TrainTestSplit.Part;
import java.util.stream.IntStream;
import org.apache.arrow.vector.types.pojo.Schema;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class TrainTestSplitTest extends OperatorContract {
  @Override
  protected Operator operator() {
    return new TrainTestSplit(0.25, 0.25, Columns.of("s"), 1, "use", null);
  }

  @Override
  protected Schema input() {
    return Rows.schema("x", Types.FLOAT64, "s", Types.UTF8);
  }

  private static String part(double unit) {
    return unit < 0.5 ? "train" : unit < 0.75 ? "validation" : "test";
  }

  @Override
  protected Rows expected(Rows seen, Rows rows) {
    return rows.with(
        Types.field("use", Types.UTF8),
        IntStream.range(0, rows.size())
            .mapToObj(row -> part(Mixed.byValues(1, rows, row, "s")))
            .toList());
  }

  @Nested
  class KeepingOnePart extends OperatorContract {
    @Override
    protected Operator operator() {
      return new TrainTestSplit(0.25, 0.25, null, 1, "use", Part.VALIDATION);
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
              .filter(row -> part(Mixed.byPlace(1, row)).equals("validation"))
              .mapToObj(row -> rows.cells().get(row))
              .toList());
    }
  }

  @Test
  void aQuarterIsForTheTestByDefault() {
    Rows result = drive.transform(new TrainTestSplit(), rows(4000, 1, Mix.TAME));
    long tests = result.column("part").stream().filter("test"::equals).count();
    assertEquals(1000.0, (double) tests, 100.0);
    assertEquals(4000 - tests, result.column("part").stream().filter("train"::equals).count());
  }

  @Test
  void partsThatAreMoreThanAllAreRefused() {
    assertEquals(
        "test and validation must be parts of 1 but were 0.7 and 0.5",
        assertThrows(
                IllegalArgumentException.class,
                () -> new TrainTestSplit(0.7, 0.5, null, 0, "part", null))
            .getMessage());
  }
}
