package dev.baton.operators.scale;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.baton.engine.batch.Types;
import dev.baton.engine.testkit.Drive;
import dev.baton.engine.testkit.Rows;
import dev.baton.operators.Golden;
import dev.baton.operators.internal.Values;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.apache.arrow.memory.RootAllocator;
import org.junit.jupiter.api.Test;

/** What scikit-learn's powers make of the very lambdas that it has fitted, and those lambdas. */
class PowerMapTest {
  private static List<String[]> lines(String file) {
    return Golden.lines(file).stream().skip(1).map(line -> line.split(",", -1)).toList();
  }

  private static Rows values(String column) {
    List<Object[]> cells = new ArrayList<>();
    for (String[] line : lines("scikit_input.csv")) {
      if (line[0].equals(column)) {
        cells.add(Rows.row(line[1].isEmpty() ? null : (Object) Double.valueOf(line[1])));
      }
    }
    return new Rows(Rows.schema("x", Types.FLOAT64), cells);
  }

  private static Power power(String method) {
    return Power.valueOf(method.toUpperCase(Locale.ROOT).replace('-', '_'));
  }

  private static Rows transformed(String method, String column, double lambda) {
    PowerMap map = new PowerMap(List.of(new PowerMap.Column("x", lambda, 0, 1)), power(method));
    try (RootAllocator allocator = new RootAllocator()) {
      return new Drive(allocator).transform(map, values(column));
    }
  }

  @Test
  void givesWhatScikitLearnGivesOfItsLambdas() {
    Map<String, Rows> made = new LinkedHashMap<>();
    for (String[] line : lines("scikit_powers.csv")) {
      Rows rows =
          made.computeIfAbsent(
              line[0] + " of " + line[1],
              key -> transformed(line[0], line[1], Double.parseDouble(line[2])));
      Object found = rows.get(Integer.parseInt(line[3]), "x");
      String where = String.join(",", line);
      if (line[4].isEmpty()) {
        assertEquals(null, found, where);
      } else {
        double wanted = Double.parseDouble(line[4]);
        assertEquals(wanted, (Double) found, 1e-12 * Math.max(1, Math.abs(wanted)), where);
      }
    }
    assertTrue(made.size() >= 5, () -> made.keySet().toString());
  }

  /**
   * The likelihood is all that defines lambda. Near its largest it differs by less than it is
   * rounded, so that two searches end at lambdas of which neither is better.
   */
  @Test
  void findsLambdasAsLikelyAsThoseOfScikitLearn() {
    Set<String> seen = new HashSet<>();
    for (String[] line : lines("scikit_powers.csv")) {
      if (!seen.add(line[0] + " of " + line[1])) {
        continue;
      }
      Values values = new Values(1 << 20);
      for (Object value : values(line[1]).column("x")) {
        if (value != null && !Double.isNaN((Double) value)) {
          values.add(new double[] {(Double) value}, 1);
        }
      }
      Likelihood likelihood = new Likelihood(values.sorted(), power(line[0]));
      double theirs = Double.parseDouble(line[2]);
      double ours = likelihood.best();
      double wanted = likelihood.logarithm(theirs);
      String where = line[0] + " of " + line[1] + ": " + ours + " for " + theirs;
      assertEquals(theirs, ours, 3e-7 * Math.abs(theirs), where);
      assertTrue(likelihood.logarithm(ours) >= wanted - 1e-13 * Math.abs(wanted), where);
    }
    assertTrue(seen.size() >= 5, seen::toString);
  }
}
