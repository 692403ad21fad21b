package dev.baton.operators.io.jdbc;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.baton.engine.Engine;
import dev.baton.engine.Pipeline;
import dev.baton.engine.PipelineException;
import dev.baton.engine.Resume;
import dev.baton.engine.RunOptions;
import dev.baton.engine.RunReport;
import dev.baton.engine.batch.Types;
import dev.baton.engine.operator.Columns;
import dev.baton.engine.source.Source;
import dev.baton.engine.source.SourceException;
import dev.baton.engine.testkit.Rows;
import dev.baton.engine.testkit.Variants;
import dev.baton.operators.io.Tables;
import dev.baton.operators.io.arrow.ArrowSink;
import dev.baton.operators.io.arrow.ArrowSource;
import dev.baton.operators.io.csv.CsvSink;
import dev.baton.operators.io.csv.CsvSource;
import dev.baton.operators.scale.StandardScaler;
import dev.baton.operators.select.Cast;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.arrow.vector.types.TimeUnit;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Schema;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What source and sink do with any database. */
abstract class JdbcContract {
  private static final ArrowType INSTANT = new ArrowType.Timestamp(TimeUnit.MICROSECOND, "UTC");

  @TempDir Path folder;
  private Connection connection;

  /** A database whose tables live as long as the test class. */
  abstract String url();

  @BeforeEach
  void anEmptyDatabase() throws SQLException {
    connection = DriverManager.getConnection(url());
    execute("DROP TABLE IF EXISTS t");
    execute("DROP TABLE IF EXISTS \"made\"");
  }

  @AfterEach
  void disconnect() throws SQLException {
    connection.close();
  }

