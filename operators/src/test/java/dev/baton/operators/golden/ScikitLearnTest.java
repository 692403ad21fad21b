package dev.baton.operators.golden;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.baton.engine.batch.Types;
import dev.baton.engine.operator.Columns;
import dev.baton.engine.operator.Composite;
import dev.baton.engine.operator.Operator;
import dev.baton.engine.testkit.Drive;
import dev.baton.engine.testkit.Rows;
import dev.baton.operators.bin.Binarizer;
import dev.baton.operators.bin.KBinsDiscretizer;
import dev.baton.operators.bin.KBinsDiscretizer.Encode;
import dev.baton.operators.bin.KBinsDiscretizer.Strategy;
import dev.baton.operators.compose.ColumnTransformer;
import dev.baton.operators.compose.ColumnTransformer.Group;
import dev.baton.operators.impute.KnnImputer;
import dev.baton.operators.impute.KnnImputer.Weights;
import dev.baton.operators.impute.MissingIndicator;
import dev.baton.operators.impute.MissingOnlyIndicator;
import dev.baton.operators.impute.SimpleImputer;
import dev.baton.operators.math.PolynomialFeatures;
import dev.baton.operators.scale.MaxAbsScaler;
import dev.baton.operators.scale.MinMaxScaler;
import dev.baton.operators.scale.Normalizer;
import dev.baton.operators.scale.Normalizer.Norm;
import dev.baton.operators.scale.PowerTransformer;
import dev.baton.operators.scale.PowerTransformer.Method;
import dev.baton.operators.scale.QuantileMethod;
import dev.baton.operators.scale.QuantileTransformer;
import dev.baton.operators.scale.QuantileTransformer.Output;
import dev.baton.operators.scale.Quantiles;
import dev.baton.operators.scale.RobustScaler;
import dev.baton.operators.scale.StandardScaler;
import dev.baton.operators.select.VarianceThreshold;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What scikit-learn 1.9.1 gives for the operators it defines; src/test/python says how the files
 * were made.
 */
class ScikitLearnTest {
  private static final Schema SCHEMA = Rows.schema("x", Types.FLOAT64);
  private static final long MEMORY = Quantiles.MEMORY;
  private static final Columns X = Columns.of("x");
  private static final List<Group> GROUPS =
      List.of(
          new Group(
              "n",
              Columns.of("a", "c"),
              List.of(
                  new SimpleImputer(
                      Columns.all(), dev.baton.operators.impute.Strategy.MEDIAN, null, false),
                  new StandardScaler(Columns.all()))),
          new Group(
              "m", Columns.of("b", "a"), List.of(new MinMaxScaler(Columns.all(), 1, 3, false))));

  private static Operator operator(String name) {
    return switch (name) {
      case "standard" -> new StandardScaler(X);
      case "standard-no-centre" -> new StandardScaler(X, false, true, 0);
      case "standard-no-scale" -> new StandardScaler(X, true, false, 0);
      case "min-max" -> new MinMaxScaler(X);
      case "min-max-range" -> new MinMaxScaler(X, -2.5, 7, false);
      case "max-abs" -> new MaxAbsScaler(X);
      case "robust" -> new RobustScaler(X);
      case "robust-no-centre" -> new RobustScaler(X, false, true, 0.1, 0.95, false, MEMORY);
      case "robust-unit" -> new RobustScaler(X, true, true, 0.25, 0.75, true, MEMORY);
      case "quantile" -> new QuantileTransformer(X);
      case "quantile-50" -> new QuantileTransformer(X, 50, Output.UNIFORM, MEMORY);
      case "quantile-normal" -> new QuantileTransformer(X, 200, Output.NORMAL, MEMORY);
      case "yeo-johnson" -> new PowerTransformer(X);
      case "yeo-johnson-raw" -> new PowerTransformer(X, Method.YEO_JOHNSON, false, MEMORY);
      case "box-cox" -> new PowerTransformer(X, Method.BOX_COX, true, MEMORY);
      case "binarizer" -> new Binarizer(X, 3);
      case "bins-uniform-4" -> bins(4, Strategy.UNIFORM);
      case "bins-uniform-7" -> bins(7, Strategy.UNIFORM);
      case "bins-quantile-4" -> bins(4, Strategy.QUANTILE);
      case "bins-quantile-7" -> bins(7, Strategy.QUANTILE);
      case "bins-kmeans-4" -> bins(4, Strategy.KMEANS);
      case "bins-kmeans-7" -> bins(7, Strategy.KMEANS);
      case "bins-linear" -> bins(QuantileMethod.LINEAR);
      case "bins-inverted_cdf" -> bins(QuantileMethod.INVERTED_CDF);
      case "impute-mean" -> new SimpleImputer(X);
      case "impute-median" ->
          new SimpleImputer(X, dev.baton.operators.impute.Strategy.MEDIAN, null, false);
      case "impute-most-frequent" ->
          new SimpleImputer(X, dev.baton.operators.impute.Strategy.MOST_FREQUENT, null, false);
      case "impute-constant" ->
          new SimpleImputer(X, dev.baton.operators.impute.Strategy.CONSTANT, "-1.5", false);
      default -> throw new IllegalArgumentException(name);
    };
  }

  private static Operator bins(int bins, Strategy strategy) {
    return new KBinsDiscretizer(X, bins, Encode.ORDINAL, strategy);
  }

