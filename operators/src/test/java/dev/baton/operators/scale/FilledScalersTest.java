package dev.baton.operators.scale;

import static dev.baton.engine.testkit.Differences.assertSame;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.baton.engine.Engine;
import dev.baton.engine.Pipeline;
import dev.baton.engine.PipelineException;
import dev.baton.engine.RunOptions;
import dev.baton.engine.RunReport;
import dev.baton.engine.batch.Batch;
import dev.baton.engine.batch.Types;
import dev.baton.engine.operator.Columns;
import dev.baton.engine.operator.Operator;
import dev.baton.engine.source.MemorySource;
import dev.baton.engine.testkit.MemorySink;
import dev.baton.engine.testkit.RandomRows.Mix;
import dev.baton.engine.testkit.Rows;
import dev.baton.engine.testkit.Variants;
import dev.baton.operators.compose.ColumnTransformer;
import dev.baton.operators.compose.ColumnTransformer.Group;
import dev.baton.operators.impute.SimpleImputer;
import dev.baton.operators.impute.Strategy;
import dev.baton.operators.select.VarianceThreshold;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.vector.types.pojo.Schema;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Imputer and scalers of the same columns are fitted in one pass: the same numbers as when the rows
 * are filled first and then scaled, and the same bits in every mode.
 */
class FilledScalersTest {
  private static final Schema SCHEMA =
      Rows.schema("d", Types.FLOAT64, "f", Types.FLOAT32, "i", Types.INT32, "none", Types.FLOAT64);
  private static final Columns SOME = Columns.of("d", "f", "i");

  private final Engine engine = Engine.open();
  private final List<Batch> batches = new ArrayList<>();

  @AfterEach
  void close() {
    batches.forEach(Batch::close);
    engine.close();
  }

  private Pipeline read(Rows rows, int size) {
    List<Batch> made = new ArrayList<>();
    for (int from = 0; from < rows.size(); from += size) {
      made.add(rows.slice(from, Math.min(from + size, rows.size())).batch(engine.allocator()));
    }
    batches.addAll(made);
    return Pipeline.read(new MemorySource(rows.schema(), made));
  }

  /** Rows of which "none" has no value. */
  private static Rows rows(long seed, Mix mix) {
    Rows rows = Finite.rows(SCHEMA, 400, seed, mix);
    return rows.with(SCHEMA.findField("none"), "none", x -> null);
  }

  private static Pipeline with(Pipeline pipeline, Operator... operators) {
    Pipeline longer = pipeline;
    for (Operator operator : operators) {
      longer = longer.then(operator);
    }
    return longer;
  }

  private Rows run(Pipeline pipeline, int passes) {
    MemorySink sink = new MemorySink();
    RunReport report = engine.run(pipeline.write(sink), Variants.baseline());
    assertEquals(passes, report.passes().size(), "passes");
    return sink.rows();
  }

  private static List<Operator> scalers() {
    return List.of(
        new StandardScaler(SOME),
        new StandardScaler(SOME, true, true, 1),
        new MinMaxScaler(SOME),
        new MaxAbsScaler(SOME),
        new VarianceThreshold(SOME),
        new VarianceThreshold(SOME, 0.5));
  }

  @ParameterizedTest
  @EnumSource(Strategy.class)
  void fittedInOnePassIsFittedOneAfterTheOther(Strategy strategy) {
    SimpleImputer imputer = new SimpleImputer(SOME, strategy, null, false);
    for (Mix mix : List.of(Mix.NULLS, Mix.ALL)) {
      Rows rows = rows(11 + strategy.ordinal(), mix);
      Rows filled = run(with(read(rows, 70), imputer), 2);
      for (Operator scaler : scalers()) {
        Rows apart = run(with(read(filled, 70), scaler), 2);
        Rows together = run(with(read(rows, 70), imputer, scaler), 2);
        assertSame(apart, together, 1e-12, scaler + " behind " + strategy);
      }
    }
  }

  @Test
  void everyModeGivesTheSameBits() {
    Pipeline pipeline = with(read(rows(3, Mix.ALL), 30), new SimpleImputer(SOME), grouped());
    RunReport inline = engine.run(pipeline, Variants.baseline());
    for (RunOptions options : Variants.all()) {
      assertEquals(inline.digest(), engine.run(pipeline, options).digest(), options.toString());
    }
  }

  /** Runs only where worker processes are on the class path: in the module of the examples. */
  @Test
  @Tag("worker-processes")
  void workerProcessesGiveTheSameBitsAsInline() {
    Pipeline pipeline =
        with(read(rows(3, Mix.ALL), 30), new SimpleImputer(SOME), new StandardScaler(SOME));
    RunReport inline = engine.run(pipeline, Variants.baseline());
    for (RunOptions options : Variants.processes()) {
      RunReport report = engine.run(pipeline, options);
      assertEquals(2, report.passes().size(), options.toString());
      assertEquals(inline.digest(), report.digest(), options.toString());
    }
  }

  private static Operator grouped() {
    return new ColumnTransformer(
        List.of(
            new Group(
                "n", SOME, List.of(new SimpleImputer(Columns.all()), new StandardScaler(SOME)))));
  }

  @Test
  void inAGroupOfColumnsToo() {
    Rows rows = rows(5, Mix.NULLS);
    Rows flat = run(with(read(rows, 50), new SimpleImputer(SOME), new StandardScaler(SOME)), 2);
    Rows inGroup = run(with(read(rows, 50), grouped()), 2);
    for (String name : List.of("d", "f", "i")) {
      assertEquals(flat.column(name), inGroup.column("n__" + name), name);
    }
  }

  @Test
  void aColumnWithoutAnyValueIsDroppedAsBefore() {
    Rows rows = rows(6, Mix.NULLS);
    Rows scaled =
        run(
            with(
                read(rows, 50),
                new SimpleImputer(Columns.all()),
                new StandardScaler(Columns.all())),
            3);
    assertEquals(List.of("d", "f", "i"), scaled.names());
    Rows kept =
        run(
            with(
                read(rows, 50),
                new SimpleImputer(Columns.all(), Strategy.MEAN, null, true),
                new StandardScaler(Columns.all())),
            2);
    assertSame(scaled, kept.without("none"), 1e-12, "the other columns");
    assertEquals(0.0, kept.get(0, "none"), "filled with 0, the mean of which is 0");
  }

  @Test
  void anInfiniteFillIsRefusedAsBefore() {
    PipelineException e =
        assertThrows(
            PipelineException.class,
            () ->
                run(
                    with(
                        read(rows(7, Mix.NULLS), 50),
                        new SimpleImputer(Columns.of("d"), Strategy.CONSTANT, "Infinity", false),
                        new StandardScaler(Columns.of("d"))),
                    2));
    assertEquals(
        "stage 2 'd' (StandardScaler): what is put where it is missing must be finite but was"
            + " Infinity; choose another fill before this stage",
        e.getMessage());
  }
}
