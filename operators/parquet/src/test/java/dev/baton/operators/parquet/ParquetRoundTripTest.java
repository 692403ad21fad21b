package dev.baton.operators.parquet;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.baton.engine.Engine;
import dev.baton.engine.ExecutionMode;
import dev.baton.engine.Pipeline;
import dev.baton.engine.RunOptions;
import dev.baton.engine.batch.Types;
import dev.baton.engine.source.Source;
import dev.baton.engine.testkit.Differences;
import dev.baton.engine.testkit.RandomRows;
import dev.baton.engine.testkit.Rows;
import dev.baton.operators.expression.Expression;
import dev.baton.operators.io.Tables;
import dev.baton.operators.io.arrow.ArrowSource;
import dev.baton.operators.io.csv.CsvSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ParquetRoundTripTest {
  @TempDir Path folder;

  private static final Schema ALL_TYPES =
      new Schema(Types.names().stream().map(n -> Types.field(n, Types.parse(n))).toList());

  @ParameterizedTest
  @EnumSource(Codec.class)
  void anyTableReadsBackAsItself(Codec codec) throws Exception {
    for (RandomRows.Mix mix : RandomRows.Mix.values()) {
      for (int rows : new int[] {0, 1, 63, 64, 65, 1000}) {
        Rows table = RandomRows.of(ALL_TYPES, rows, rows + 1, mix);
        Path file = folder.resolve("t.parquet");
        Tables.write(
            new ParquetSink(file, codec, 300),
            table.slice(0, rows / 3),
            table.slice(rows / 3, rows));
        for (int batchBytes : new int[] {4096, 1 << 20}) {
          Rows read = Tables.read(new ParquetSource(file, batchBytes));
          Differences.assertSame(table, read, mix + ", " + rows + " rows by " + batchBytes);
        }
      }
    }
  }

  @Test
  void theTypesOfOtherWritersReadBackAsThemselves() throws Exception {
    for (String table : List.of("everything", "half", "common")) {
      Source arrow = new ArrowSource(ForeignParquetTest.file(table + ".arrow"));
      Path file = folder.resolve("t.parquet");
      run(arrow, new ParquetSink(file), ExecutionMode.inline());
      assertEquals(Digests.of(arrow), Digests.of(new ParquetSource(file)));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"birdstrikes.csv", "penguins.csv"})
  void realDataKeepsEveryValue(String name) throws Exception {
    Source csv = new CsvSource(Tables.example(name)).withNulls("", "NA");
    Path file = folder.resolve("t.parquet");
    run(csv, new ParquetSink(file, Codec.ZSTD, 3000), ExecutionMode.inline());
    assertEquals(Digests.of(csv), Digests.of(new ParquetSource(file)));
  }

  @Test
  void everyModeWritesTheSameBytes() throws Exception {
    Source source = new ArrowSource(Tables.example("flights-200k.arrow"), 4096);
    Path inline = folder.resolve("inline.parquet");
    Path threads = folder.resolve("threads.parquet");
    run(source, new ParquetSink(inline), ExecutionMode.inline());
    run(source, new ParquetSink(threads), ExecutionMode.threads(3));
    assertArrayEquals(Files.readAllBytes(inline), Files.readAllBytes(threads));
    assertEquals(Digests.of(source), Digests.backwards(new ParquetSource(inline, 64 << 10)));
  }

  private static void run(Source source, ParquetSink sink, ExecutionMode mode) {
    try (Engine engine = Engine.open()) {
      engine.run(Pipeline.read(source).write(sink), RunOptions.defaults().withMode(mode));
    }
  }

  @Test
  void aDictionaryThatGrowsTooLargeEndsAmidTheRowGroup() throws Exception {
    Schema schema = Rows.schema("key", Types.UTF8, "number", Types.INT64);
    Rows[] batches = new Rows[60];
    List<Object[]> all = new ArrayList<>();
    for (int i = 0; i < batches.length; i++) {
      List<Object[]> rows = new ArrayList<>();
      for (int j = 0; j < 2000; j++) {
        int value = i * 300 + j % 300;
        rows.add(new Object[] {"a key ".repeat(14) + value, (long) value});
      }
      all.addAll(rows);
      batches[i] = new Rows(schema, rows);
    }
    Path file = folder.resolve("t.parquet");
    Tables.write(new ParquetSink(file), batches);
    Differences.assertSame(new Rows(schema, all), Tables.read(new ParquetSource(file)), "read");
    assertEquals(
        List.of("PLAIN, RLE, RLE_DICTIONARY"),
        query(
            "SELECT DISTINCT list_aggregate(list_sort(string_split(encodings, ', ')), 'string_agg',"
                + " ', ') FROM parquet_metadata('%s') WHERE path_in_schema = 'key'",
            file));
  }

  @ParameterizedTest
  @EnumSource(Codec.class)
  void duckDbReadsWhatTheSinkWrites(Codec codec) throws Exception {
    Path file = folder.resolve("t.parquet");
    Source arrow = new ArrowSource(ForeignParquetTest.file("everything.arrow"));
    run(arrow, new ParquetSink(file, codec, 100), ExecutionMode.inline());
    Path foreign = ForeignParquetTest.file("everything-dictionary-snappy.parquet");
    String both = "(SELECT * EXCLUDE (decimal_9, decimal_18) FROM '%s')";
    assertEquals(
        List.of("0"),
        query("SELECT count(*) FROM (" + both + " EXCEPT ALL " + both + ")", file, foreign));
    assertEquals(
        List.of("0"),
        query("SELECT count(*) FROM (" + both + " EXCEPT ALL " + both + ")", foreign, file));
    assertEquals(
        query("SELECT sum(decimal_9) || ' ' || sum(decimal_18) FROM '%s'", foreign),
        query("SELECT sum(decimal_9) || ' ' || sum(decimal_18) FROM '%s'", file));
  }

  @Test
  void duckDbFindsRowsByLeastAndGreatestValues() throws Exception {
    Path file = folder.resolve("t.parquet");
    Source arrow = new ArrowSource(ForeignParquetTest.file("everything.arrow"));
    run(arrow, new ParquetSink(file, Codec.SNAPPY, 100), ExecutionMode.inline());
    Path foreign = ForeignParquetTest.file("everything-plain-none.parquet");
    for (String column :
        List.of(
            "int8",
            "uint32",
            "uint64",
            "int64",
            "float64",
            "text",
            "date",
            "timestamp_us",
            "decimal_9",
            "decimal_38")) {
      String least = "SELECT min(" + column + ")::VARCHAR || max(" + column + ") FROM '%s'";
      assertEquals(query(least, foreign), query(least, file), column);
      String some =
          "SELECT count(*) FROM '%s' WHERE "
              + column
              + " >= (SELECT median("
              + column
              + ") FROM '%s')";
      assertEquals(query(some, foreign, foreign), query(some, file, foreign), column);
    }
  }

  @Test
  void duckDbFindsTheStatisticsOfEveryKindOfValue() throws Exception {
    Path file = folder.resolve("t.parquet");
    Source arrow = new ArrowSource(ForeignParquetTest.file("everything.arrow"));
    run(arrow, new ParquetSink(file, Codec.SNAPPY, 1000), ExecutionMode.inline());
    for (String column : List.of("bool", "decimal_9", "decimal_38")) {
      String found =
          "SELECT stats_min_value || ' ' || stats_max_value FROM parquet_metadata('%s')"
              + " WHERE path_in_schema = '"
              + column
              + "'";
      String expected =
          "SELECT min(" + column + ")::VARCHAR || ' ' || max(" + column + ")::VARCHAR FROM '%s'";
      assertEquals(query(expected, file), query(found, file), column);
    }
  }

  @Test
  void longTextsAreFoundByBoundsThatAreCutOff() throws Exception {
    Schema schema = Rows.schema("s", Types.UTF8, "b", Types.BINARY);
    List<String> texts =
        List.of(
            "a".repeat(300),
            "é".repeat(200),
            "日".repeat(100),
            "x" + "😀".repeat(70),
            "\uD7FF".repeat(90),
            "b".repeat(128),
            "c".repeat(127) + "é",
            "\uDBFF\uDFFF".repeat(60),
            "short");
    Path file = folder.resolve("t.parquet");
    for (String text : texts) {
      byte[] bytes = new byte[200];
      Arrays.fill(bytes, (byte) (text.equals("short") ? 0xFF : text.charAt(0)));
      Tables.write(new ParquetSink(file), Rows.of(schema, Rows.row(text, bytes)));
      assertEquals(
          List.of("1"), query("SELECT count(*) FROM '%s' WHERE s = '" + text + "'", file), text);
      assertEquals(
          1,
          Tables.read(new ParquetSource(file).withWhere(Expression.parse("s = '" + text + "'")))
              .size(),
          text);
      String above = text + "z";
      assertEquals(
          0,
          Tables.read(new ParquetSource(file).withWhere(Expression.parse("s = '" + above + "'")))
              .size(),
          text);
      List<String> exact =
          query("SELECT min_is_exact::VARCHAR FROM parquet_metadata('%s') LIMIT 1", file);
      // No text is greater than the last character of all, over and over.
      boolean none = text.startsWith("\uDBFF\uDFFF");
      String expected = none ? null : String.valueOf(text.equals("short"));
      assertEquals(expected, exact.get(0), text);
    }
  }

  @Test
  void columnsThatCannotBeWrittenAreNamed() {
    Field list = Types.listField("words", Types.UTF8);
    IOException e =
        assertThrows(
            IOException.class,
            () -> new ParquetSink(folder.resolve("t.parquet")).open(new Schema(List.of(list))));
    assertEquals(
        "cannot write column 'words' of type List as Parquet; drop or cast it before, or write"
            + " Arrow",
        e.getMessage());
    assertTrue(folder.toFile().list().length == 0);
  }

  /** The first column of what DuckDB answers; each %s stands for a file. */
  private static List<String> query(String query, Path... files) throws Exception {
    for (Path file : files) {
      query = query.replaceFirst("%s", file.toString());
    }
    List<String> rows = new ArrayList<>();
    try (Connection duck = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = duck.createStatement();
        ResultSet result = statement.executeQuery(query)) {
      while (result.next()) {
        rows.add(result.getString(1));
      }
    }
    return rows;
  }
}
