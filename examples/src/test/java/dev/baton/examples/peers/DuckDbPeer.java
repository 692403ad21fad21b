package dev.baton.examples.peers;

import dev.baton.engine.batch.Types;
import dev.baton.operators.bench.Criteo;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** The works as DuckDB's SQL, through JDBC. Arguments: work, threads, runs, folder. */
final class DuckDbPeer {
  private DuckDbPeer() {}

  public static void main(String[] args) throws Exception {
    Work work = Work.of(args[0]);
    int runs = Integer.parseInt(args[2]);
    Path folder = Path.of(args[3]);
    Path output = Work.output(folder, "duckdb");
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
        Statement sql = connection.createStatement()) {
      sql.execute("SET threads = " + Integer.parseInt(args[1]));
      // Order is kept, as Baton keeps it.
      String csv = csv(Inputs.criteo(folder, "csv"));
      String parquet = parquet(Inputs.criteo(folder, "parquet"));
      switch (work) {
        case A_CSV -> Child.measure(runs, () -> write(sql, features(csv), output));
        case A_PARQUET -> Child.measure(runs, () -> write(sql, features(parquet), output));
        case B_MEMORY -> {
          sql.execute("CREATE TABLE wide AS FROM " + parquet(Inputs.wide(folder)));
          Child.measure(runs, () -> sql.execute("CREATE OR REPLACE TABLE scaled AS " + scaling()));
          Child.printFigures(figures(sql));
        }
        case C_PARQUET -> Child.measure(runs, () -> encode(sql, parquet, output));
        case D_CSV -> Child.measure(runs, () -> write(sql, "FROM " + csv, output));
      }
    }
  }

  /** Makes Parquet of the inputs where it is missing. */
  static void toParquet(Path folder) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
        Statement sql = connection.createStatement()) {
      if (!Files.exists(Inputs.criteo(folder, "parquet"))) {
        write(sql, "FROM " + csv(Inputs.criteo(folder, "csv")), Inputs.criteo(folder, "parquet"));
      }
      if (!Files.exists(Inputs.wide(folder))) {
        write(
            sql,
            "FROM read_csv('" + folder.resolve("wide.csv") + "', all_varchar = false)",
            Inputs.wide(folder));
      }
    }
  }

  private static void write(Statement sql, String query, Path file) throws SQLException {
    sql.execute("COPY (" + query + ") TO '" + file + "' (FORMAT parquet, COMPRESSION snappy)");
  }

  /** With types given, so that nothing is spent on finding them. */
  private static String csv(Path file) {
    String columns =
        Criteo.schema().getFields().stream()
            .map(
                field ->
                    "'"
                        + field.getName()
                        + "': '"
                        + (field.getType().equals(Types.UTF8) ? "VARCHAR" : "INTEGER")
                        + "'")
            .collect(Collectors.joining(", "));
    return "read_csv('" + file + "', header = true, columns = {" + columns + "})";
  }

  private static String parquet(Path file) {
    return "read_parquet('" + file + "')";
  }

  private static String features(String from) {
    String numbers =
        Criteo.numbers().stream()
            .map(name -> "ln(1 + greatest(coalesce(" + name + ", 0), 0))::FLOAT AS " + name)
            .collect(Collectors.joining(", "));
    String categories =
        Criteo.categories().stream()
            .map(
                name ->
                    "(('0x' || " + name + ")::BIGINT % " + Work.BUCKETS + ")::INTEGER AS " + name)
            .collect(Collectors.joining(", "));
    return "SELECT label, " + numbers + ", " + categories + " FROM " + from;
  }

  private static String scaling() {
    String fit =
        Inputs.wideColumns().stream()
            .map(
                name ->
                    "avg(%1$s) AS m_%1$s, sqrt(var_pop(%1$s) * count(%1$s) / count(*)) AS s_%1$s"
                        .formatted(name))
            .collect(Collectors.joining(", "));
    String apply =
        Inputs.wideColumns().stream()
            .map(name -> "(coalesce(%1$s, m_%1$s) - m_%1$s) / s_%1$s AS %1$s".formatted(name))
            .collect(Collectors.joining(", "));
    return "WITH fit AS (SELECT " + fit + " FROM wide) SELECT " + apply + " FROM wide, fit";
  }

  /** See {@link Work#B_MEMORY}. */
  private static List<Double> figures(Statement sql) throws SQLException {
    String select =
        Inputs.wideColumns().stream()
            .map(name -> "min(%1$s), max(%1$s), sum(abs(%1$s))".formatted(name))
            .collect(Collectors.joining(", "));
    List<Double> figures = new ArrayList<>();
    try (ResultSet result = sql.executeQuery("SELECT " + select + " FROM scaled")) {
      result.next();
      for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
        figures.add(result.getDouble(i));
      }
    }
    return figures;
  }

  /** A table of codes for each column, joined back. */
  private static void encode(Statement sql, String from, Path output) throws SQLException {
    StringBuilder select = new StringBuilder("SELECT label, ");
    select.append(String.join(", ", Criteo.numbers()));
    StringBuilder joins = new StringBuilder(" FROM " + from + " AS rows");
    for (String name : Criteo.categories()) {
      sql.execute(
          """
          CREATE OR REPLACE TEMP TABLE codes_%1$s AS
          SELECT %1$s, (row_number() OVER (ORDER BY count(*) DESC, %1$s) - 1)::INTEGER AS code
          FROM %2$s WHERE %1$s IS NOT NULL GROUP BY %1$s HAVING count(*) >= %3$d"""
              .formatted(name, from, Work.MIN_FREQUENCY));
      select.append(
          (", CASE WHEN rows.%1$s IS NULL THEN NULL"
                  + " ELSE coalesce(codes_%1$s.code, (SELECT count(*) FROM codes_%1$s)) END AS %1$s")
              .formatted(name));
      joins.append(" LEFT JOIN codes_%1$s ON rows.%1$s = codes_%1$s.%1$s".formatted(name));
    }
    write(sql, select.toString() + joins, output);
  }
}
