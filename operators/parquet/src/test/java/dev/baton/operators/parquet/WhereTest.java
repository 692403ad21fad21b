package dev.baton.operators.parquet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.baton.engine.Engine;
import dev.baton.engine.Pipeline;
import dev.baton.engine.RunOptions;
import dev.baton.engine.RunReport;
import dev.baton.engine.batch.Digest;
import dev.baton.engine.batch.Types;
import dev.baton.engine.source.OpenSource;
import dev.baton.engine.source.Skipped;
import dev.baton.engine.source.Source;
import dev.baton.engine.source.SourceException;
import dev.baton.engine.testkit.Differences;
import dev.baton.engine.testkit.Drive;
import dev.baton.engine.testkit.RandomRows;
import dev.baton.engine.testkit.Rows;
import dev.baton.engine.testkit.Variants;
import dev.baton.operators.expression.Expression;
import dev.baton.operators.expression.Filter;
import dev.baton.operators.io.Tables;
import java.io.ByteArrayInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.types.TimeUnit;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Schema;
import org.apache.parquet.format.PageLocation;
import org.apache.parquet.format.Util;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** A condition of the source gives what reading all and then filtering gives, and reads less. */
class WhereTest {
  private static final Schema SCHEMA =
      Rows.schema(
          "i8",
          Types.INT8,
          "i32",
          Types.INT32,
          "i64",
          Types.INT64,
          "f32",
          Types.FLOAT32,
          "f64",
          Types.FLOAT64,
          "flag",
          Types.BOOL,
          "text",
          Types.UTF8,
          "day",
          Types.DATE,
          "ms",
          new ArrowType.Timestamp(TimeUnit.MILLISECOND, null),
          "us",
          Types.TIMESTAMP,
          "ns",
          new ArrowType.Timestamp(TimeUnit.NANOSECOND, "UTC"));

  /** So wide that the smallest batches have 64 rows. */
  private static final Schema WIDE =
      new Schema(
          Stream.of("n", "m", "c", "d", "e", "f", "g", "h")
              .map(name -> Types.field(name, Types.INT64))
              .toList());

  @TempDir Path folder;

  @ParameterizedTest
  @EnumSource(RandomRows.Mix.class)
  void anyConditionKeepsWhatAFilterKeeps(RandomRows.Mix mix) throws Exception {
    Path file = folder.resolve("t.parquet");
    long skipped = 0;
    for (int seed = 1; seed <= 6; seed++) {
      Rows table = RandomRows.of(SCHEMA, 300, seed, mix);
      String key = SCHEMA.getFields().get(seed % SCHEMA.getFields().size()).getName();
      // Row groups of one page, or of several.
      write(file, sorted(table, key), 1 + seed * 13, seed % 2 == 0 ? 1 : 100);
      skipped += check(file, new RandomConditions(table, seed), 30);
    }
    assertTrue(skipped > 0 || mix == RandomRows.Mix.ONLY_SPECIALS, "no row group was left out");
  }

  @ParameterizedTest
  @MethodSource("dev.baton.operators.parquet.ForeignParquetTest#files")
  void filesOfOtherWritersToo(Path file) throws Exception {
    List<String> usable;
    try (OpenSource open = new ParquetSource(file).open()) {
      usable = RandomConditions.usable(open.schema().getFields());
    }
    if (!usable.isEmpty()) {
      check(file, new RandomConditions(Tables.read(new ParquetSource(file), usable), 5), 30);
    }
  }

  /** Among them one whose least and greatest texts are cut off. */
  @ParameterizedTest
  @MethodSource("dev.baton.operators.parquet.ForeignParquetTest#apache")
  void filesOfTheParquetProjectToo(String name) throws Exception {
    filesOfOtherWritersToo(ForeignParquetTest.resource("apache/" + name + ".parquet"));
  }

