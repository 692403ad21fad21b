package dev.baton.operators.encode;

import static dev.baton.engine.testkit.Differences.assertSame;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.baton.engine.batch.Types;
import dev.baton.engine.operator.BindException;
import dev.baton.engine.operator.Columns;
import dev.baton.engine.operator.Operator;
import dev.baton.engine.operator.Transform;
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
import java.util.TreeSet;
import org.apache.arrow.vector.types.pojo.Schema;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MulticlassTargetEncoderTest extends OperatorContract {
  private static final int FOLDS = 3;

  @Override
  protected Operator operator() {
    return new MulticlassTargetEncoder(Columns.of("colour", "size"), "grade", null, FOLDS);
  }

  @Override
  protected Schema input() {
    return Rows.schema("colour", Types.UTF8, "size", Types.FLOAT32, "grade", Types.INT8);
  }

  /** Few grades, each of which makes columns. */
  @Override
  protected Rows rows(int count, long seed, Mix mix) {
    return super.rows(count, seed, mix)
        .with(
            Types.field("grade", Types.INT8),
            "grade",
            x -> x == null ? null : (Object) (byte) (((Number) x).intValue() & 3));
  }

  @Override
  protected double tolerance() {
    return 1e-12;
  }

  @Override
  protected Rows expected(Rows seen, Rows rows) {
    TreeSet<Long> grades = new TreeSet<>();
    for (Object grade : seen.column("grade")) {
      if (grade != null) {
        grades.add(((Number) grade).longValue());
      }
    }
    Rows result = rows.without("colour").without("size");
    for (String column : List.of("colour", "size")) {
      for (long grade : grades) {
        List<Object> values = new ArrayList<>();
        for (int row = 0; row < rows.size(); row++) {
          Object category = Categories.plain(rows.get(row, column));
          values.add(encoded(seen, column, category, grade, row % FOLDS));
        }
        result = result.with(Types.field(column + "_" + grade, Types.FLOAT64), values);
      }
    }
    return result;
  }

  /** What rows of other folds say of a category and a grade. */
  private static Double encoded(Rows seen, String column, Object category, long grade, int fold) {
    double all = 0;
    double ones = 0;
    double own = 0;
    double ownOnes = 0;
    for (int row = 0; row < seen.size(); row++) {
      Object found = seen.get(row, "grade");
      if (row % FOLDS != fold && found != null) {
        double is = ((Number) found).longValue() == grade ? 1 : 0;
        all++;
        ones += is;
        if (Objects.equals(category, Categories.plain(seen.get(row, column)))) {
          own++;
          ownOnes += is;
        }
      }
    }
    if (own == 0) {
      return all == 0 ? null : (Double) (ones / all);
    }
    double share = ones / all;
    double ownShare = ownOnes / own;
    double weight = share * (1 - share) * own;
    weight /= weight + ownShare * (1 - ownShare);
    return Double.isNaN(weight) ? share : weight * ownShare + (1 - weight) * share;
  }

  private static final Schema GOLDEN =
      Rows.schema("word", Types.UTF8, "number", Types.INT64, "class", Types.UTF8);

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 4, 5})
  void givesWhatScikitLearnGives(int number) {
    List<String[]> lines = Golden.table(String.format("multiclass_%02d.tsv", number));
    String[] parameters = lines.get(0);
    Double smooth = parameters[0].equals("auto") ? null : Double.valueOf(parameters[0]);
    MulticlassTargetEncoder encoder =
        new MulticlassTargetEncoder(
            Columns.of("word", "number"), "class", smooth, Integer.parseInt(parameters[1]));
    List<String> names = List.of(parameters).subList(2, parameters.length);
    List<Object[]> cells = new ArrayList<>();
    for (String[] line : Golden.table("multiclass_fit.tsv")) {
      cells.add(Rows.row(line[0], Long.valueOf(line[1]), line[2]));
    }
    Rows fit = new Rows(GOLDEN, cells);
    List<List<Rows>> splits = List.of(List.of(fit.slice(0, 64)), List.of(fit.slice(64, 150)));
    Transform crossed = drive.fit(encoder, GOLDEN, List.of(fit.slice(0, 64), fit.slice(64, 150)));
    check(names, lines.subList(1, 151), drive.transformSplits(crossed, GOLDEN, splits));

    List<Object[]> others = new ArrayList<>();
    for (String[] line : Golden.table("multiclass_new.tsv")) {
      others.add(Rows.row(line[0], Long.valueOf(line[1])));
    }
    Rows rows = new Rows(Categories.GOLDEN_SCHEMA, others);
    Transform whole = (Transform) encoder.forOtherRows(crossed);
    check(names, lines.subList(151, lines.size()), drive.transform(whole, rows));
  }

  private static void check(List<String> names, List<String[]> lines, Rows given) {
    List<Object[]> cells = new ArrayList<>();
    lines.forEach(line -> cells.add(Arrays.stream(line).map(Double::valueOf).toArray()));
    Schema schema =
        new Schema(names.stream().map(name -> Types.field(name, Types.FLOAT64)).toList());
    assertSame(new Rows(schema, cells), given.only(Set.copyOf(names)), 1e-12, "golden");
  }

  @Test
  void whatCannotBeIsAnError() {
    assertEquals(
        "column 'y' cannot be encoded by itself; leave it out of columns",
        assertThrows(
                BindException.class,
                () ->
                    Drive.declared(
                        new MulticlassTargetEncoder(Columns.all(), "y"),
                        Rows.schema("x", Types.UTF8, "y", Types.INT32)))
            .getMessage());
    assertEquals(
        "folds must be at least 1 but was 0",
        assertThrows(
                IllegalArgumentException.class,
                () -> new MulticlassTargetEncoder(Columns.of("x"), "y", null, 0))
            .getMessage());
  }

  @Test
  void aTargetOfTooManyClassesIsAnError() {
    List<Object[]> cells = new ArrayList<>();
    for (int i = 0; i < 1001; i++) {
      cells.add(Rows.row("a", i));
    }
    Rows rows = new Rows(Rows.schema("x", Types.UTF8, "y", Types.INT32), cells);
    MulticlassTargetEncoder encoder = new MulticlassTargetEncoder(Columns.of("x"), "y");
    assertEquals(
        "target 'y' has 1001 classes but may have 1000, each of which makes a column; use a"
            + " target-encoder if it is a number, or group its rare classes",
        assertThrows(BindException.class, () -> drive.fitAndTransform(encoder, rows)).getMessage());
  }
}
