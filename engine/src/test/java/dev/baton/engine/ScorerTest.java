package dev.baton.engine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.baton.engine.batch.Types;
import dev.baton.engine.operator.Binder;
import dev.baton.engine.operator.BoundEstimator;
import dev.baton.engine.operator.BoundTransform;
import dev.baton.engine.operator.Estimator;
import dev.baton.engine.operator.Kernel;
import dev.baton.engine.operator.Nature;
import dev.baton.engine.operator.Operator;
import dev.baton.engine.operator.Transform;
import dev.baton.engine.operator.ValueException;
import dev.baton.engine.testkit.Rows;
import dev.baton.engine.testkit.TestOperators.Above;
import dev.baton.engine.testkit.TestOperators.Add;
import dev.baton.engine.testkit.TestOperators.Calling;
import dev.baton.engine.testkit.TestOperators.Copy;
import dev.baton.engine.testkit.TestOperators.Renamed;
import dev.baton.engine.testkit.TestOperators.Shift;
import dev.baton.engine.testkit.TestOperators.Smallest;
import dev.baton.engine.testkit.TestOperators.Without;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.arrow.vector.types.TimeUnit;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Schema;
import org.junit.jupiter.api.Test;

/** Closing a scorer is the leak check. */
class ScorerTest {
  private static final Schema SCHEMA =
      Rows.schema("x", Types.FLOAT64, "n", Types.INT32, "unused", Types.UTF8);

  private static FittedPipeline fitted(Schema schema, Operator... operators) {
    List<FittedStage> stages = new ArrayList<>();
    for (Operator operator : operators) {
      stages.add(new FittedStage(operator, operator, null, List.of(), null));
    }
    return new FittedPipeline(schema, stages, null, List.of());
  }

  private static FittedPipeline pipeline() {
    return fitted(
        SCHEMA,
        new Renamed("x", "y"),
        new Without("unused"),
        new Add("y", 1),
        new Shift(List.of("y"), List.of(0.5)));
  }

  private static String refusal(org.junit.jupiter.api.function.Executable call) {
    return assertThrows(PipelineException.class, call).getMessage();
  }

  @Test
  void aRowIsScoredByNameByRecordAndByPosition() {
    record Visit(double x, int n) {}

    try (Scorer scorer = pipeline().scorer()) {
      assertEquals(List.of("x", "n"), names(scorer.input()));
      assertEquals(List.of("y", "n"), names(scorer.output()));
      Map<String, Object> expected = Map.of("y", 2.5, "n", 7);
      assertEquals(expected, scorer.score(Map.of("x", 2.0, "n", 7)));
      assertEquals(expected, scorer.score(Map.of("x", 2L, "n", (byte) 7, "unused", "s")));
      assertEquals(expected, scorer.score(new Visit(2, 7)));
      assertArrayEquals(new Object[] {2.5, 7}, scorer.score(new Object[] {2.0, 7}));
      assertEquals(
          List.of(expected, expected),
          scorer.score(List.of(Map.of("x", 2.0, "n", 7), Map.of("x", 2.0, "n", 7))));
    }
  }

  private static List<String> names(Schema schema) {
    return schema.getFields().stream().map(f -> f.getName()).toList();
  }

  @Test
  void componentsAreMatchedWhateverTheWayOfWritingThem() {
    record Flight(int flightDate, double speedInKnots) {}

    Schema schema = Rows.schema("Flight Date", Types.INT32, "speed_in_knots", Types.FLOAT64);
    try (Scorer scorer = fitted(schema).scorer()) {
      assertEquals(
          Map.of("Flight Date", 3, "speed_in_knots", 1.5), scorer.score(new Flight(3, 1.5)));
    }
  }

  @Test
  void everyTypeComesOutAsItWentIn() {
    ArrowType zoned = new ArrowType.Timestamp(TimeUnit.MILLISECOND, "Europe/Paris");
    Schema schema =
        Rows.schema(
            "b",
            Types.BOOL,
            "i8",
            Types.INT8,
            "i16",
            Types.INT16,
            "i64",
            Types.INT64,
            "f",
            Types.FLOAT32,
            "s",
            Types.UTF8,
            "d",
            Types.DATE,
            "t",
            Types.TIMESTAMP,
            "z",
            zoned);
    Object[] row = {
      true,
      (byte) -3,
      (short) 300,
      1L << 40,
      1.5f,
      "größer als zweiunddreißig Bytes, damit es wachsen muss",
      LocalDate.of(1969, 12, 31),
      LocalDateTime.of(1960, 1, 2, 3, 4, 5, 6000),
      Instant.ofEpochMilli(-1)
    };
    Object[] nulls = new Object[row.length];
    try (Scorer scorer = fitted(schema).scorer()) {
      for (int i = 0; i < 3; i++) {
        assertArrayEquals(row, scorer.score(row));
        assertArrayEquals(nulls, scorer.score(nulls));
      }
    }
  }

