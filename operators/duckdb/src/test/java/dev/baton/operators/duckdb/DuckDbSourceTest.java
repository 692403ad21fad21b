package dev.baton.operators.duckdb;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.baton.engine.Engine;
import dev.baton.engine.ExecutionMode;
import dev.baton.engine.Pipeline;
import dev.baton.engine.RunOptions;
import dev.baton.engine.batch.Types;
import dev.baton.engine.operator.Columns;
import dev.baton.engine.source.OpenSource;
import dev.baton.engine.source.Source;
import dev.baton.engine.source.SourceException;
import dev.baton.engine.testkit.Variants;
import dev.baton.operators.io.Tables;
import dev.baton.operators.io.arrow.ArrowSource;
import dev.baton.operators.io.csv.CsvSource;
import dev.baton.operators.parquet.ParquetSink;
import dev.baton.operators.scale.StandardScaler;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.types.pojo.Field;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DuckDbSourceTest {
  @TempDir Path folder;

  private static List<List<Object>> cells(Source source) throws Exception {
    return Tables.read(source).cells().stream().map(Arrays::asList).toList();
  }

  /** Rows of every kind, in DuckDB's own words. */
  private static final String KINDS =
      """
      SELECT i % 7 = 0 AS b, i::INTEGER AS n, i::BIGINT AS m, i / 4.0 AS x, 'text ' || i AS s,
        DATE '2024-01-01' + i::INTEGER AS d, CASE WHEN i % 3 = 0 THEN NULL ELSE i END AS gaps,
        [i, i + 1] AS l
      FROM range(5000) t(i)""";

  @Test
  void whatDuckDbReadsOfOurFilesIsWhatWeReadOfThem() throws Exception {
    Path parquet = folder.resolve("f.parquet");
    ArrowSource flights = new ArrowSource(Tables.example("flights-200k.arrow"));
    Path penguins = Tables.example("penguins.csv");
    try (Engine engine = Engine.open()) {
      engine.run(Pipeline.read(flights).write(new ParquetSink(parquet)));
      Source there = new DuckDbSource("FROM '" + parquet + "'");
      assertEquals(digest(engine, flights), digest(engine, there));
      CsvSource csv = new CsvSource(penguins).withNulls("NA");
      List<List<Object>> ours = cells(csv);
      assertEquals(
          ours, cells(new DuckDbSource("FROM read_csv('" + penguins + "', nullstr = 'NA')")));
    }
  }

  @Test
  void joinsAndGroupsAreRows() throws Exception {
    Path visits = Files.writeString(folder.resolve("visits.csv"), "id,spent\n1,2\n2,5\n1,3\n9,1\n");
    Path users = Files.writeString(folder.resolve("users.jsonl"), JSON_USERS);
    DuckDbSource source =
        new DuckDbSource(
            """
            SELECT u.name, count(*) AS visits, sum(v.spent)::BIGINT AS spent
            FROM '%s' v LEFT JOIN read_json('%s') u USING (id)
            GROUP BY ALL ORDER BY spent DESC, name"""
                .formatted(visits, users));
    assertEquals(
        List.of(List.of("Ada", 2L, 5L), List.of("Bo", 1L, 5L), Arrays.asList(null, 1L, 1L)),
        cells(source));
  }

  private static final String JSON_USERS =
      "{\"id\": 1, \"name\": \"Ada\"}\n{\"id\": 2, \"name\": \"Bo\"}\n";

  /** Which is an error of the Parquet source itself. */
  @Test
  void nestedParquetIsFlattenedByAQuery() throws Exception {
    Path nested = Path.of("../parquet/src/test/resources/foreign/nested.parquet");
    String from = " FROM '" + nested + "'";
    assertEquals(
        List.of(Arrays.asList(1L, "a", 1L, 2L), Arrays.asList(2L, null, null, null)),
        cells(new DuckDbSource("SELECT id, tags[1] AS tag, point.x AS x, point.y AS y" + from)));
    assertEquals(
        List.of(List.of(1L, "a")),
        cells(new DuckDbSource("SELECT id, unnest(tags) AS tag" + from)));
  }

  private static Object digest(Engine engine, Source source) {
    return engine.run(Pipeline.read(source), Variants.baseline()).digest();
  }

  @Test
  void everyModeGivesTheSameRowsInPartitionsOrNot() {
    DuckDbSource whole = new DuckDbSource(KINDS);
    try (Engine engine = Engine.open()) {
      for (DuckDbSource source : List.of(whole, whole.by("n", 5))) {
        Pipeline pipeline = Pipeline.read(source).then(new StandardScaler(Columns.of("x", "gaps")));
        Object digest = engine.run(pipeline, Variants.baseline()).digest();
        for (RunOptions options : Variants.all()) {
          assertEquals(digest, engine.run(pipeline, options).digest(), options.toString());
        }
      }
    }
  }

  @Test
  @Tag("process")
  void workerProcessesAreSentTheBatches() {
    Pipeline pipeline =
        Pipeline.read(new DuckDbSource(KINDS).by("s", 3)).then(new StandardScaler(Columns.of("x")));
    try (Engine engine = Engine.open()) {
      Object digest = engine.run(pipeline, Variants.baseline()).digest();
      RunOptions two = Variants.baseline().withMode(ExecutionMode.processes(2));
      assertEquals(digest, engine.run(pipeline, two).digest());
    }
  }

  @Test
  void partitionsHaveEachRowOnce() throws Exception {
    DuckDbSource source = new DuckDbSource(KINDS + " ORDER BY i DESC");
    List<Object> all = Tables.read(source, List.of("n")).column("n");
    assertEquals(4999, all.get(0));
    assertEquals(0, all.get(4999));
    List<Object> parts = Tables.read(source.by("gaps", 4), List.of("n")).column("n");
    assertEquals(all.stream().sorted().toList(), parts.stream().sorted().toList());
    assertEquals(5000, Tables.read(source, List.of()).size());
  }

  @Test
  void otherRowsAreAnotherVersion() throws Exception {
    Path file = folder.resolve("t.csv");
    DuckDbSource source = new DuckDbSource("FROM read_csv('" + file + "', header = true)");
    List<String> versions = new ArrayList<>();
    for (String rows : List.of("1,x\n2,\n", "1,x\n2,\n", "1,x\n", "1,x\n3,\n", "1,x\n2,\n2,\n")) {
      Files.writeString(file, "a,b\n" + rows);
      try (OpenSource open = source.open()) {
        versions.add(open.version());
      }
    }
    assertEquals(versions.get(0), versions.get(1));
    assertEquals(4, Set.copyOf(versions).size(), versions.toString());
  }

  @Test
  void aDatabaseIsOnlyRead() throws Exception {
    Path file = folder.resolve("t.duckdb");
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:" + file);
        Statement sql = connection.createStatement()) {
      sql.execute("CREATE TABLE t AS SELECT 1::BIGINT AS a, 'x' AS b UNION ALL SELECT NULL, 'y'");
    }
    byte[] before = Files.readAllBytes(file);
    DuckDbSource source = new DuckDbSource("SELECT a, b FROM t ORDER BY b").on(file);
    assertEquals(List.of(List.of(1L, "x"), Arrays.asList(null, "y")), cells(source));
    assertEquals(0, Arrays.compare(before, Files.readAllBytes(file)));
    for (String wrong : List.of("DELETE FROM t", "CREATE TABLE u AS FROM t", "DROP TABLE t")) {
      assertThrows(SourceException.class, () -> new DuckDbSource(wrong).on(file).open());
    }
  }

  @Test
  void typesAreThoseOfTheQuery() throws Exception {
    try (OpenSource open = new DuckDbSource(KINDS).open()) {
      List<String> types =
          open.schema().getFields().stream().map(Field::getType).map(Types::name).toList();
      assertEquals(
          List.of("bool", "int32", "int64", "float64", "utf8", "date"), types.subList(0, 6));
    }
  }

  @Test
  void whatIsWrongIsSaid() {
    assertFails("DuckDB: ", "nowhere", new DuckDbSource("FROM nowhere"));
    assertFails(
        "DuckDB gives types that Baton does not hold; cast them in the query:\n  column 'e' is ",
        "",
        new DuckDbSource("SELECT 'a'::ENUM('a', 'b') AS e"));
    assertFails(
        "the key 'm' is no column of the query, did you mean 'n'?",
        "",
        new DuckDbSource("SELECT 1 AS n").by("m", 2));
    assertFails("there is no file ", "", new DuckDbSource("SELECT 1").on(folder.resolve("no")));
    for (int row : new int[] {3000, 900_000}) {
      String late = "CASE WHEN i = " + row + " THEN error('late') ELSE i END AS i";
      DuckDbSource source = new DuckDbSource("SELECT " + late + " FROM range(1000000) t(i)");
      SourceException e = assertThrows(SourceException.class, () -> Tables.read(source));
      assertTrue(e.getMessage().startsWith("DuckDB: "), e.getMessage());
      assertTrue(e.getMessage().contains("late"), e.getMessage());
    }
    assertEquals(
        "query must be one SELECT without a semicolon at its end",
        assertThrows(IllegalArgumentException.class, () -> new DuckDbSource("SELECT 1;"))
            .getMessage());
  }

  private static void assertFails(String start, String part, Source source) {
    SourceException e = assertThrows(SourceException.class, () -> source.open().close());
    assertTrue(e.getMessage().startsWith(start), e.getMessage());
    assertTrue(e.getMessage().contains(part), e.getMessage());
  }

  /** A quarter of the limit, which counts, unless the source asks for less. */
  @Test
  void itsMemoryIsPartOfTheLimitOfARun() throws Exception {
    DuckDbSource source = new DuckDbSource("SELECT current_setting('memory_limit') AS m");
    try (RootAllocator unlimited = new RootAllocator();
        OpenSource open = source.open()) {
      open.within(unlimited);
      assertEquals(0, unlimited.getAllocatedMemory());
      assertEquals(List.of("1.0 GiB"), Tables.read(open, null, unlimited).column("m"));
    }
    try (RootAllocator limited = new RootAllocator(256 << 20)) {
      try (OpenSource open = source.open()) {
        open.within(limited);
        assertEquals(64 << 20, limited.getAllocatedMemory());
        assertEquals(List.of("64.0 MiB"), Tables.read(open, null, limited).column("m"));
      }
      assertEquals(0, limited.getAllocatedMemory());
    }
  }
}
