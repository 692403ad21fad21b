package dev.baton.operators.golden;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.baton.engine.batch.Types;
import dev.baton.engine.operator.Columns;
import dev.baton.engine.operator.Operator;
import dev.baton.engine.testkit.Drive;
import dev.baton.engine.testkit.Rows;
import dev.baton.operators.impute.SimpleImputer;
import dev.baton.operators.impute.Strategy;
import dev.baton.operators.scale.MinMaxScaler;
import dev.baton.operators.scale.StandardScaler;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.types.pojo.Schema;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What scikit-learn 1.5.2 gives for the operators it defines; src/test/python says how the files
 * were made.
 */
class ScikitLearnTest {
  private static final Schema SCHEMA = Rows.schema("x", Types.FLOAT64);
  private static final Columns X = Columns.of("x");

  private static Operator operator(String name) {
    return switch (name) {
      case "standard" -> new StandardScaler(X);
      case "standard-no-centre" -> new StandardScaler(X, false, true, 0);
      case "standard-no-scale" -> new StandardScaler(X, true, false, 0);
      case "min-max" -> new MinMaxScaler(X);
      case "min-max-range" -> new MinMaxScaler(X, -2.5, 7, false);
      case "impute-mean" -> new SimpleImputer(X);
      case "impute-median" -> new SimpleImputer(X, Strategy.MEDIAN, null, false);
      case "impute-most-frequent" -> new SimpleImputer(X, Strategy.MOST_FREQUENT, null, false);
      case "impute-constant" -> new SimpleImputer(X, Strategy.CONSTANT, "-1.5", false);
      default -> throw new IllegalArgumentException(name);
    };
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "standard",
        "standard-no-centre",
        "standard-no-scale",
        "min-max",
        "min-max-range",
        "impute-mean",
        "impute-median",
        "impute-most-frequent",
        "impute-constant"
      })
  void givesWhatScikitLearnGives(String name) throws IOException {
    List<String[]> expected = lines("scikit_expected.csv");
    expected.removeIf(line -> !line[0].equals(name));
    List<String> columns = expected.stream().map(line -> line[1]).distinct().toList();
    assertEquals(8, columns.size());
    try (RootAllocator allocator = new RootAllocator()) {
      for (String column : columns) {
        Rows result = new Drive(allocator).fitAndTransform(operator(name), input(column));
        for (String[] line : expected) {
          if (line[1].equals(column)) {
            compare(line, result.get(Integer.parseInt(line[2]), "x"));
          }
        }
      }
    }
  }

  private static void compare(String[] line, Object actual) {
    double wanted = value(line[3]);
    double found = actual == null ? Double.NaN : (Double) actual;
    // Missing stays missing, whether it is written as null or as NaN.
    double tolerance = Double.isNaN(wanted) ? 0x1p-1000 : 1e-12 * Math.max(1, Math.abs(wanted));
    assertEquals(wanted, found, tolerance, () -> String.join(",", line));
  }

  private static Rows input(String column) throws IOException {
    List<Object[]> cells = new ArrayList<>();
    for (String[] line : lines("scikit_input.csv")) {
      if (line[0].equals(column)) {
        cells.add(Rows.row(line[1].isEmpty() ? null : (Object) value(line[1])));
      }
    }
    return new Rows(SCHEMA, cells);
  }

  private static double value(String text) {
    return text.isEmpty() ? Double.NaN : Double.parseDouble(text);
  }

  private static List<String[]> lines(String file) throws IOException {
    try (InputStream in = ScikitLearnTest.class.getResourceAsStream("/golden/" + file)) {
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      List<String[]> lines = new ArrayList<>();
      text.lines().skip(1).forEach(line -> lines.add(line.split(",", -1)));
      return lines;
    }
  }
}