  void execute(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private long count(String table) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery("SELECT COUNT(*) FROM " + table)) {
      result.next();
      return result.getLong(1);
    }
  }

  /** All rows, through an engine and a file. */
  Rows read(Source source) throws Exception {
    Path file = folder.resolve("rows.arrow");
    try (Engine engine = Engine.open()) {
      engine.run(Pipeline.read(source).write(new ArrowSink(file)));
    }
    return Tables.read(new ArrowSource(file));
  }

  private static List<List<Object>> cells(Rows rows) {
    return rows.cells().stream().map(Arrays::asList).toList();
  }

  @Test
  void valuesAndNullsOfAllTypes() throws Exception {
    execute(
        "CREATE TABLE t (b BOOLEAN, i16 SMALLINT, i32 INTEGER, i64 BIGINT, f32 REAL, f64 DOUBLE"
            + " PRECISION, n NUMERIC(12, 3), s VARCHAR(20), d DATE, ts TIMESTAMP, tz TIMESTAMP WITH"
            + " TIME ZONE, tm TIME, u UUID)");
    execute(
        "INSERT INTO t VALUES (TRUE, -32768, 2147483647, -9223372036854775808, 0.1, 1e300,"
            + " -123456789.125, 'Grüße', DATE '1969-12-31', TIMESTAMP '1969-12-31 23:59:59.123456',"
            + " TIMESTAMP WITH TIME ZONE '2024-01-01 01:00:00.5+02:00', TIME '10:20:30',"
            + " '0af96d1c-0000-0000-0000-00000000000b')");
    execute("INSERT INTO t (i16) VALUES (1)");
    Rows rows = read(new JdbcSource(url(), "(SELECT * FROM t)").withOrder("I16"));
    assertEquals(
        List.of(
            Types.BOOL,
            Types.INT16,
            Types.INT32,
            Types.INT64,
            Types.FLOAT32,
            Types.FLOAT64,
            new ArrowType.Decimal(12, 3, 128),
            Types.UTF8,
            Types.DATE,
            Types.TIMESTAMP,
            INSTANT,
            Types.UTF8,
            Types.UTF8),
        rows.schema().getFields().stream().map(f -> f.getType()).toList());
    List<Object> first = cells(rows).get(0);
    assertEquals(
        "[true, -32768, 2147483647, -9223372036854775808, 0.1, 1.0E300, -123456789.125, Grüße, -1,"
            + " -876544, 1704063600500000, 10:20:30, 0af96d1c-0000-0000-0000-00000000000b]",
        first.toString());
    List<Object> second = cells(rows).get(1);
    assertEquals(1, ((Number) second.get(1)).intValue());
    assertEquals(12, second.stream().filter(v -> v == null).count());
  }

  @Test
  void whatIsWrittenIsReadBack() throws Exception {
    Schema schema =
        Rows.schema(
            "b",
            Types.BOOL,
            "i8",
            Types.INT8,
            "i32",
            Types.INT32,
            "i64",
            Types.INT64,
            "f",
            Types.FLOAT32,
            "g",
            Types.FLOAT64,
            "Some \"text\"",
            Types.UTF8,
            "x",
            Types.BINARY,
            "d",
            Types.DATE,
            "t",
            Types.TIMESTAMP);
    Rows rows =
        Rows.of(
            schema,
            Rows.row(
                true,
                (byte) -7,
                5,
                1L << 62,
                0.1f,
                -0.5,
                "a\n\"ü\"",
                new byte[] {0, -1},
                -719162,
                -876544L),
            Rows.row(null, null, null, null, null, null, null, null, null, null),
            Rows.row(false, (byte) 7, -5, -1L, 1e30f, Double.NaN, "", new byte[0], 20000, 1L));
    Tables.write(
        new JdbcSink(url(), "\"made\"", false, true, 2), rows.slice(0, 1), rows.slice(1, 3));
    Rows read = read(new JdbcSource(url(), "\"made\"").withOrder("i8"));
    List<String> expected =
        cells(rows).stream().map(r -> Arrays.deepToString(r.toArray())).sorted().toList();
    assertEquals(
        expected,
        cells(read).stream().map(r -> Arrays.deepToString(r.toArray())).sorted().toList());
    assertEquals(rows.names(), read.names());
  }

  @Test
  void decimalsAndInstantsAreWritten() throws Exception {
    execute("CREATE TABLE t (n NUMERIC(30, 10), tz TIMESTAMP WITH TIME ZONE, k INTEGER)");
    execute(
        "INSERT INTO t VALUES (-12345678901234567890.0123456789, TIMESTAMP WITH TIME ZONE"
            + " '2024-07-01 12:00:00+02:00', 1), (NULL, NULL, 2), (0.5, NULL, 3)");
    try (Engine engine = Engine.open()) {
      Source source = new JdbcSource(url(), "t").withOrder("k");
      engine.run(Pipeline.read(source).write(new JdbcSink(url(), "\"made\"").withCreate()));
      assertEquals(
          engine.run(Pipeline.read(source), Variants.baseline()).digest(),
          engine
              .run(
                  Pipeline.read(new JdbcSource(url(), "\"made\"").withOrder("k")),
                  Variants.baseline())
              .digest());
    }
  }

  /** A key with gaps, negative numbers and nulls. */
  private void keyed() throws SQLException {
    execute("CREATE TABLE t (id BIGINT, name VARCHAR(20), v DOUBLE PRECISION)");
    execute(
        "INSERT INTO t VALUES "
            + java.util.stream.IntStream.range(0, 2000)
                .mapToObj(
                    i ->
                        String.format(
                            "(%s, 'n%d', %d.5)",
                            i % 97 == 13 ? "NULL" : Long.toString((i * 7919L) % 2003 - 500),
                            i,
                            i % 11))
                .collect(Collectors.joining(", ")));
  }

  @Test
  void rangesGiveTheSameRowsInEveryMode() throws Exception {
    keyed();
    JdbcSource ranges =
        new JdbcSource(url(), "t").withPartitions("ID", 7).withOrder("name").withBatchRows(100);
    try (Engine engine = Engine.open()) {
      Pipeline pipeline = Pipeline.read(ranges).then(new StandardScaler(Columns.matching("(?i)v")));
      Object expected = null;
      for (RunOptions options : Variants.all()) {
        var report = engine.run(pipeline, options);
        expected = expected == null ? report.digest() : expected;
        assertEquals(expected, report.digest(), options.toString());
        assertEquals(2000, report.rowsIn());
      }
    }
    Rows all = read(ranges);
    for (int partitions : new int[] {1, 3, 5000}) {
      assertEquals(cells(all), cells(read(ranges.withPartitions("id", partitions))));
    }
    List<String> nullsLast = all.cells().stream().map(r -> String.valueOf(r[0])).toList();
    assertEquals("null", nullsLast.get(1999));
    assertEquals(
        List.of(),
        cells(
            read(new JdbcSource(url(), "(SELECT * FROM t WHERE v < 0)").withPartitions("id", 4))));
  }

  @Test
  void rangesUpToTheEndsOfALong() throws Exception {
    execute("CREATE TABLE t (id BIGINT)");
    execute("INSERT INTO t VALUES (9223372036854775807), (-9223372036854775808), (0)");
    assertEquals(
        List.of(List.of(Long.MIN_VALUE), List.of(0L), List.of(Long.MAX_VALUE)),
        cells(read(new JdbcSource(url(), "t").withPartitions("id", 10))));
  }

  @Test
  void aFailingRunLeavesNoRows() throws Exception {
    execute("CREATE TABLE t (k BIGINT PRIMARY KEY)");
    execute("INSERT INTO t VALUES (1)");
    Path csv = Files.writeString(folder.resolve("t.csv"), "k\n2\n3\n4\n2\n5\n");
    Source source = new CsvSource(csv).withSplitBytes(1);
    try (Engine engine = Engine.open()) {
      for (boolean replace : new boolean[] {false, true}) {
        JdbcSink sink = new JdbcSink(url(), "t", replace, false, 2);
        String message =
            assertThrows(
                    PipelineException.class, () -> engine.run(Pipeline.read(source).write(sink)))
                .getMessage();
        assertTrue(
            message.contains(
                "cannot write to table t of " + Database.shown(url()) + ", rows 3 to 4: "),
            message);
        assertEquals(1, count("t"));
      }
      Path bad = Files.writeString(folder.resolve("bad.csv"), "k\n2\n3\nx\n");
      Source failing =
          new CsvSource(bad).withTypes(java.util.Map.of("k", "int64")).withSplitBytes(1);
      JdbcSink creating = new JdbcSink(url(), "\"made\"", false, true, 1);
      assertThrows(
          PipelineException.class, () -> engine.run(Pipeline.read(failing).write(creating)));
      assertThrows(SQLException.class, () -> count("\"made\""));
      Path good = Files.writeString(folder.resolve("good.csv"), "k\n2\n3\n");
      engine.run(Pipeline.read(new CsvSource(good)).write(new JdbcSink(url(), "t")));
      assertEquals(3, count("t"));
      engine.run(Pipeline.read(new CsvSource(good)).write(new JdbcSink(url(), "t").withReplace()));
      assertEquals(2, count("t"));
    }
  }

  @Test
  void aRunIsResumedWhileTheVersionIsTheSame() throws Exception {
    execute("CREATE TABLE t (id BIGINT, v VARCHAR(20))");
    execute(
        "INSERT INTO t VALUES "
            + java.util.stream.IntStream.range(0, 2000)
                .mapToObj(i -> "(" + i + ", '" + (i == 1500 ? "x" : i % 7) + "')")
                .collect(Collectors.joining(", ")));
    JdbcSource source = new JdbcSource(url(), "t").withPartitions("id", 10).withBatchRows(50);
    JdbcSource versioned = source.withVersion("SELECT COUNT(*), MAX(id) FROM t");
    RunOptions options =
        Variants.baseline().withResume(new Resume(folder.resolve("resume"), Duration.ofNanos(1)));
    try (Engine engine = Engine.open()) {
      assertEquals(
          "this run cannot be resumed, as its source does not tell whether its data are still the"
              + " same; run it without resuming, or give the source a 'version' if it takes one, as"
              + " 'jdbc' does",
          assertThrows(PipelineException.class, () -> engine.run(cast(source), options))
              .getMessage());
      String wrong =
          assertThrows(
                  PipelineException.class,
                  () -> engine.run(cast(source.withVersion("SELECT no FROM t")), options))
              .getMessage();
      assertTrue(wrong.startsWith("resume: version: the query 'SELECT no FROM t' fails: "), wrong);
      assertEquals(
          "resume: version: the query 'SELECT id FROM t WHERE id < 0' gives no row; it needs one",
          assertThrows(
                  PipelineException.class,
                  () ->
                      engine.run(
                          cast(source.withVersion("SELECT id FROM t WHERE id < 0")), options))
              .getMessage());

      assertThrows(PipelineException.class, () -> engine.run(cast(versioned), options));
      execute("INSERT INTO t VALUES (2000, '0')");
      String other =
          assertThrows(PipelineException.class, () -> engine.run(cast(versioned), options))
              .getMessage();
      assertTrue(other.contains("is of a run with other data"), other);
      execute("DELETE FROM t WHERE id = 2000");
      execute("UPDATE t SET v = '3' WHERE id = 1500");
      RunReport report = engine.run(cast(versioned), options);
      assertTrue(report.resumedRows() > 0, report.toString());
      assertEquals(2000, report.rowsOut());
      byte[] resumed = Files.readAllBytes(folder.resolve("out.csv"));
      assertEquals(engine.run(cast(versioned), Variants.baseline()).digest(), report.digest());
      assertArrayEquals(Files.readAllBytes(folder.resolve("out.csv")), resumed);
    }
  }

  private Pipeline cast(JdbcSource source) {
    return Pipeline.read(source)
        .then(new Cast(Columns.matching("(?i)v"), Types.INT64))
        .write(new CsvSink(folder.resolve("out.csv")));
  }

  @Test
  void mistakesAreNamed() throws Exception {
    execute("CREATE TABLE t (id BIGINT, name VARCHAR(20))");
    String id = read(new JdbcSource(url(), "t")).names().get(0);
    assertEquals(
        "partitionBy names a column 'idd' which is not there, did you mean '" + id + "'?",
        error(new JdbcSource(url(), "t").withPartitions("idd", 2)));
    assertTrue(
        error(new JdbcSource(url(), "t").withPartitions("name", 2))
            .startsWith("partitionBy: expected a column of integers but '"));
    assertTrue(error(new JdbcSource(url(), "t").withOrder("nam")).startsWith("orderBy names"));
    String missing = error(new JdbcSource(url(), "nowhere"));
    assertTrue(missing.startsWith("cannot read nowhere of " + Database.shown(url())), missing);
    Schema schema = Rows.schema("ID", Types.INT64, "nmae", Types.UTF8);
    String sink =
        assertThrows(Exception.class, () -> new JdbcSink(url(), "t").open(schema)).getMessage();
    assertTrue(
        sink.startsWith(
            "cannot write to table t: the pipeline names a column 'nmae' which is not there"),
        sink);
    assertFalse(sink.contains("'ID'"));
  }

  private static String error(JdbcSource source) {
    return assertThrows(SourceException.class, source::open).getMessage();
  }
}
