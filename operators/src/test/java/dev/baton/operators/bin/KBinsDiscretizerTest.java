package dev.baton.operators.bin;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.baton.engine.batch.Types;
import dev.baton.engine.operator.BindException;
import dev.baton.engine.operator.Columns;
import dev.baton.engine.operator.Operator;
import dev.baton.engine.testkit.OperatorContract;
import dev.baton.engine.testkit.RandomRows;
import dev.baton.engine.testkit.RandomRows.Mix;
import dev.baton.engine.testkit.Rows;
import dev.baton.operators.bin.KBinsDiscretizer.Encode;
import dev.baton.operators.bin.KBinsDiscretizer.Strategy;
import dev.baton.operators.internal.Sorted;
import dev.baton.operators.internal.Values;
import dev.baton.operators.scale.Finite;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.vector.types.pojo.Schema;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class KBinsDiscretizerTest {
  private static final List<String> CUT = List.of("a", "b", "c");

  abstract static class Contract extends OperatorContract {
    abstract Strategy strategy();

    abstract Encode encode();

    /** Edges, one more than there are bins, of more than one value. */
    abstract List<Double> edges(List<Double> sorted);

    @Override
    protected Operator operator() {
      return new KBinsDiscretizer(new Columns.Named(CUT), 4, encode(), strategy());
    }

    @Override
    protected Schema input() {
      return Rows.schema("a", Types.FLOAT64, "s", Types.UTF8, "b", Types.INT8, "c", Types.FLOAT32);
    }

    @Override
    protected Rows rows(int count, long seed, Mix mix) {
      return Finite.rows(input(), count, seed, mix);
    }

    @Override
    protected Rows expected(Rows seen, Rows rows) {
      Rows result = rows;
      for (String name : CUT) {
        List<Double> sorted = Finite.observed(seen, name).stream().sorted().toList();
        boolean constant = sorted.stream().distinct().count() < 2;
        List<Double> edges = constant ? List.of(0.0, 0.0) : edges(sorted);
        List<Integer> bins = new ArrayList<>();
        for (Object value : rows.column(name)) {
          double x = value == null ? Double.NaN : ((Number) value).doubleValue();
          Integer bin = Double.isNaN(x) ? null : 0;
          for (int i = 1; i < edges.size() - 1 && bin != null; i++) {
            bin += x >= edges.get(i) ? 1 : 0;
          }
          bins.add(bin);
        }
        if (encode() == Encode.ORDINAL) {
          result = result.with(Types.field(name, Types.INT32), bins);
          continue;
        }
        result = result.without(name);
        for (int i = 0; i < edges.size() - 1; i++) {
          int bin = i;
          List<Object> hot = new ArrayList<>();
          bins.forEach(b -> hot.add((byte) (b != null && b == bin ? 1 : 0)));
          result = result.with(Types.field(name + "_" + i, Types.INT8), hot);
        }
      }
      return result;
    }
  }

  @Nested
  class Uniform extends Contract {
    @Override
    Strategy strategy() {
      return Strategy.UNIFORM;
    }

    @Override
    Encode encode() {
      return Encode.ORDINAL;
    }

    @Override
    List<Double> edges(List<Double> sorted) {
      double least = sorted.get(0);
      double width = (sorted.get(sorted.size() - 1) - least) / 4;
      return List.of(least, least + width, least + 2 * width, least + 3 * width, least + 4 * width);
    }
  }

  @Nested
  class ByQuantile extends Contract {
    @Override
    Strategy strategy() {
      return Strategy.QUANTILE;
    }

    @Override
    Encode encode() {
      return Encode.ONE_HOT;
    }

    @Override
    List<Double> edges(List<Double> sorted) {
      int n = sorted.size();
      List<Double> edges = new ArrayList<>(List.of(sorted.get(0)));
      double before = sorted.get(0);
      for (int i = 1; i <= 4; i++) {
        int upTo = (n * i + 3) / 4;
        double edge = sorted.get(upTo - 1);
        edge = n * i % 4 == 0 && upTo < n ? edge + (sorted.get(upTo) - edge) / 2 : edge;
        if (edge - before > 1e-8) {
          edges.add(edge);
        }
        before = edge;
      }
      return edges.size() < 2 ? List.of(0.0, 0.0) : edges;
    }

    @Test
    void aBinWhoseNameIsTakenIsRefused() {
      Schema schema = Rows.schema("a", Types.FLOAT64, "a_1", Types.FLOAT64);
      Rows rows = RandomRows.of(schema, 20, 1, Mix.TAME);
      BindException e =
          assertThrows(
              BindException.class,
              () -> drive.fitAndTransform(new KBinsDiscretizer(Columns.of("a")), rows));
      assertEquals(
          "the bins of 'a' make a column 'a_1', but there is one already; rename one of the two"
              + " before this stage",
          e.getMessage());
    }

    @Test
    void oneBinIsNotEnough() {
      IllegalArgumentException e =
          assertThrows(
              IllegalArgumentException.class,
              () -> new KBinsDiscretizer(Columns.of("a"), 1, Encode.ORDINAL, Strategy.UNIFORM));
      assertEquals("bins must be 2 or more but was 1", e.getMessage());
    }
  }

  @Nested
  class Kmeans extends Contract {
    @Override
    Strategy strategy() {
      return Strategy.KMEANS;
    }

    @Override
    Encode encode() {
      return Encode.ORDINAL;
    }

    /** The values of a column are four groups, or all the same when there are fewer. */
    @Override
    protected Rows rows(int count, long seed, Mix mix) {
      Rows rows = super.rows(count, seed, mix);
      for (String name : CUT) {
        int present = Finite.observed(rows, name).size();
        int[] seen = {0};
        rows =
            rows.with(
                input().findField(name),
                name,
                x ->
                    x == null || Double.isNaN(((Number) x).doubleValue())
                        ? x
                        : group(x, present < 4 ? 0 : seen[0]++ % 4 * 10));
      }
      return rows;
    }

    private static Object group(Object like, int value) {
      return like instanceof Byte
          ? (Object) (byte) value
          : like instanceof Float ? (Object) (float) value : (Object) (double) value;
    }

    @Override
    List<Double> edges(List<Double> sorted) {
      assertEquals(List.of(0.0, 10.0, 20.0, 30.0), sorted.stream().distinct().toList());
      return List.of(0.0, 5.0, 15.0, 25.0, 30.0);
    }

    @Test
    void anEmptyClusterTakesTheValueFarthestFromItsCentre() {
      Sorted sorted = values(0, 0, 1, 1, 100).sorted();
      assertArrayEquals(
          new double[] {0, 1, 100}, Clusters.find(sorted, new double[] {16, 50, 83}), 0);
    }

    private static Values values(double... all) {
      Values values = new Values(1024);
      values.add(all, all.length);
      return values;
    }
  }
}
