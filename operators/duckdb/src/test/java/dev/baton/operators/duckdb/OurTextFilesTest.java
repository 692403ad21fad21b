package dev.baton.operators.duckdb;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.baton.engine.Engine;
import dev.baton.engine.Pipeline;
import dev.baton.engine.batch.Types;
import dev.baton.engine.source.OpenSource;
import dev.baton.engine.source.Sink;
import dev.baton.engine.source.Source;
import dev.baton.engine.testkit.Variants;
import dev.baton.operators.io.Tables;
import dev.baton.operators.io.arrow.ArrowSource;
import dev.baton.operators.io.csv.CsvSink;
import dev.baton.operators.io.csv.CsvSource;
import dev.baton.operators.io.text.TextSource;
import dev.baton.operators.json.JsonlSink;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.arrow.vector.types.pojo.Schema;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** DuckDB reads every value of real data in the CSV and the JSON Lines that Baton writes of it. */
class OurTextFilesTest {
  private static final Map<String, String> DUCKDB_TYPES =
      Map.of(
          "bool", "BOOLEAN",
          "int16", "SMALLINT",
          "int32", "INTEGER",
          "int64", "BIGINT",
          "float32", "FLOAT",
          "float64", "DOUBLE",
          "utf8", "VARCHAR",
          "date", "DATE",
          "timestamp", "TIMESTAMP");

  @TempDir Path folder;

  static List<Source> realData() {
    return List.of(
        new CsvSource(Tables.example("birdstrikes.csv")),
        new CsvSource(Tables.example("penguins.csv")).withNulls("NA"),
        new CsvSource(Tables.example("airports.csv")),
        new CsvSource(Tables.example("flights-50k.csv")),
        new ArrowSource(Tables.example("flights-200k.arrow")),
        new TextSource(Tables.example("pride-and-prejudice.txt")));
  }

  @ParameterizedTest
  @MethodSource("realData")
  void csv(Source data) throws Exception {
    Path file = folder.resolve("a.csv.gz");
    readsTheSame(
        data,
        new CsvSink(file),
        "read_csv('%s', columns = %s, header = true, quote = '\"', escape = '\"', nullstr = '',"
            + " allow_quoted_nulls = false)",
        file);
  }

  @ParameterizedTest
  @MethodSource("realData")
  void jsonLines(Source data) throws Exception {
    Path file = folder.resolve("a.jsonl");
    readsTheSame(
        data,
        new JsonlSink(file),
        "read_json('%s', columns = %s, format = 'newline_delimited')",
        file);
  }

  private static void readsTheSame(Source data, Sink sink, String table, Path file)
      throws Exception {
    try (Engine engine = Engine.open()) {
      Object expected = engine.run(Pipeline.read(data).write(sink), Variants.baseline()).digest();
      Source there = new DuckDbSource("FROM " + table.formatted(file, columns(data)));
      assertEquals(
          expected,
          engine.run(Pipeline.read(there), Variants.baseline()).digest(),
          data.toString());
    }
  }

  /** The columns with the types that DuckDB has for them. */
  private static String columns(Source data) throws IOException {
    try (OpenSource open = data.open()) {
      Schema schema = open.schema();
      return schema.getFields().stream()
          .map(f -> "'" + f.getName() + "': '" + DUCKDB_TYPES.get(Types.name(f.getType())) + "'")
          .collect(Collectors.joining(", ", "{", "}"));
    }
  }
}
