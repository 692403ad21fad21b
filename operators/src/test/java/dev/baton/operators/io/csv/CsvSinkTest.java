package dev.baton.operators.io.csv;

import static dev.baton.engine.testkit.Rows.row;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertIterableEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.baton.engine.batch.Types;
import dev.baton.engine.operator.ValueException;
import dev.baton.engine.source.OnBad;
import dev.baton.engine.testkit.Differences;
import dev.baton.engine.testkit.RandomRows;
import dev.baton.engine.testkit.Rows;
import dev.baton.operators.io.Tables;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.arrow.vector.types.TimeUnit;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CsvSinkTest {
  @TempDir Path folder;

  private static final Schema ALL_TYPES =
      Rows.schema(
          "bool",
          Types.BOOL,
          "int8",
          Types.INT8,
          "int16",
          Types.INT16,
          "int32",
          Types.INT32,
          "int64",
          Types.INT64,
          "float32",
          Types.FLOAT32,
          "float64",
          Types.FLOAT64,
          "utf8",
          Types.UTF8,
          "date",
          Types.DATE,
          "timestamp",
          Types.TIMESTAMP);

  @Test
  void quotesOnlyWhatNeedsThem() throws Exception {
    Schema schema = Rows.schema("plain", Types.UTF8, "with,comma", Types.UTF8, "n", Types.INT32);
    Rows rows =
        Rows.of(
            schema,
            row("a b", "x,y", 1),
            row("", null, null),
            row("\"", "a\nb", -2),
            row("a\rb", "é😀", Integer.MIN_VALUE),
            row("it's; \t fine", "12345678,", 0));
    assertWritten(
        "plain,\"with,comma\",n\n"
            + "a b,\"x,y\",1\n"
            + "\"\",,\n"
            + "\"\"\"\",\"a\nb\",-2\n"
            + "\"a\rb\",é😀,-2147483648\n"
            + "it's; \t fine,\"12345678,\",0\n",
        new CsvSink(folder.resolve("t.csv")),
        rows);
  }

  @Test
  void otherDelimitersNullsAndNoHeader() throws Exception {
    Schema schema = Rows.schema("a", Types.UTF8, "b", Types.BOOL);
    Rows rows =
        Rows.of(schema, row("NA", true), row(null, false), row("", null), row("x\ty,", true));
    assertWritten(
        "\"NA\"\ttrue\nNA\tfalse\n\tNA\n\"x\ty,\"\ttrue\n",
        new CsvSink(folder.resolve("t.csv"), "tab", false, "NA"),
        rows);
  }

  @Test
  void numbersAndTimesAreShortAndExact() throws Exception {
    Schema schema =
        Rows.schema(
            "d",
            Types.FLOAT64,
            "f",
            Types.FLOAT32,
            "l",
            Types.INT64,
            "t",
            Types.TIMESTAMP,
            "day",
            Types.DATE);
    Rows rows =
        Rows.of(
            schema,
            row(0.1, 0.1f, Long.MIN_VALUE, 0L, 0),
            row(-0.0, -0.0f, Long.MAX_VALUE, 1L, -719_528),
            row(1e15, 16777216f, 10L, -1L, 2_932_896),
            row(Double.NaN, Float.NaN, -9L, 1_500_000L, 19_782),
            row(1 / 3.0, 1 / 3f, 100L, 1_709_200_800_120_000L, -1),
            row(Double.NEGATIVE_INFINITY, Float.POSITIVE_INFINITY, -100L, null, null),
            row(123456.78, 2.5f, 0L, 86_399_999_999L, 1));
    assertWritten(
        """
        d,f,l,t,day
        0.1,0.1,-9223372036854775808,1970-01-01T00:00:00,1970-01-01
        -0.0,-0.0,9223372036854775807,1970-01-01T00:00:00.000001,0000-01-01
        1.0E15,1.6777216E7,10,1969-12-31T23:59:59.999999,9999-12-31
        NaN,NaN,-9,1970-01-01T00:00:01.5,2024-02-29
        0.3333333333333333,0.33333334,100,2024-02-29T10:00:00.12,1969-12-31
        -Infinity,Infinity,-100,,
        123456.78,2.5,0,1970-01-01T23:59:59.999999,1970-01-02
        """,
        new CsvSink(folder.resolve("t.csv")),
        rows);
  }

  @Test
  void timestampsOfOtherUnitsAreWrittenToo() throws Exception {
    Schema schema =
        Rows.schema(
            "s", new ArrowType.Timestamp(TimeUnit.SECOND, null),
            "ms", new ArrowType.Timestamp(TimeUnit.MILLISECOND, null),
            "ns", new ArrowType.Timestamp(TimeUnit.NANOSECOND, null));
    assertWritten(
        "s,ms,ns\n1970-01-01T00:00:07,1970-01-01T00:00:00.007,1970-01-01T00:00:00.000000007\n",
        new CsvSink(folder.resolve("t.csv")),
        Rows.of(schema, row(7L, 7L, 7L)));
  }

  @ParameterizedTest
  @EnumSource(RandomRows.Mix.class)
  void anyTableReadsBackAsItself(RandomRows.Mix mix) throws Exception {
    Map<String, String> types = new HashMap<>();
    ALL_TYPES.getFields().forEach(f -> types.put(f.getName(), f.getName()));
    for (int rows : new int[] {0, 1, 63, 64, 65, 1000, 3000}) {
      Rows table = dated(RandomRows.of(ALL_TYPES, rows, rows + 1, mix));
      Path file = folder.resolve("t.csv");
      Tables.write(new CsvSink(file), table.slice(0, rows / 3), table.slice(rows / 3, rows));
      for (int splitBytes : new int[] {1, 50, 4096, 1 << 20}) {
        if (splitBytes > 1 || rows <= 65) {
          CsvSource source =
              new CsvSource(file, ",", true, types, List.of(""), 10, splitBytes, new OnBad.Fail());
          Differences.assertSame(table, Tables.read(source), mix + ", " + rows + " rows");
        }
      }
    }
  }

  @Test
  void aColumnByItselfKeepsItsNulls() throws Exception {
    Schema schema = Rows.schema("a", Types.UTF8);
    Rows rows = Rows.of(schema, row((Object) null), row(""), row("x"), row((Object) null));
    Path file = folder.resolve("t.csv");
    Tables.write(new CsvSink(file), rows);
    Differences.assertSame(rows, Tables.read(new CsvSource(file)), "one column");
  }

  @Test
  void everyDoubleReadsBackAsTheSameBits() throws Exception {
    Random random = new Random(11);
    Schema schema = Rows.schema("a", Types.FLOAT64, "b", Types.FLOAT64, "c", Types.FLOAT32);
    Object[][] cells = new Object[50_000][];
    for (int i = 0; i < cells.length; i++) {
      double any = Double.longBitsToDouble(random.nextLong());
      float single = Float.intBitsToFloat(random.nextInt());
      double decimal = random.nextLong() >> random.nextInt(64);
      cells[i] =
          row(
              Double.isNaN(any) ? 1.0 : any,
              decimal / Math.pow(10, random.nextInt(12)),
              Float.isNaN(single) ? 1f : i % 2 == 0 ? single : random.nextInt(9999) / 100f);
    }
    Rows rows = Rows.of(schema, cells);
    Path file = folder.resolve("t.csv");
    Tables.write(new CsvSink(file), rows);
    CsvSource source = new CsvSource(file).withTypes(Map.of("c", "float32"));
    Differences.assertSame(rows, Tables.read(source), "doubles");
  }

  @Test
  void realDataReadsBackAsItself() throws Exception {
    for (String name : List.of("penguins.csv", "birdstrikes.csv")) {
      Rows rows = Tables.read(new CsvSource(Tables.example(name)).withNulls("NA", ""));
      Path file = folder.resolve(name);
      Tables.write(new CsvSink(file), rows);
      Differences.assertSame(rows, Tables.read(new CsvSource(file)), name);
    }
    // The original has CRLF and no line end at its end.
    assertIterableEquals(
        Files.readAllLines(Tables.example("birdstrikes.csv")),
        Files.readAllLines(folder.resolve("birdstrikes.csv")));
  }

  @Test
  void columnsThatCsvCannotHoldAreNamedBeforeAnythingIsWritten() throws Exception {
    for (Field field :
        List.of(
            Types.listField("tokens", Types.INT32),
            Types.field("tokens", Types.BINARY),
            Types.field("tokens", new ArrowType.Int(32, false)))) {
      Schema schema = new Schema(List.of(Types.field("a", Types.INT32), field));
      IOException e =
          assertThrows(IOException.class, () -> new CsvSink(folder.resolve("t.csv")).open(schema));
      assertEquals(
          "cannot write column 'tokens' of type "
              + Types.name(field.getType())
              + " as CSV; drop or cast it before, or write Arrow",
          e.getMessage());
    }
    assertEquals(0, folder.toFile().list().length);
  }

  @Test
  void aDateBeyondFourDigitYearsIsAnErrorWithItsRow() {
    Rows rows = Rows.of(Rows.schema("d", Types.DATE), row(0), row(2_932_897));
    ValueException e =
        assertThrows(
            ValueException.class, () -> Tables.write(new CsvSink(folder.resolve("t.csv")), rows));
    assertEquals(
        "expected a date in the years 0000 to 9999, which text can hold, but found day 2932897 from"
            + " 1970-01-01; clip or drop it before the sink",
        e.getMessage());
    assertEquals("d", e.column());
    assertEquals(1, e.row());
    assertEquals(0, folder.toFile().list().length);
  }

  @Test
  void parametersThatWouldNotReadBack() {
    Path path = folder.resolve("t.csv");
    for (String token : List.of("a,b", "0", "-1", "NaN", "true", "2024-01-01")) {
      assertEquals(
          "nullToken must need no quotes and not read as a number, a truth value or a date but was"
              + " '"
              + token
              + "'",
          assertThrows(IllegalArgumentException.class, () -> new CsvSink(path, ",", true, token))
              .getMessage());
    }
    assertEquals(
        "delimiter must not be ':', which is a part of times",
        assertThrows(IllegalArgumentException.class, () -> new CsvSink(path, ":", true, ""))
            .getMessage());
  }

  /** Random dates and times may lie beyond the years that CSV holds. */
  private static Rows dated(Rows rows) {
    for (int i = 0; i < rows.size(); i++) {
      Object[] cells = rows.cells().get(i);
      cells[8] = cells[8] == null ? null : Math.floorMod((Integer) cells[8], 2_900_000);
      cells[9] = cells[9] == null ? null : ((Long) cells[9]) % 60_000_000_000_000_000L;
    }
    return rows;
  }

  private static void assertWritten(String expected, CsvSink sink, Rows rows) throws Exception {
    Tables.write(sink, rows);
    assertEquals(expected, Files.readString(sink.path()));
  }
}
