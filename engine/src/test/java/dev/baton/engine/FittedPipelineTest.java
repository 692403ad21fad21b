package dev.baton.engine;

import static dev.baton.engine.testkit.Differences.assertSame;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.baton.engine.batch.Batch;
import dev.baton.engine.batch.Types;
import dev.baton.engine.operator.Columns;
import dev.baton.engine.operator.Operator;
import dev.baton.engine.operator.TypeFamily;
import dev.baton.engine.source.MemorySource;
import dev.baton.engine.source.Source;
import dev.baton.engine.testkit.MemorySink;
import dev.baton.engine.testkit.RandomRows;
import dev.baton.engine.testkit.RandomRows.Mix;
import dev.baton.engine.testkit.Rows;
import dev.baton.engine.testkit.TestOperators.Above;
import dev.baton.engine.testkit.TestOperators.Add;
import dev.baton.engine.testkit.TestOperators.Centre;
import dev.baton.engine.testkit.TestOperators.CentreAllKnown;
import dev.baton.engine.testkit.TestOperators.CentreKnown;
import dev.baton.engine.testkit.TestOperators.Copy;
import dev.baton.engine.testkit.TestOperators.Discovered;
import dev.baton.engine.testkit.TestOperators.Fill;
import dev.baton.engine.testkit.TestOperators.FillMean;
import dev.baton.engine.testkit.TestOperators.Shift;
import dev.baton.engine.testkit.Variants;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.types.pojo.Schema;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Fitting on from what was fitted, saving and loading; closing the engine is the leak check. */
@Timeout(60)
class FittedPipelineTest {
  private static final Schema SCHEMA =
      Rows.schema("x", Types.FLOAT64, "y", Types.FLOAT64, "species", Types.UTF8);
  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2026-11-24T18:00:00Z"), ZoneOffset.UTC);

  @TempDir private Path folder;
  private final RootAllocator root = new RootAllocator();
  private final Engine engine = Engine.open(root, CLOCK);
  private final List<Batch> batches = new ArrayList<>();

  @AfterEach
  void nothingIsLeftBehind() {
    engine.close();
    batches.forEach(Batch::close);
    root.close();
  }

  static Stream<RunOptions> variants() {
    return Variants.all().stream();
  }

  /** Batches of ten rows each, of seeds {@code from} to {@code to - 1}. */
  private Source source(int from, int to) {
    List<Batch> made = new ArrayList<>();
    for (int seed = from; seed < to; seed++) {
      made.add(RandomRows.of(SCHEMA, 10, seed, Mix.TAME).batch(root));
    }
    batches.addAll(made);
    return new MemorySource(made.get(0).schema(), made);
  }

  private static Pipeline pipeline(Source source, Operator... operators) {
    return new Pipeline(source, List.of(operators), null);
  }

  private Rows transformed(FittedPipeline fitted, Source source) {
    MemorySink sink = new MemorySink();
    engine.run(fitted.read(source).write(sink), Variants.baseline());
    return sink.rows();
  }

  @ParameterizedTest
  @MethodSource("variants")
  void goingOnGivesTheBitsOfFittingTheWhole(RunOptions options) {
    Operator[] chain = {
      new Above("x", -50), new Centre(Columns.of("x", "y")), new Add("x", 1), new Copy("x", "z")
    };
    FittedPipeline whole = engine.fit(pipeline(source(0, 12), chain), options);
    FittedPipeline first = engine.fit(pipeline(source(0, 5), chain), options);
    FittedPipeline second = engine.partialFit(first, source(5, 6), options);
    FittedPipeline third = engine.partialFit(second, source(6, 12), options);

    assertEquals(whole.stages(), third.stages());
    assertEquals(120, third.rows());
    assertEquals(List.of(50L, 10L, 60L), third.rounds().stream().map(r -> r.rows()).toList());
    assertNotEquals(first.stages(), third.stages(), "the first is as it was");
  }

  @Test
  void goingOnFromAFileIsGoingOnFromMemory() {
    Operator[] chain = {new Centre(Columns.of("x")), new Centre(Columns.of("y"))};
    FittedPipeline first = engine.fit(pipeline(source(0, 5), chain), Variants.baseline());
    first.save(folder.resolve("first.baton"));
    FittedPipeline loaded = FittedPipeline.load(folder.resolve("first.baton"));
    Source more = source(5, 9);
    assertEquals(
        engine.partialFit(first, more, Variants.baseline()).stages(),
        engine.partialFit(loaded, more, Variants.baseline()).stages());
  }