  /** Returns how many row groups were not read. */
  private static long check(Path file, RandomConditions conditions, int count) throws Exception {
    SplittableRandom random = new SplittableRandom(count);
    ParquetSource source = new ParquetSource(file, 4096);
    List<String> usable;
    try (OpenSource open = source.open()) {
      usable = RandomConditions.usable(open.schema().getFields());
    }
    Rows all = Tables.read(source, usable);
    int groups = groups(source).size();
    long skipped = 0;
    for (int i = 0; i < count; i++) {
      Expression where = conditions.next();
      Rows expected = filtered(all, where);
      Set<String> wanted = new HashSet<>(usable);
      wanted.removeIf(name -> random.nextInt(4) == 0);
      ParquetSource some = source.withWhere(where);
      Rows read = Tables.read(some, List.copyOf(wanted));
      Differences.assertSame(expected.only(wanted), read, file + " where " + where);
      skipped += groups - groups(some).size();
    }
    return skipped;
  }

  private static Rows filtered(Rows rows, Expression where) {
    try (RootAllocator allocator = new RootAllocator()) {
      return new Drive(allocator).transform(new Filter(where), rows);
    }
  }

  private static Rows sorted(Rows table, String key) {
    int at = table.position(key);
    List<Object[]> rows = new ArrayList<>(table.cells());
    rows.sort(Comparator.comparing(row -> row[at], WhereTest::order));
    return new Rows(table.schema(), rows);
  }

  /** Nulls last, so that some row groups have nothing else. */
  @SuppressWarnings("unchecked") // Values of one column.
  private static int order(Object a, Object b) {
    return a == null || b == null
        ? Boolean.compare(a == null, b == null)
        : ((Comparable<Object>) a).compareTo(b);
  }

  /** Row groups of {@code size} rows. */
  private static void write(Path file, Rows table, int size) throws Exception {
    write(file, table, size, 1);
  }

  /** Pages of {@code size} rows in row groups of at least so many. */
  private static void write(Path file, Rows table, int size, int groupRows) throws Exception {
    List<Rows> groups = new ArrayList<>();
    for (int i = 0; i < table.size(); i += size) {
      groups.add(table.slice(i, Math.min(table.size(), i + size)));
    }
    Tables.write(new ParquetSink(file, Codec.SNAPPY, groupRows), groups.toArray(Rows[]::new));
  }

