package dev.baton.operators.impute;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.baton.engine.batch.Types;
import dev.baton.engine.operator.Columns;
import dev.baton.engine.operator.Operator;
import dev.baton.engine.testkit.OperatorContract;
import dev.baton.engine.testkit.RandomRows;
import dev.baton.engine.testkit.RandomRows.Mix;
import dev.baton.engine.testkit.Rows;
import dev.baton.operators.impute.KnnImputer.Weights;
import dev.baton.operators.scale.Finite;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.apache.arrow.vector.types.pojo.Schema;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class KnnImputerTest {
  private static final List<String> FILLED = List.of("a", "b", "c");

  abstract static class Contract extends OperatorContract {
    abstract Weights weights();

    abstract boolean keepEmpty();

    @Override
    protected Operator operator() {
      return new KnnImputer(new Columns.Named(FILLED), 3, weights(), keepEmpty(), 5000);
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
    protected double tolerance() {
      return 1e-12;
    }

    private static double[][] numbers(Rows rows) {
      double[][] numbers = new double[rows.size()][FILLED.size()];
      for (int row = 0; row < rows.size(); row++) {
        for (int i = 0; i < FILLED.size(); i++) {
          Object value = rows.get(row, FILLED.get(i));
          numbers[row][i] = value == null ? Double.NaN : ((Number) value).doubleValue();
        }
      }
      return numbers;
    }

    @Override
    protected Rows expected(Rows seen, Rows rows) {
      double[][] training = numbers(seen);
      double[][] wanted = numbers(rows);
      Rows result = rows;
      for (int i = 0; i < FILLED.size(); i++) {
        List<Object> values = new ArrayList<>();
        for (double[] row : wanted) {
          values.add(Double.isNaN(row[i]) ? (Object) usual(training, row, i) : (Object) row[i]);
        }
        boolean empty = Finite.observed(seen, FILLED.get(i)).isEmpty();
        result =
            empty && !keepEmpty()
                ? result.without(FILLED.get(i))
                : result.with(Types.field(FILLED.get(i), Types.FLOAT64), values);
      }
      return result;
    }

    private double usual(double[][] training, double[] row, int column) {
      record Donor(double distance, double value) {}
      List<Donor> donors = new ArrayList<>();
      List<Double> values = new ArrayList<>();
      for (double[] other : training) {
        if (!Double.isNaN(other[column])) {
          values.add(other[column]);
          double distance = distance(row, other);
          if (!Double.isNaN(distance)) {
            donors.add(new Donor(distance, other[column]));
          }
        }
      }
      if (donors.isEmpty()) {
        return values.stream().mapToDouble(x -> x).average().orElse(0);
      }
      donors.sort(Comparator.comparingDouble(Donor::distance));
      List<Donor> near = donors.subList(0, Math.min(3, donors.size()));
      boolean same = near.get(0).distance() == 0;
      double sum = 0;
      double total = 0;
      for (Donor donor : near) {
        double weight = 1;
        if (weights() == Weights.DISTANCE) {
          weight = same ? (donor.distance() == 0 ? 1 : 0) : 1 / donor.distance();
        }
        sum += weight * donor.value();
        total += weight;
      }
      return sum / total;
    }

    private static double distance(double[] a, double[] b) {
      double sum = 0;
      int common = 0;
      for (int i = 0; i < a.length; i++) {
        if (!Double.isNaN(a[i]) && !Double.isNaN(b[i])) {
          sum += (a[i] - b[i]) * (a[i] - b[i]);
          common++;
        }
      }
      return common == 0 ? Double.NaN : Math.sqrt(sum / common * a.length);
    }
  }

  @Nested
  class Uniform extends Contract {
    @Override
    Weights weights() {
      return Weights.UNIFORM;
    }

    @Override
    boolean keepEmpty() {
      return false;
    }

    @Test
    void moreRowsThanItMayRememberAreAnError() {
      Schema schema = Rows.schema("a", Types.FLOAT64);
      Rows rows = RandomRows.of(schema, 11, 1, Mix.TAME);
      Columns a = Columns.of("a");
      IllegalStateException e =
          assertThrows(
              IllegalStateException.class,
              () -> drive.fitAndTransform(new KnnImputer(a, 5, Weights.UNIFORM, false, 10), rows));
      assertEquals(
          "a k-nearest-neighbour imputer remembers the rows it is fitted on, and there are more than"
              + " 10; sample before this stage or raise maxRows",
          e.getMessage());
      assertEquals(
          "neighbours must be 1 or more but was 0",
          assertThrows(
                  IllegalArgumentException.class,
                  () -> new KnnImputer(a, 0, Weights.UNIFORM, false, 10))
              .getMessage());
    }
  }

  @Nested
  class ByDistance extends Contract {
    @Override
    Weights weights() {
      return Weights.DISTANCE;
    }

    @Override
    boolean keepEmpty() {
      return true;
    }
  }
}