  @Test
  void aStageBehindOneThatLearnedMoreSaysSo() {
    Operator[] chain = {
      new Centre(Columns.of("x")), new Add("y", 1), new Centre(Columns.of("x", "y"))
    };
    FittedPipeline first = engine.fit(pipeline(source(0, 5), chain), Variants.baseline());
    FittedPipeline second = engine.partialFit(first, source(5, 9), Variants.baseline());
    assertNull(first.stages().get(2).caveat());
    assertNull(second.stages().get(0).caveat());
    String caveat = "its first 50 rows reached it through stage 1 (Centre) as before learning more";
    assertEquals(caveat, second.stages().get(2).caveat());

    // What was approximate once remains so.
    second.save(folder.resolve("second.baton"));
    assertEquals(
        caveat, FittedPipeline.load(folder.resolve("second.baton")).stages().get(2).caveat());
  }

  @Test
  void aStageBehindOneThatDidNotChangeIsExact() {
    Operator[] chain = {new Discovered("x"), new Centre(Columns.of("x"))};
    Source same = source(0, 5);
    FittedPipeline first = engine.fit(pipeline(same, chain), Variants.baseline());
    FittedPipeline second = engine.partialFit(first, same, Variants.baseline());
    assertNull(second.stages().get(1).caveat());
  }

  /** Batches of five rows of x, null where there is none, and y, which goes up. */
  private Source sparse(Double... xs) {
    Schema schema = Rows.schema("x", Types.FLOAT64, "y", Types.FLOAT64);
    List<Batch> made = new ArrayList<>();
    for (int from = 0; from < xs.length; from += 5) {
      Rows rows = Rows.of(schema);
      for (int i = from; i < Math.min(from + 5, xs.length); i++) {
        rows = rows.plus(Rows.of(schema, Rows.row(xs[i], 0.25 * i)));
      }
      made.add(rows.batch(root));
    }
    batches.addAll(made);
    return new MemorySource(schema, made);
  }

  private static final Operator[] FILLED = {
    new FillMean("x"), new Add("y", 1), new CentreKnown("x")
  };

  @ParameterizedTest
  @MethodSource("variants")
  void aStageThatLooksThroughAFillGoesOnExactly(RunOptions options) {
    Double[] first = {1.5, null, 2.5, null, null, 7.0, 8.25};
    Double[] second = {null, null, 100.0, -3.0, null};
    Double[] both = Stream.of(first, second).flatMap(Stream::of).toArray(Double[]::new);
    FittedPipeline whole = engine.fit(pipeline(sparse(both), FILLED), options);
    FittedPipeline more =
        engine.partialFit(
            engine.fit(pipeline(sparse(first), FILLED), options), sparse(second), options);
    for (int i = 0; i < FILLED.length; i++) {
      assertTrue(whole.stages().get(i).equals(more.stages().get(i)), "stage " + (i + 1));
      assertNull(more.stages().get(i).caveat(), "caveat of " + (i + 1));
    }
    double mean = (1.5 + 2.5 + 7 + 8.25 + 100 - 3) / 6;
    assertEquals(new Fill("x", mean), whole.stages().get(0).applied());
    Shift shift = (Shift) whole.stages().get(2).applied();
    assertEquals(mean, shift.amounts().get(0), 1e-12);
  }

  @ParameterizedTest
  @MethodSource("variants")
  void aColumnThatIsGoneIsNotLookedThrough(RunOptions options) {
    Operator[] chain = {new FillMean("x"), new CentreKnown("y"), new CentreAllKnown()};
    Source empty = sparse(null, null, null);
    FittedPipeline first = engine.fit(pipeline(empty, chain), options);
    assertEquals(List.of("y"), names(first.output()));
    assertEquals(
        List.of("y"), first.stages().get(2).observed().stream().map(f -> f.getName()).toList());
    FittedPipeline second = engine.partialFit(first, empty, options);
    assertEquals(6, second.rows());
    assertEquals(first.stages().get(2).applied(), second.stages().get(2).applied());
    PipelineException e =
        assertThrows(
            PipelineException.class, () -> engine.partialFit(first, sparse(1.0, null), options));
    assertTrue(
        e.getMessage()
            .startsWith("stage 3 (CentreAllKnown): cannot go on: it was fitted on columns [y"),
        e.getMessage());
  }

  private static List<String> names(Schema schema) {
    return schema.getFields().stream().map(f -> f.getName()).toList();
  }

  @Test
  void goingOnWithOtherColumnsThanBeforeIsRefused() {
    Operator[] chain = {new Discovered("x"), new Centre(Columns.of(TypeFamily.NUMERIC))};
    FittedPipeline first = engine.fit(pipeline(source(0, 1), chain), Variants.baseline());
    PipelineException e =
        assertThrows(
            PipelineException.class,
            () -> engine.partialFit(first, source(1, 20), Variants.baseline()));
    assertTrue(
        e.getMessage()
            .startsWith(
                "stage 2 (Centre): cannot go on: it was fitted on columns [x float64, y float64,"),
        e.getMessage());
    assertTrue(e.getMessage().endsWith("name columns outright, or fit all data afresh"), "remedy");
  }