  private static Operator bins(QuantileMethod method) {
    return new KBinsDiscretizer(X, 6, Encode.ORDINAL, Strategy.QUANTILE, method, MEMORY);
  }

  private static Operator tableOperator(String name) {
    Columns abc = Columns.of("a", "b", "c");
    return switch (name) {
      case "normalizer-l1" -> new Normalizer(abc, Norm.L1);
      case "normalizer-l2" -> new Normalizer(abc);
      case "normalizer-max" -> new Normalizer(abc, Norm.MAX);
      case "polynomial" -> new PolynomialFeatures(abc);
      case "polynomial-interactions" -> new PolynomialFeatures(abc, 3, true, false);
      case "polynomial-4" -> new PolynomialFeatures(abc, 4, false, true);
      case "variance" -> new VarianceThreshold(abc, 10);
      case "knn" -> new KnnImputer(abc);
      case "knn-distance" -> new KnnImputer(abc, 3, Weights.DISTANCE, false, 1000);
      case "missing-indicator" -> new MissingIndicator(abc);
      case "missing-only-indicator" -> new MissingOnlyIndicator(abc);
      case "column-transformer" -> new ColumnTransformer(GROUPS);
      default -> throw new IllegalArgumentException(name);
    };
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "normalizer-l1",
        "normalizer-l2",
        "normalizer-max",
        "polynomial",
        "polynomial-interactions",
        "polynomial-4",
        "variance",
        "knn",
        "knn-distance",
        "missing-indicator",
        "missing-only-indicator",
        "column-transformer"
      })
  void givesWhatScikitLearnGivesOfSeveralColumns(String name) throws IOException {
    List<String[]> expected = lines("scikit_table_expected.csv");
    expected.removeIf(line -> !line[0].equals(name));
    Schema schema = Rows.schema("a", Types.FLOAT64, "b", Types.FLOAT64, "c", Types.FLOAT64);
    List<Object[]> cells = new ArrayList<>();
    for (String[] line : lines("scikit_table_input.csv")) {
      if (line[0].equals(expected.get(0)[1])) {
        cells.add(Rows.row(cell(line[1]), cell(line[2]), cell(line[3])));
      }
    }
    try (RootAllocator allocator = new RootAllocator()) {
      Rows result = fitAndTransform(tableOperator(name), new Rows(schema, cells), allocator);
      Set<String> names = new HashSet<>(result.names());
      if (name.startsWith("missing-")) {
        // There, what it looks at is not part of the result.
        names.removeAll(schema.getFields().stream().map(Field::getName).toList());
      }
      assertEquals(expected.stream().map(line -> line[2]).collect(Collectors.toSet()), names);
      for (String[] line : expected) {
        int row = Integer.parseInt(line[3]);
        compare(
            new String[] {name, line[2], line[3], line[4]},
            tolerance(name),
            result.get(row, line[2]));
      }
    }
  }

  /** One after the other, if it stands for several. */
  private static Rows fitAndTransform(Operator operator, Rows rows, RootAllocator allocator) {
    Rows result = rows;
    for (Operator each : Composite.flatten(List.of(operator))) {
      result = new Drive(allocator).fitAndTransform(each, result);
    }
    return result;
  }

  private static Object cell(String text) {
    return text.isEmpty() ? null : (Object) value(text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "standard",
        "standard-no-centre",
        "standard-no-scale",
        "min-max",
        "min-max-range",
        "max-abs",
        "robust",
        "robust-no-centre",
        "robust-unit",
        "quantile",
        "quantile-50",
        "quantile-normal",
        "yeo-johnson",
        "yeo-johnson-raw",
        "box-cox",
        "binarizer",
        "bins-uniform-4",
        "bins-uniform-7",
        "bins-quantile-4",
        "bins-quantile-7",
        "bins-kmeans-4",
        "bins-kmeans-7",
        "bins-linear",
        "bins-inverted_cdf",
        "impute-mean",
        "impute-median",
        "impute-most-frequent",
        "impute-constant"
      })
  void givesWhatScikitLearnGives(String name) throws IOException {
    List<String[]> expected = lines("scikit_expected.csv");
    expected.removeIf(line -> !line[0].equals(name));
    List<String> columns = expected.stream().map(line -> line[1]).distinct().toList();
    assertTrue(columns.size() >= 2, () -> name + " of " + columns);
    try (RootAllocator allocator = new RootAllocator()) {
      for (String column : columns) {
        Rows result = new Drive(allocator).fitAndTransform(operator(name), input(column));
        for (String[] line : expected) {
          if (line[1].equals(column)) {
            compare(line, tolerance(name), result.get(Integer.parseInt(line[2]), "x"));
          }
        }
      }
    }
  }

  private static double tolerance(String name) {
    return switch (name) {
      // Lambda is where two searches for a flat maximum stop, and moves what it makes; PowerMapTest
      // compares what the same lambda makes, and how likely the two lambdas are, to 1e-12.
      case "yeo-johnson", "yeo-johnson-raw", "box-cox" -> 1e-6;
      default -> 1e-12;
    };
  }

  private static void compare(String[] line, double relative, Object actual) {
    double wanted = value(line[3]);
    double found =
        actual == null
            ? Double.NaN
            : actual instanceof Boolean is ? (is ? 1 : 0) : ((Number) actual).doubleValue();
    // Missing stays missing, whether it is written as null or as NaN.
    double tolerance = Double.isNaN(wanted) ? 0x1p-1000 : relative * Math.max(1, Math.abs(wanted));
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
