package dev.baton.operators.encode;

import static dev.baton.engine.testkit.Differences.assertSame;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.baton.engine.batch.Types;
import dev.baton.engine.operator.BindException;
import dev.baton.engine.operator.Columns;
import dev.baton.engine.operator.Estimator;
import dev.baton.engine.operator.Operator;
import dev.baton.engine.operator.Transform;
import dev.baton.engine.operator.ValueException;
import dev.baton.engine.testkit.Drive;
import dev.baton.engine.testkit.OperatorContract;
import dev.baton.engine.testkit.RandomRows.Mix;
import dev.baton.engine.testkit.Rows;
import dev.baton.operators.Golden;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.apache.arrow.vector.types.pojo.Schema;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TargetEncoderTest extends OperatorContract {
  private static final int FOLDS = 5;

  @Override
  protected Operator operator() {
    return new TargetEncoder(Columns.of("colour", "number", "flagged", "size"), "price");
  }

  @Override
  protected Schema input() {
    return Rows.schema(
        "colour",
        Types.UTF8,
        "number",
        Types.INT8,
        "flagged",
        Types.BOOL,
        "size",
        Types.FLOAT32,
        "price",
        Types.FLOAT64);
  }

  /** Prices that an oracle can add up: finite and moderate, or missing. */
  @Override
  protected Rows rows(int count, long seed, Mix mix) {
    return super.rows(count, seed, mix)
        .with(
            Types.field("price", Types.FLOAT64),
            "price",
            x -> x instanceof Double d && Double.isInfinite(d) ? (Object) Double.NaN : x);
  }

  @Override
  protected double tolerance() {
    return 1e-9;
  }

  @Override
  protected double splitTolerance() {
    return 1e-9;
  }

  @Override
  protected Rows expected(Rows seen, Rows rows) {
    Rows result = rows;
    for (String column : List.of("colour", "number", "flagged", "size")) {
      List<Object> values = new ArrayList<>();
      for (int row = 0; row < rows.size(); row++) {
        values.add(encoded(seen, column, Categories.plain(rows.get(row, column)), row % FOLDS));
      }
      result = result.with(Types.field(column, Types.FLOAT64), values);
    }
    return result;
  }

  /** What rows of other folds say of a category, by two passes. */
  private static Double encoded(Rows seen, String column, Object category, int fold) {
    List<Double> all = new ArrayList<>();
    List<Double> own = new ArrayList<>();
    for (int row = 0; row < seen.size(); row++) {
      Double price = (Double) seen.get(row, "price");
      if (row % FOLDS != fold && price != null && !price.isNaN()) {
        all.add(price);
        if (Objects.equals(category, Categories.plain(seen.get(row, column)))) {
          own.add(price);
        }
      }
    }
    if (own.isEmpty()) {
      return all.isEmpty() ? null : (Double) mean(all);
    }
    double weight = variance(all) * own.size();
    weight /= weight + variance(own);
    return Double.isNaN(weight)
        ? (Double) mean(all)
        : (Double) (weight * mean(own) + (1 - weight) * mean(all));
  }

  private static double mean(List<Double> values) {
    return values.stream().mapToDouble(x -> x).sum() / values.size();
  }

  private static double variance(List<Double> values) {
    double mean = mean(values);
    return values.stream().mapToDouble(x -> (x - mean) * (x - mean)).sum() / values.size();
  }

  private static final Schema GOLDEN =
      Rows.schema(
          "word",
          Types.UTF8,
          "number",
          Types.INT64,
          "continuous",
          Types.FLOAT64,
          "binary",
          Types.INT32);

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11})
  void givesWhatScikitLearnGives(int number) {
    List<String[]> lines = Golden.table(String.format("target_%02d.tsv", number));
    String[] parameters = lines.get(0);
    Double smooth = parameters[1].equals("auto") ? null : Double.valueOf(parameters[1]);
    TargetEncoder encoder =
        new TargetEncoder(
            Columns.of("word", "number"), parameters[0], smooth, Integer.parseInt(parameters[2]));
    List<Object[]> cells = new ArrayList<>();
    for (String[] line : Golden.table("target_fit.tsv")) {
      cells.add(
          Rows.row(
              line[0], Long.valueOf(line[1]), Double.valueOf(line[2]), Integer.valueOf(line[3])));
    }
    Rows fit = new Rows(GOLDEN, cells);
    Transform crossed = drive.fit(encoder, GOLDEN, List.of(fit.slice(0, 64), fit.slice(64, 150)));
    List<List<Rows>> splits = List.of(List.of(fit.slice(0, 64)), List.of(fit.slice(64, 150)));
    check(lines.subList(1, 151), drive.transformSplits(crossed, GOLDEN, splits), "in folds");

    List<Object[]> others = new ArrayList<>();
    for (String[] line : Golden.table("target_new.tsv")) {
      others.add(Rows.row(line[0], Long.valueOf(line[1])));
    }
    Rows rows = new Rows(Categories.GOLDEN_SCHEMA, others);
    Transform whole = (Transform) encoder.forOtherRows(crossed);
    check(lines.subList(151, lines.size()), drive.transform(whole, rows), "other rows");
  }

  private static void check(List<String[]> lines, Rows given, String what) {
    List<Object[]> cells = new ArrayList<>();
    lines.forEach(l -> cells.add(Rows.row(Double.valueOf(l[0]), Double.valueOf(l[1]))));
    Schema schema = Rows.schema("word", Types.FLOAT64, "number", Types.FLOAT64);
    Rows encoded = given.only(Set.of("word", "number"));
    assertSame(new Rows(schema, cells), encoded, 1e-12, what);
  }

  @Test
  void aFoldIsThatOfTheRowAcrossAllSplits() {
    Rows rows = rows(100, 3, Mix.NULLS);
    TargetEncoder encoder = (TargetEncoder) operator();
    Rows whole = drive.fitAndTransform(encoder, rows);
    List<List<Rows>> splits =
        List.of(
            List.of(rows.slice(0, 13), rows.slice(13, 14)),
            List.of(),
            List.of(rows.slice(14, 51)),
            List.of(rows.slice(51, 51), rows.slice(51, 100)));
    Transform transform = drive.fitSplits(encoder, rows.schema(), splits);
    assertSame(
        whole, drive.transformSplits(transform, rows.schema(), splits), 1e-9, "in four splits");
  }

  @Test
  void oneFoldEncodesRowsByTheirOwnTargetsToo() {
    Rows rows =
        Rows.of(
            Rows.schema("c", Types.UTF8, "y", Types.BOOL),
            Rows.row("a", true),
            Rows.row("a", false),
            Rows.row("b", true),
            Rows.row("c", null));
    TargetEncoder encoder = new TargetEncoder(Columns.of("c"), "y", 0.0, 1);
    assertEquals(
        Arrays.asList(0.5, 0.5, 1.0, 2 / 3.0), drive.fitAndTransform(encoder, rows).column("c"));
  }

  @Test
  void whereNothingWasLearntTheResultIsNull() {
    Rows rows =
        Rows.of(Rows.schema("c", Types.UTF8, "y", Types.INT32), Rows.row("a", 3), Rows.row("a", 5));
    TargetEncoder encoder = new TargetEncoder(Columns.of("c"), "y");
    assertEquals(List.of(5.0, 3.0), drive.fitAndTransform(encoder, rows).column("c"));
    assertEquals(
        Arrays.asList((Object) null), drive.fitAndTransform(encoder, rows.slice(0, 1)).column("c"));
  }

  @Test
  void otherRowsNeedNoTarget() {
    Rows rows = rows(30, 5, Mix.NULLS);
    Estimator<?> encoder = (Estimator<?>) operator();
    Transform fitted = drive.fit(operator(), rows.schema(), List.of(rows));
    Schema without = rows.without("price").schema();
    Transform whole = (Transform) encoder.forOtherRows(fitted);
    assertEquals(4, Drive.declared(whole, without).reads().size());
  }

  @Test
  void whatCannotBeIsAnError() {
    assertEquals(
        "column 'y' cannot be encoded by itself; leave it out of columns",
        assertThrows(
                BindException.class,
                () ->
                    Drive.declared(
                        new TargetEncoder(Columns.all(), "y"),
                        Rows.schema("x", Types.UTF8, "y", Types.INT32)))
            .getMessage());
    assertEquals(
        "folds must be at least 1 but was 0",
        assertThrows(
                IllegalArgumentException.class,
                () -> new TargetEncoder(Columns.of("x"), "y", null, 0))
            .getMessage());
    assertEquals(
        "smooth must be at least 0 and finite but was -1.0; leave it out to estimate it",
        assertThrows(
                IllegalArgumentException.class,
                () -> new TargetEncoder(Columns.of("x"), "y", -1.0, 5))
            .getMessage());
  }

  @Test
  void anInfiniteTargetIsAnErrorNamingItsRow() {
    Rows rows =
        Rows.of(
            Rows.schema("c", Types.UTF8, "y", Types.FLOAT64),
            Rows.row("a", 1.0),
            Rows.row("a", Double.POSITIVE_INFINITY));
    ValueException e =
        assertThrows(
            ValueException.class,
            () -> drive.fitAndTransform(new TargetEncoder(Columns.of("c"), "y"), rows));
    assertEquals("y", e.column());
    assertEquals(1, e.row());
    assertEquals(
        "expected a finite target but was Infinity; put a filter before this stage",
        e.getMessage());
  }
}
