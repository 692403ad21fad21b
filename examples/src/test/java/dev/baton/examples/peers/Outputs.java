package dev.baton.examples.peers;

import dev.baton.operators.bench.Criteo;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Checks that engines have done the same work: all values of their files, or figures of them. */
final class Outputs {
  /** Between floats, which engines round at other places. */
  private static final double TOLERANCE = 1e-6;

  private Outputs() {}

  /** Every row of two files must have the same values, in the same order; DuckDB looks at them. */
  static void assertSameRows(Work work, Path file, Path other) throws SQLException {
    List<String> columns = new ArrayList<>(List.of("label"));
    columns.addAll(Criteo.numbers());
    columns.addAll(Criteo.categories());
    String unequal =
        columns.stream()
            .map(name -> "count(*) FILTER (WHERE NOT " + same(work, name) + ")")
            .collect(Collectors.joining(", "));
    String rows = "read_parquet('" + file + "') a POSITIONAL JOIN read_parquet('" + other + "') b";
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
        Statement sql = connection.createStatement();
        ResultSet counts = sql.executeQuery("SELECT " + unequal + " FROM " + rows)) {
      counts.next();
      for (int i = 0; i < columns.size(); i++) {
        if (counts.getLong(i + 1) > 0) {
          throw new IllegalStateException(
              "%s and %s differ in %d values of column %s"
                  .formatted(file, other, counts.getLong(i + 1), columns.get(i)));
        }
      }
    }
  }

  private static String same(Work work, String name) {
    boolean text = work == Work.D_CSV && Criteo.categories().contains(name);
    return text
        ? "a.%1$s IS NOT DISTINCT FROM b.%1$s".formatted(name)
        : "coalesce(abs(a.%1$s - b.%1$s) <= %2$s * abs(b.%1$s), a.%1$s IS NULL AND b.%1$s IS NULL)"
            .formatted(name, TOLERANCE);
  }

  /** Figures of what stays in memory, see {@link Work#B_MEMORY}, as they were printed. */
  static void assertSameFigures(String engine, List<Double> figures, List<Double> others) {
    boolean same = !figures.isEmpty() && figures.size() == others.size();
    for (int i = 0; same && i < figures.size(); i++) {
      double other = others.get(i);
      same = Math.abs(figures.get(i) - other) <= TOLERANCE * Math.abs(other);
    }
    if (!same) {
      throw new IllegalStateException(
          "the figures of " + engine + " are " + others + ", not " + figures);
    }
  }
}
