package dev.baton.operators.rows;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.baton.engine.BatchStream;
import dev.baton.engine.Engine;
import dev.baton.engine.Pipeline;
import dev.baton.engine.PipelineException;
import dev.baton.engine.RunOptions;
import dev.baton.engine.RunReport;
import dev.baton.engine.batch.Batch;
import dev.baton.engine.batch.Types;
import dev.baton.engine.operator.Columns;
import dev.baton.engine.operator.Operator;
import dev.baton.engine.source.OnBad;
import dev.baton.engine.testkit.Differences;
import dev.baton.engine.testkit.OperatorContract;
import dev.baton.engine.testkit.Rows;
import dev.baton.engine.testkit.SplitSource;
import dev.baton.engine.testkit.Variants;
import dev.baton.operators.compose.ColumnTransformer;
import dev.baton.operators.scale.StandardScaler;
import dev.baton.operators.select.Cast;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.types.pojo.Schema;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LenientTest {
  private static final Schema SCHEMA =
      Rows.schema("id", Types.INT64, "a", Types.UTF8, "b", Types.UTF8);
  private static final Cast CAST = new Cast(Columns.of("a", "b"), Types.INT64);

  /** Where nothing is refused it is the step. */
  @Nested
  class OfRowsThatAreTaken extends OperatorContract {
    @Override
    protected Operator operator() {
      return new Lenient(new Cast(Columns.of("n"), Types.FLOAT64), new OnBad.Skip());
    }

    @Override
    protected Schema input() {
      return Rows.schema("n", Types.INT32, "s", Types.UTF8);
    }

    @Override
    protected Rows expected(Rows seen, Rows rows) {
      return rows.with(
          Types.field("n", Types.FLOAT64),
          "n",
          n -> n == null ? null : (Object) ((Number) n).doubleValue());
    }
  }

  @TempDir Path folder;

  private final RootAllocator root = new RootAllocator();
  private final List<List<Batch>> splits = new ArrayList<>();
  private final List<Object[]> rows = new ArrayList<>();
  private Engine engine;

  /** Splits of none, one and several batches, the largest of which have several windows. */
  @BeforeEach
  void rowsOfWhichSomeAreNoNumbers() {
    engine = Engine.open(root);
    Random random = new Random(4);
    for (int split = 0; split < 7; split++) {
      List<Batch> batches = new ArrayList<>();
      for (int i = 0; i < split % 4; i++) {
        List<Object[]> some = new ArrayList<>();
        int bad = split == 5 ? 2 : 40; // in one split half of all
        for (int row = 0; row < 1 + i * 400; row++) {
          some.add(
              new Object[] {(long) rows.size() + row, value(random, bad), value(random, 3 * bad)});
        }
        rows.addAll(some);
        batches.add(new Rows(SCHEMA, some).batch(root));
      }
      splits.add(batches);
    }
  }

  private static String value(Random random, int bad) {
    return random.nextInt(bad) == 0
        ? "x" + random.nextInt(9)
        : random.nextInt(5) == 0 ? null : String.valueOf(random.nextInt(1000));
  }

  @AfterEach
  void nothingIsLeftBehind() {
    engine.close();
    splits.forEach(batches -> batches.forEach(Batch::close));
    root.close();
  }

  private Pipeline pipeline(OnBad bad) {
    return Pipeline.read(new SplitSource(SCHEMA, splits))
        .then(new Lenient(CAST, bad))
        .then(new StandardScaler(Columns.of("a")));
  }

  private static boolean isBad(Object value) {
    return value != null && value.toString().startsWith("x");
  }

  private static boolean isBad(Object[] row) {
    return isBad(row[1]) || isBad(row[2]);
  }

  private long badRows() {
    return rows.stream().filter(LenientTest::isBad).count();
  }

  /** What a source without them would give. */
  private Rows expected(List<Object[]> good) {
    Batch batch = new Rows(SCHEMA, good).batch(root);
    Pipeline plain =
        Pipeline.read(new SplitSource(SCHEMA, List.of(List.of(batch))))
            .then(CAST)
            .then(new StandardScaler(Columns.of("a")));
    try (batch) {
      return rows(plain, Variants.baseline());
    }
  }

  private Rows rows(Pipeline pipeline, RunOptions options) {
    Rows all = null;
    try (BatchStream stream = engine.stream(pipeline, options)) {
      all = Rows.of(stream.schema());
      while (stream.hasNext()) {
        try (Batch batch = stream.next()) {
          all = all.plus(Rows.of(batch));
        }
      }
    }
    return all;
  }

  private void sameInEveryMode(OnBad bad, Rows expected) {
    Rows inline = rows(pipeline(bad), Variants.baseline());
    assertEquals(expected.column("id"), inline.column("id"));
    assertEquals(expected.column("b"), inline.column("b"));
    RunReport baseline = engine.run(pipeline(bad), Variants.baseline());
    assertEquals(badRows(), baseline.badInStages().get("1 Cast").rows());
    for (RunOptions options : Variants.all()) {
      Differences.assertSame(inline, rows(pipeline(bad), options), options.toString());
      RunReport report = engine.run(pipeline(bad), options);
      assertEquals(baseline.digest(), report.digest(), options.toString());
      assertEquals(baseline.badInStages(), report.badInStages(), options.toString());
    }
  }

  @Test
  void skippedRowsAreAsIfTheyHadNeverBeen() {
    sameInEveryMode(new OnBad.Skip(), expected(rows.stream().filter(row -> !isBad(row)).toList()));
  }

  @Test
  void valuesAreMadeNull() {
    List<Object[]> mended = new ArrayList<>();
    for (Object[] row : rows) {
      mended.add(Arrays.stream(row).map(value -> isBad(value) ? null : value).toArray());
    }
    sameInEveryMode(new OnBad.MakeNull(), expected(mended));
  }

  @Test
  void rejectedRowsAreWrittenDownInTheirOrder() throws Exception {
    Path file = folder.resolve("bad.csv");
    List<Object[]> good = rows.stream().filter(row -> !isBad(row)).toList();
    String inline = null;
    for (RunOptions options : Variants.all()) {
      RunReport report = engine.run(pipeline(new OnBad.Reject(file)), options);
      assertEquals(good.size(), report.rowsOut());
      String text = Files.readString(file);
      inline = inline == null ? text : inline;
      assertEquals(inline, text, options.toString());
    }
    List<String> lines = inline.lines().toList();
    assertEquals("file,line,byte,row,column,rule,text", lines.get(0));
    assertEquals(badRows(), lines.size() - 1);
    int line = 1;
    for (Object[] row : rows) {
      if (isBad(row)) {
        String json = "{\"\"id\"\": " + row[0] + ", \"\"a\"\": ";
        assertTrue(lines.get(line).contains(json), lines.get(line));
        assertTrue(
            lines.get(line).matches("\"batch \\d+(\\.\\d+)?\",,,\\d+,\"[ab]\",\".*"),
            lines.get(line));
        line++;
      }
    }
  }

  @Test
  void tooManyFailTheRunAndNameTheFirst() {
    long bad = badRows();
    engine.run(pipeline(new OnBad.Skip(bad, 1)), Variants.baseline());
    for (RunOptions options : Variants.all()) {
      String message =
          assertThrows(
                  PipelineException.class,
                  () -> engine.run(pipeline(new OnBad.Skip(bad - 1, 1)), options))
              .getMessage();
      assertTrue(
          message.startsWith(
              "stage 1 (Cast): more than the " + (bad - 1) + " rows that may be bad; the first: "),
          message);
      assertTrue(message.contains("cannot convert") || message.contains("'x"), message);
    }
    String share =
        assertThrows(
                PipelineException.class,
                () -> engine.run(pipeline(new OnBad.Skip(bad, 0.001)), Variants.baseline()))
            .getMessage();
    assertTrue(
        share.startsWith("stage 1 (Cast): " + bad + " of " + rows.size() + " rows are bad"), share);
  }

  @Test
  void failIsTheStepItself() {
    String plain =
        assertThrows(
                PipelineException.class,
                () ->
                    engine.run(
                        Pipeline.read(new SplitSource(SCHEMA, splits)).then(CAST),
                        Variants.baseline()))
            .getMessage();
    assertEquals(
        plain,
        assertThrows(
                PipelineException.class,
                () -> engine.run(pipeline(new OnBad.Fail()), Variants.baseline()))
            .getMessage());
  }

  @Test
  void whatCannotBeIsSaid() {
    assertTrue(
        assertThrows(
                IllegalArgumentException.class,
                () -> new Lenient(new StandardScaler(Columns.of("a")), new OnBad.Skip()))
            .getMessage()
            .startsWith("step must be one that learns nothing but was StandardScaler"));
    Path file = folder.resolve("bad.csv");
    Pipeline twice =
        pipeline(new OnBad.Reject(file))
            .then(new Lenient(new Cast(Columns.of("b"), Types.UTF8), new OnBad.Reject(file)));
    assertEquals(
        "stage 3 (Cast): another writes what it rejects to " + file + " too",
        assertThrows(PipelineException.class, () -> engine.run(twice, Variants.baseline()))
            .getMessage());
    assertFalse(Files.exists(file));
    MapRows refusing =
        new MapRows(
            Columns.of("id"),
            List.of(Types.field("c", Types.INT64)),
            (in, out) -> {
              throw new IllegalStateException("no");
            });
    Pipeline unknown =
        Pipeline.read(new SplitSource(SCHEMA, splits))
            .then(new Lenient(refusing, new OnBad.MakeNull()));
    assertTrue(
        assertThrows(PipelineException.class, () -> engine.run(unknown, Variants.baseline()))
            .getMessage()
            .contains("(and it cannot be made null; skip or reject such rows instead)"));
    RunReport none =
        engine.run(
            Pipeline.read(new SplitSource(SCHEMA, splits))
                .then(new Lenient(refusing, new OnBad.Skip())),
            Variants.baseline());
    assertEquals(0, none.rowsOut());
    assertEquals(Map.of("1 MapRows", (long) rows.size()), counts(none));
  }

  @Test
  void groupsHaveNone() {
    assertEquals(
        "group 'g' has a lenient step, but rows belong to all groups; put it before the"
            + " column-transformer",
        assertThrows(
                IllegalArgumentException.class,
                () ->
                    new ColumnTransformer.Group(
                        "g", Columns.of("a"), List.of(new Lenient(CAST, new OnBad.Skip()))))
            .getMessage());
  }

  private static Map<String, Long> counts(RunReport report) {
    Map<String, Long> counts = new java.util.LinkedHashMap<>();
    report.badInStages().forEach((stage, bad) -> counts.put(stage, bad.rows()));
    return counts;
  }
}
