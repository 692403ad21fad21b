package dev.baton.operators.compose;

import static dev.baton.engine.testkit.Differences.assertSame;
import static dev.baton.engine.testkit.Rows.row;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.baton.engine.Engine;
import dev.baton.engine.FittedPipeline;
import dev.baton.engine.Pipeline;
import dev.baton.engine.PipelineException;
import dev.baton.engine.RunOptions;
import dev.baton.engine.RunReport;
import dev.baton.engine.Scorer;
import dev.baton.engine.batch.Batch;
import dev.baton.engine.batch.Types;
import dev.baton.engine.operator.Columns;
import dev.baton.engine.operator.Operator;
import dev.baton.engine.operator.TypeFamily;
import dev.baton.engine.source.MemorySource;
import dev.baton.engine.source.Source;
import dev.baton.engine.testkit.MemorySink;
import dev.baton.engine.testkit.Rows;
import dev.baton.engine.testkit.Variants;
import dev.baton.operators.compose.ColumnTransformer.Group;
import dev.baton.operators.compose.ColumnTransformer.Remainder;
import dev.baton.operators.encode.OneHotEncoder;
import dev.baton.operators.encode.OrdinalEncoder;
import dev.baton.operators.expression.Expression;
import dev.baton.operators.expression.Filter;
import dev.baton.operators.impute.SimpleImputer;
import dev.baton.operators.scale.StandardScaler;
import dev.baton.operators.select.Select;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.arrow.memory.RootAllocator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ColumnTransformerTest {
  private static final Rows ROWS =
      Rows.of(
          Rows.schema(
              "id", Types.INT64, "age", Types.FLOAT64, "size", Types.FLOAT64, "city", Types.UTF8),
          row(1L, 1.0, 10.0, "Rome"),
          row(2L, null, 20.0, "Oslo"),
          row(3L, 3.0, 60.0, "Rome"));
  private static final Group NUMBERS =
      new Group(
          "n",
          Columns.of("age", "size"),
          List.of(new SimpleImputer(Columns.all()), new StandardScaler(Columns.of("age"))));
  private static final Group CITIES =
      new Group("c", Columns.of(TypeFamily.TEXT), List.of(new OneHotEncoder(Columns.all())));

  private final RootAllocator root = new RootAllocator();
  private final Engine engine = Engine.open(root);
  private final Batch batch = ROWS.batch(root);
  private final Source source = new MemorySource(batch.schema(), List.of(batch));

  @AfterEach
  void nothingIsLeftBehind() {
    engine.close();
    batch.close();
    root.close();
  }

  private Rows run(RunOptions options, Operator... operators) {
    MemorySink sink = new MemorySink();
    engine.run(new Pipeline(source, List.of(operators), sink), options);
    return sink.rows();
  }

  private String failure(Operator operator) {
    return assertThrows(PipelineException.class, () -> run(Variants.baseline(), operator))
        .getMessage();
  }

  @Test
  void eachGroupHasItsStepsAndItsPrefix() {
    double scaled = Math.sqrt(1.5);
    Rows expected =
        Rows.of(
            Rows.schema(
                "n__age",
                Types.FLOAT64,
                "n__size",
                Types.FLOAT64,
                "c__city_Oslo",
                Types.INT8,
                "c__city_Rome",
                Types.INT8),
            row(-scaled, 10.0, (byte) 0, (byte) 1),
            row(0.0, 20.0, (byte) 1, (byte) 0),
            row(scaled, 60.0, (byte) 0, (byte) 1));
    for (RunOptions options : Variants.all()) {
      assertSame(
          expected,
          run(options, new ColumnTransformer(List.of(NUMBERS, CITIES))),
          1e-12,
          options.toString());
    }
  }

  /** Runs only where worker processes are on the class path: in the module of the examples. */
  @Test
  @Tag("worker-processes")
  void workerProcessesGiveTheSameBitsAsInline() {
    Operator groups = new ColumnTransformer(List.of(NUMBERS, CITIES), Remainder.PASSTHROUGH, true);
    Pipeline pipeline = new Pipeline(source, List.of(groups), null);
    RunReport inline = engine.run(pipeline, Variants.baseline());
    for (RunOptions options : Variants.processes()) {
      RunReport report = engine.run(pipeline, options);
      assertEquals(inline.schema(), report.schema(), options.toString());
      assertEquals(inline.digest(), report.digest(), options.toString());
    }
  }

  @Test
  void theRestCanPassThroughAndNamesCanStay() {
    Rows rows =
        run(
            Variants.baseline(),
            new ColumnTransformer(List.of(CITIES, NUMBERS), Remainder.PASSTHROUGH, false));
    assertEquals(List.of("city_Oslo", "city_Rome", "age", "size", "id"), rows.names());
  }

  @Test
  void aColumnCanBeInSeveralGroups() {
    Group raw = new Group("raw", Columns.of("age", "size"), List.of());
    Group chosen =
        new Group("s", Columns.of("size", "age"), List.of(new Select(Columns.of("size"))));
    Rows rows = run(Variants.baseline(), new ColumnTransformer(List.of(raw, NUMBERS, chosen)));
    assertEquals(List.of("raw__age", "raw__size", "n__age", "n__size", "s__size"), rows.names());
    assertEquals(ROWS.column("age"), rows.column("raw__age"));
    assertEquals(ROWS.column("size"), rows.column("s__size"));
  }

  @Test
  void estimatorsOfDifferentGroupsShareAPass() {
    RunReport report =
        engine.run(
            new Pipeline(source, List.of(new ColumnTransformer(List.of(NUMBERS, CITIES))), null),
            Variants.baseline());
    assertEquals(
        List.of("2 n: SimpleImputer", "3 n: StandardScaler", "4 c: OneHotEncoder"),
        report.passes().get(0).fitted());
    assertEquals(2, report.passes().size());
  }

  @Test
  void fittedItIsSavedAndScoredLikeAnyOther(@TempDir Path folder) {
    Pipeline pipeline =
        new Pipeline(source, List.of(new ColumnTransformer(List.of(NUMBERS, CITIES))), null);
    Path file = folder.resolve("m.baton");
    engine.fit(pipeline, Variants.baseline()).save(file);
    FittedPipeline loaded = FittedPipeline.load(file);
    Rows whole = run(Variants.baseline(), pipeline.operators().get(0));
    try (Scorer scorer = loaded.scorer()) {
      Map<String, Object> scored = scorer.score(Map.of("age", 3, "size", 60.0, "city", "Rome"));
      assertEquals(whole.get(2, "n__age"), scored.get("n__age"));
      assertEquals(new ArrayList<>(whole.names()), new ArrayList<>(scored.keySet()));
    }
  }

  @Test
  void rowsCannotChangeInsideAGroup() {
    Group filtering =
        new Group("f", Columns.of("age"), List.of(new Filter(Expression.parse("age > 1"))));
    assertEquals(
        "stage 2 (f: Filter): rows cannot change inside group 'f', for the other groups would keep"
            + " theirs; do that before or after",
        failure(new ColumnTransformer(List.of(filtering))));
  }

  @Test
  void aGroupDoesNotSeeOtherColumns() {
    Group group =
        new Group("g", Columns.of("age"), List.of(new OrdinalEncoder(Columns.of("city"))));
    assertTrue(
        failure(new ColumnTransformer(List.of(group)))
            .startsWith("stage 2 (g: OrdinalEncoder): no column 'city'"));
  }

  @Test
  void twoColumnsOfOneNameAreAnErrorThatNamesThem() {
    Group a = new Group("a", Columns.of("age"), List.of());
    Group b = new Group("b", Columns.of("age"), List.of());
    assertEquals(
        "stage 2 (LeaveGroups): two groups, or a group and the rest, leave behind a column 'age';"
            + " set prefix, or rename it in one of them",
        failure(new ColumnTransformer(List.of(a, b), Remainder.DROP, false)));
  }

  @Test
  void groupsHaveNamesOfTheirOwn() {
    Group a = new Group("a", Columns.of("age"), List.of());
    assertEquals(
        "two groups are called 'a'",
        assertThrows(IllegalArgumentException.class, () -> new ColumnTransformer(List.of(a, a)))
            .getMessage());
    assertEquals(
        "a group must have a name without '__' but it was 'a__b'",
        assertThrows(
                IllegalArgumentException.class, () -> new Group("a__b", Columns.all(), List.of()))
            .getMessage());
  }
}