  /** The numbers of the row groups that are read. */
  private static List<Integer> groups(ParquetSource source) throws Exception {
    List<Integer> groups = new ArrayList<>();
    try (OpenSource open = source.open()) {
      open.splits().forEachRemaining(s -> groups.add(((OpenParquet.Slice) s).group()));
    }
    return groups.stream().distinct().toList();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "n = 15 | 1",
        "n = 15.5 | 1",
        "15 > n | 0 1",
        "n < 10 | 0",
        "n <= 10 | 0 1",
        "n >= 29 | 2",
        "n > 29 | ",
        "n <> 15 | 0 1 2",
        "n in (3, 25) | 0 2",
        "n between 12 and 18 | 1",
        "not n between 5 and 29 | 0",
        "n between 25 and null | ",
        "n is null | 3",
        "n is not null | 0 1 2",
        "n = 1 or n = 21 | 0 2",
        "n < 20 and n >= 10 | 1",
        "not (n < 20 or n is null) | 2",
        "n + 0 = 15 | 0 1 2 3",
        "n + 0 = 15 and n > 12 | 1 2",
        "null | ",
        "s = 'b5' | 1",
        "s < 'b' | 0",
        "s like 'b%' | 0 1 2 3",
        "f < 10 | 0",
        "not f >= 10 | 0 1 2",
        "f = 15 | 1",
        "f <> 5 | 0 1 2",
        "d = date '1970-01-16' | 1",
        "d < timestamp '1970-01-10T12:00:00' | 0",
        "c = 7 | 0 1 2 3",
        "c <> 7 | "
      })
  void onlyRowGroupsThatMayHoldTheRowsAreRead(String where, String groups) throws Exception {
    List<Object[]> rows = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      String text = "abc".charAt(i / 10) + "" + i % 10;
      rows.add(new Object[] {(long) i, text, (double) i, i, 7});
    }
    for (int i = 0; i < 10; i++) {
      rows.add(new Object[] {null, null, null, null, 7});
    }
    Schema schema =
        Rows.schema(
            "n",
            Types.INT64,
            "s",
            Types.UTF8,
            "f",
            Types.FLOAT64,
            "d",
            Types.DATE,
            "c",
            Types.INT32);
    Path file = folder.resolve("t.parquet");
    write(file, new Rows(schema, rows), 10);
    List<Integer> expected = new ArrayList<>();
    for (String group : groups == null ? new String[0] : groups.split(" ")) {
      expected.add(Integer.valueOf(group));
    }
    ParquetSource source = new ParquetSource(file).withWhere(Expression.parse(where));
    assertEquals(expected, groups(source));
    Differences.assertSame(
        filtered(new Rows(schema, rows), Expression.parse(where)), Tables.read(source), where);
  }

  /** Pages that need not be read are damaged, which those that are read must not be. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "n = 130 | 2",
        "n < 64 | 0",
        "n between 100 and 140 | 1 2",
        "n > 250 or n = 3 | 0 3",
        "m = 0 and n >= 192 | 3",
        "n + 0 = 5 and n < 70 | 0 1",
        "n is not null and m = 1 | 0 1 2 3",
        "n >= 256 | "
      })
  void onlyPagesThatMayHoldTheRowsAreRead(String where, String pages) throws Exception {
    List<Object[]> rows = new ArrayList<>();
    for (int i = 0; i < 256; i++) {
      Object[] row = new Object[WIDE.getFields().size()];
      Arrays.fill(row, (long) i);
      row[1] = i * 7919L % 256;
      rows.add(row);
    }
    Rows table = new Rows(WIDE, rows);
    Path file = folder.resolve("t.parquet");
    write(file, table, 64, 1000);
    List<String> read = pages == null ? List.of() : List.of(pages.split(" "));
    for (int page = 0; page < 4; page++) {
      if (!read.contains(String.valueOf(page))) {
        damage(file, page);
      }
    }
    Expression condition = Expression.parse(where);
    ParquetSource source = new ParquetSource(file, 4096);
    Differences.assertSame(
        filtered(table, condition), Tables.read(source.withWhere(condition)), where);
    if (read.size() < 4) {
      String message = assertThrows(SourceException.class, () -> Tables.read(source)).getMessage();
      assertTrue(message.contains("does not have its checksum"), message);
    }
  }

  /** Changes the last byte of a page of each column. */
  private static void damage(Path file, int page) throws Exception {
    ParquetFile open = ParquetFile.open(file);
    byte[] bytes = Files.readAllBytes(file);
    for (ParquetFile.Chunk chunk : open.groups().get(0).chunks()) {
      PageIndex.Place place = chunk.offsetIndex();
      PageLocation location =
          Util.readOffsetIndex(new ByteArrayInputStream(bytes, (int) place.at(), place.bytes()))
              .getPage_locations()
              .get(page);
      bytes[(int) location.getOffset() + location.getCompressed_page_size() - 1] ^= 1;
    }
    Files.write(file, bytes);
  }

  @Test
  void explainSaysHowManyRowGroupsAreRead() throws Exception {
    Path file = folder.resolve("t.parquet");
    Rows table = Rows.of(Rows.schema("n", Types.INT64), Rows.row(1L), Rows.row(2L), Rows.row(3L));
    write(file, table, 1);
    Pipeline pipeline = Pipeline.read(new ParquetSource(file).withWhere(Expression.parse("n > 1")));
    try (Engine engine = Engine.open()) {
      String text = engine.explain(pipeline).toString();
      assertTrue(
          text.startsWith(
              "source\n  2 of 3 row groups may hold rows where n > 1, the others are not read\n"),
          text);
    }
  }

  @Test
  void everyReportCountsTheRowGroupsThatWereNotRead() throws Exception {
    Rows table = Rows.of(Rows.schema("n", Types.INT64), Rows.row(1L), Rows.row(2L), Rows.row(3L));
    write(folder.resolve("1.parquet"), table, 2);
    write(folder.resolve("2.parquet"), table, 1);
    ParquetSource all = new ParquetSource(folder);
    Source some = all.withWhere(Expression.parse("n > 2"));
    try (Engine engine = Engine.open()) {
      for (RunOptions options : Variants.all()) {
        RunReport report = engine.run(Pipeline.read(some), options);
        assertEquals(new Skipped(3, 5, 4, 6), report.skipped(), options.toString());
        assertEquals(2, report.rowsOut());
      }
      assertEquals(
          new Skipped(6, 10, 8, 12),
          engine.run(Pipeline.read(some.repeat(2)), Variants.baseline()).skipped());
      assertEquals(Skipped.NOTHING, engine.run(Pipeline.read(all), Variants.baseline()).skipped());
    }
  }

  @Test
  void aPageIndexThatIsNoneIsAnError() throws Exception {
    Path file = folder.resolve("t.parquet");
    write(file, RandomRows.of(SCHEMA, 100, 1, RandomRows.Mix.TAME), 10, 1000);
    PageIndex.Place place = ParquetFile.open(file).groups().get(0).chunks().get(2).columnIndex();
    byte[] bytes = Files.readAllBytes(file);
    Arrays.fill(bytes, (int) place.at(), (int) place.at() + place.bytes(), (byte) -1);
    Files.write(file, bytes);
    ParquetSource source = new ParquetSource(file).withWhere(Expression.parse("i64 > 0"));
    String message = assertThrows(SourceException.class, () -> Tables.read(source)).getMessage();
    assertTrue(
        message.startsWith(file + ", row group 0, column 'i64': its page index is corrupt ("),
        message);
  }

  @Test
  void everyModeGivesTheDigestOfAFilter() throws Exception {
    Path file = folder.resolve("t.parquet");
    write(file, sorted(RandomRows.of(SCHEMA, 3000, 1, RandomRows.Mix.ALL), "i64"), 200);
    Expression where = Expression.parse("i64 > 10 and f64 < 50 or text = 'red' and i64 < -20");
    try (Engine engine = Engine.open()) {
      Pipeline filter = Pipeline.read(new ParquetSource(file, 4096)).then(new Filter(where));
      Digest expected = engine.run(filter, Variants.baseline()).digest();
      Pipeline pushed = Pipeline.read(new ParquetSource(file, 4096, where));
      for (RunOptions options : Variants.all()) {
        assertEquals(expected, engine.run(pushed, options).digest(), options.toString());
      }
    }
  }

  @Test
  void aConditionThatDoesNotFitIsAnErrorWhenTheFileIsOpened() throws Exception {
    Path file = folder.resolve("t.parquet");
    write(file, RandomRows.of(SCHEMA, 10, 1, RandomRows.Mix.TAME), 10);
    assertEquals(file + ": where: no column 'i33', did you mean 'i32'?", failure(file, "i33 > 1"));
    assertEquals(
        file
            + ": where: expression 'i32 + 1': filter needs bool but 'i32 + 1' is int64; compare it"
            + " with something",
        failure(file, "i32 + 1"));
  }

  private static String failure(Path file, String where) {
    ParquetSource source = new ParquetSource(file).withWhere(Expression.parse(where));
    return assertThrows(SourceException.class, source::open).getMessage();
  }

  @Test
  void aValueThatTheConditionCannotTakeIsNamed() throws Exception {
    Path file = folder.resolve("t.parquet");
    write(file, Rows.of(Rows.schema("s", Types.UTF8), Rows.row("1"), Rows.row("one")), 1);
    ParquetSource source =
        new ParquetSource(file).withWhere(Expression.parse("cast(s as int64) > 0"));
    String message = assertThrows(SourceException.class, () -> Tables.read(source)).getMessage();
    assertTrue(
        message.startsWith(file + ", row group 1, column 's': ")
            && message.contains("cannot read 'one' as int64"),
        message);
  }
}