  @Test
  void withoutStatesThereIsNothingToGoOnFrom() {
    FittedPipeline first =
        engine.fit(pipeline(source(0, 5), new Centre(Columns.of("x"))), Variants.baseline());
    FittedPipeline serving = first.forServing();
    Source more = source(5, 9);
    assertSame(transformed(first, more), transformed(serving, more), "what it gives");
    PipelineException e =
        assertThrows(
            PipelineException.class, () -> engine.partialFit(serving, more, Variants.baseline()));
    assertEquals(
        "stage 1 (Centre): cannot go on: the pipeline was saved for serving, without states",
        e.getMessage());
  }

  @Test
  void whatIsLoadedIsWhatWasSaved() {
    Operator[] chain = {
      new Above("x", -50), new Centre(Columns.of("x", "y")), new Discovered("x"), new Add("x", 1)
    };
    FittedPipeline fitted = engine.fit(pipeline(source(0, 5), chain), Variants.baseline());
    Path file = folder.resolve("model.baton");
    fitted.save(file);
    FittedPipeline loaded = FittedPipeline.load(file);

    assertEquals(fitted.schema(), loaded.schema());
    assertEquals(fitted.stages(), loaded.stages());
    assertEquals(
        List.of(new TrainingRound(CLOCK.instant(), "memory", 50, Engine.version())),
        loaded.rounds());
    assertNull(loaded.source(), "batches in memory stay there");
    Source other = source(5, 9);
    assertSame(transformed(fitted, other), transformed(loaded, other), "what it gives");
  }

  @Test
  void columnsInAnotherOrderAreTheSame() {
    FittedPipeline fitted =
        engine.fit(pipeline(source(0, 5), new Centre(Columns.of("x"))), Variants.baseline());
    Rows rows = RandomRows.of(SCHEMA, 10, 99, Mix.TAME);
    Rows turned =
        Rows.of(Rows.schema("species", Types.UTF8))
            .plus(rows.only(java.util.Set.of("species")))
            .with(Types.field("y", Types.FLOAT64), rows.column("y"))
            .with(Types.field("x", Types.FLOAT64), rows.column("x"));
    Batch straight = rows.batch(root);
    Batch reversed = turned.batch(root);
    batches.addAll(List.of(straight, reversed));
    assertSame(
        transformed(fitted, new MemorySource(straight.schema(), List.of(straight))),
        transformed(fitted, new MemorySource(reversed.schema(), List.of(reversed))),
        "what it gives");
  }

  @Test
  void allColumnsThatDepartFromTheFittedOnesAreNamedAtOnce() {
    FittedPipeline fitted =
        engine.fit(pipeline(source(0, 5), new Centre(Columns.of("x"))), Variants.baseline());
    Schema other = Rows.schema("x", Types.INT32, "yy", Types.FLOAT64, "extra", Types.BOOL);
    Batch batch = RandomRows.of(other, 3, 1, Mix.TAME).batch(root);
    batches.add(batch);
    Source source = new MemorySource(batch.schema(), List.of(batch));
    PipelineException e =
        assertThrows(PipelineException.class, () -> engine.run(fitted.read(source)));
    assertEquals(
        """
        source: the columns are not those the pipeline was fitted on:
          'x' is int32 but was float64 when fitting
          'y' is missing; it is float64, is it 'yy'?
          'species' is missing; it is utf8
          'yy' was not there when fitting
          'extra' was not there when fitting""",
        e.getMessage());
  }

  @Test
  void furtherColumnsCanBeIgnored() {
    FittedPipeline fitted =
        engine.fit(pipeline(source(0, 5), new Centre(Columns.of("x"))), Variants.baseline());
    Rows rows = RandomRows.of(SCHEMA, 10, 99, Mix.TAME);
    Rows more = rows.with(Types.field("id", Types.INT64), "x", x -> 1L);
    Batch plain = rows.batch(root);
    Batch wide = more.batch(root);
    batches.addAll(List.of(plain, wide));
    MemorySink sink = new MemorySink();
    engine.run(
        fitted.read(new MemorySource(wide.schema(), List.of(wide)), true).write(sink),
        Variants.baseline());
    assertSame(
        transformed(fitted, new MemorySource(plain.schema(), List.of(plain))),
        sink.rows(),
        "without the further column");
  }

  @Test
  void aColumnThatNoStageNeedsCanBeAbsent() {
    FittedPipeline fitted =
        engine.fit(pipeline(source(0, 5), new Centre(Columns.of("x"))), Variants.baseline());
    FittedPipeline fewer = fitted.without("y", "species");
    assertEquals(List.of("x"), fewer.output().getFields().stream().map(f -> f.getName()).toList());
    PipelineException needed = assertThrows(PipelineException.class, () -> fitted.without("x"));
    assertEquals("stage 1 (Shift): no column 'x', did you mean 'y'?", needed.getMessage());
    PipelineException unknown = assertThrows(PipelineException.class, () -> fitted.without("z"));
    assertEquals("no column 'z', did you mean 'x'?", unknown.getMessage());
  }
}