  @Test
  void textsOfManyRowsStayApartWhateverTheirLength() {
    List<Object[]> rows = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      rows.add(new Object[] {i % 3 == 1 ? null : "é".repeat(i % 7 == 0 ? i : i % 5), i});
    }
    Schema schema = Rows.schema("s", Types.UTF8, "n", Types.INT32);
    try (Scorer scorer = fitted(schema).scorer()) {
      for (int count : new int[] {200, 1, 0, 65}) {
        List<Map<String, Object>> named = new ArrayList<>();
        for (Object[] row : rows.subList(0, count)) {
          Map<String, Object> map = new HashMap<>();
          map.put("s", row[0]);
          map.put("n", row[1]);
          named.add(map);
        }
        assertEquals(named, scorer.score(named));
      }
    }
  }

  @Test
  void allColumnsThatDepartAreNamedAtOnce() {
    try (Scorer scorer = pipeline().scorer()) {
      assertEquals(
          """
          the row does not have the columns the pipeline was fitted on:
            'x' is missing; it is float64, or null; is it 'xx'?
            'n' is missing; it is int32, or null
            'another' was not there when fitting
            'xx' was not there when fitting""",
          refusal(() -> scorer.score(Map.of("xx", 1.0, "another", 2))));
      Map<String, Object> wrong = new HashMap<>();
      wrong.put("x", "two");
      wrong.put("n", 1L << 40);
      assertEquals(
          """
          the values are not of the types the pipeline was fitted on:
            'x' takes a number but was String two
            'n' takes a whole number of 32 bits but was Long 1099511627776""",
          refusal(() -> scorer.score(wrong)));
      assertEquals(
          "the row has 1 values but the pipeline needs 2: x, n",
          refusal(() -> scorer.score(new Object[] {1.0})));
      // It is as good as before.
      assertEquals(2.5, scorer.score(Map.of("x", 2.0, "n", 7)).get("y"));
    }
  }

  @Test
  void aRowThatAStageDropsIsNull() {
    try (Scorer scorer = fitted(SCHEMA, new Above("x", 1)).scorer()) {
      assertNull(scorer.score(Map.of("x", 0.5, "n", 1, "unused", "")));
      assertEquals(
          Arrays.asList(true, false),
          scorer
              .score(
                  List.of(
                      Map.of("x", 2.0, "n", 1, "unused", ""),
                      Map.of("x", 0.5, "n", 1, "unused", "")))
              .stream()
              .map(row -> row != null)
              .toList());
    }
  }

  @Test
  void aStageThatRefusesAValueIsNamed() {
    Calling picky =
        new Calling(
            Nature.COLUMNAR,
            (batch, context) -> {
              throw new ValueException("x", 0, "expected less of it");
            });
    try (Scorer scorer = fitted(SCHEMA, new Copy("x", "z"), picky).scorer()) {
      assertEquals(
          "stage 2 'x' (Calling), row 0: expected less of it",
          refusal(() -> scorer.score(Map.of("x", 0.5, "n", 1, "unused", ""))));
    }
    Calling broken =
        new Calling(
            Nature.COLUMNAR,
            (batch, context) -> {
              throw new IllegalStateException("oh");
            });
    try (Scorer scorer = fitted(SCHEMA, new Copy("x", "z"), broken).scorer()) {
      assertEquals(
          "stage 2 (Calling): IllegalStateException: oh",
          refusal(() -> scorer.score(Map.of("x", 0.5, "n", 1, "unused", ""))));
    }
  }

  /** Learns from the rows at hand in every run. */
  private record Ordered() implements Estimator<Smallest> {
    @Override
    public BoundEstimator<Smallest> bind(Binder binder) {
      throw new UnsupportedOperationException();
    }
  }

  /** Wants to know which split its rows are from. */
  private record Placed() implements Transform {
    @Override
    public BoundTransform bind(Binder binder) {
      return binder.transform(
          context ->
              new Kernel() {
                @Override
                public void start(long split) {}

                @Override
                public void apply(dev.baton.engine.batch.Batch batch) {}
              });
    }
  }

  @Test
  void whatDependsOnOtherRowsIsRefusedByName() {
    String rest =
        ": its result depends on other rows, so single rows cannot be scored; transform them"
            + " together with Engine.run or 'baton transform', or leave this stage out";
    assertEquals(
        "stage 2 (Ordered)" + rest,
        refusal(() -> fitted(SCHEMA, new Add("x", 1), new Ordered()).scorer()));
    assertEquals("stage 1 (Placed)" + rest, refusal(() -> fitted(SCHEMA, new Placed()).scorer()));
  }

  @Test
  void aTypeThatNoJavaValueStandsForIsRefusedByName() {
    Schema schema = new Schema(List.of(Types.listField("l", Types.INT32)));
    assertEquals(
        "single rows cannot be scored:\n  'l' is List, which no Java value stands for",
        refusal(() -> fitted(schema).scorer()));
  }

  @Test
  void manyThreadsScoreAtOnce() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try (Scorer scorer = pipeline().scorer()) {
      List<Callable<Boolean>> calls = new ArrayList<>();
      for (int t = 0; t < 8; t++) {
        double start = t * 1000;
        calls.add(
            () -> {
              for (int i = 0; i < 500; i++) {
                double x = start + i;
                Object[] scored = scorer.score(new Object[] {x, i});
                if (!scored[0].equals(x + 0.5) || !scored[1].equals(i)) {
                  return false;
                }
              }
              return true;
            });
      }
      for (Future<Boolean> done : threads.invokeAll(calls)) {
        assertEquals(true, done.get());
      }
    } finally {
      threads.shutdown();
    }
  }

  @Test
  void aClosedScorerSaysSo() {
    Scorer scorer = pipeline().scorer();
    scorer.close();
    scorer.close();
    assertEquals(
        "the scorer is closed",
        assertThrows(IllegalStateException.class, () -> scorer.score(Map.of("x", 1.0, "n", 1)))
            .getMessage());
  }
}
