package dev.baton.operators.select;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.baton.engine.batch.Types;
import dev.baton.engine.operator.BindException;
import dev.baton.engine.operator.Columns;
import dev.baton.engine.operator.Operator;
import dev.baton.engine.operator.ValueException;
import dev.baton.engine.testkit.Drive;
import dev.baton.engine.testkit.OperatorContract;
import dev.baton.engine.testkit.RandomRows;
import dev.baton.engine.testkit.RandomRows.Mix;
import dev.baton.engine.testkit.Rows;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.apache.arrow.vector.types.TimeUnit;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class CastTest {
  private static final Schema VALUES =
      Rows.schema(
          "bool",
          Types.BOOL,
          "i8",
          Types.INT8,
          "i16",
          Types.INT16,
          "i32",
          Types.INT32,
          "i64",
          Types.INT64,
          "f32",
          Types.FLOAT32,
          "f64",
          Types.FLOAT64);
  private static final Columns NUMBERS = columns(VALUES);

  private static Columns columns(Schema schema) {
    return new Columns.Named(schema.getFields().stream().map(Field::getName).toList());
  }

  /** Numbers to whole numbers of 16 bits; what does not fit becomes null. */
  @Nested
  class ToSmallIntegers extends OperatorContract {
    @Override
    protected Operator operator() {
      return new Cast(NUMBERS, Types.INT16, true, OnError.MAKE_NULL);
    }

    @Override
    protected Schema input() {
      return VALUES;
    }

    @Override
    protected Rows expected(Rows seen, Rows rows) {
      Rows result = rows;
      for (String name : rows.names()) {
        result = result.with(Types.field(name, Types.INT16), name, this::expected);
      }
      return result;
    }

    private Object expected(Object x) {
      if (x instanceof Boolean b) {
        return (short) (b ? 1 : 0);
      } else if (x == null) {
        return null;
      }
      Number n = (Number) x;
      boolean whole = !(x instanceof Double || x instanceof Float);
      double value = whole ? n.longValue() : n.doubleValue();
      return value > -32_769 && value < 32_768 ? (Short) (short) value : null;
    }
  }

  /** Numbers to floats of 32 bits. */
  @Nested
  class ToFloats extends OperatorContract {
    @Override
    protected Operator operator() {
      return new Cast(NUMBERS, Types.FLOAT32);
    }

    @Override
    protected Schema input() {
      return VALUES;
    }

    @Override
    protected Rows expected(Rows seen, Rows rows) {
      Rows result = rows;
      for (String name : rows.names()) {
        result = result.with(Types.field(name, Types.FLOAT32), name, this::expected);
      }
      return result;
    }

    private Object expected(Object x) {
      if (x instanceof Boolean b) {
        return b ? 1f : 0f;
      }
      return x == null ? null : (Object) (float) ((Number) x).doubleValue();
    }
  }

  /** Everything to text. */
  @Nested
  class ToText extends OperatorContract {
    private final Schema input =
        new Schema(
            List.of(
                VALUES.findField("bool"),
                VALUES.findField("i8"),
                VALUES.findField("i64"),
                VALUES.findField("f32"),
                VALUES.findField("f64"),
                Types.field("date", Types.DATE),
                Types.field("time", Types.TIMESTAMP)));

    @Override
    protected Operator operator() {
      return new Cast(columns(input), Types.UTF8);
    }

    @Override
    protected Schema input() {
      return input;
    }

    @Override
    protected Rows expected(Rows seen, Rows rows) {
      Rows result = rows;
      for (String name : rows.names()) {
        result = result.with(Types.field(name, Types.UTF8), name, x -> expected(name, x));
      }
      return result;
    }

    private Object expected(String name, Object x) {
      if (x == null) {
        return null;
      } else if (name.equals("date")) {
        return LocalDate.ofEpochDay((Integer) x).toString();
      } else if (name.equals("time")) {
        long micros = (Long) x;
        int nanos = (int) Math.floorMod(micros, 1_000_000L) * 1000;
        return DateTimeFormatter.ISO_LOCAL_DATE_TIME.format(
            LocalDateTime.ofEpochSecond(Math.floorDiv(micros, 1_000_000L), nanos, ZoneOffset.UTC));
      }
      return x.toString();
    }
  }

  /** Text to whole numbers; what is none becomes null. */
  @Nested
  class FromText extends OperatorContract {
    @Override
    protected Operator operator() {
      return new Cast(Columns.of("s"), Types.INT32, false, OnError.MAKE_NULL);
    }

    @Override
    protected Schema input() {
      return Rows.schema("s", Types.UTF8, "other", Types.INT32);
    }

    @Override
    protected Rows rows(int count, long seed, Mix mix) {
      Rows odd = RandomRows.of(input(), count, seed, mix);
      List<Object> texts = new ArrayList<>(odd.column("s"));
      for (int i = 0; i < count; i += 2) {
        Object number = odd.get(i, "other");
        texts.set(i, number == null ? null : number.toString());
      }
      return odd.with(input().findField("s"), texts);
    }

    @Override
    protected Rows expected(Rows seen, Rows rows) {
      return rows.with(
          Types.field("s", Types.INT32),
          "s",
          x -> {
            try {
              return x == null ? null : (Object) Integer.parseInt((String) x);
            } catch (NumberFormatException e) {
              return null;
            }
          });
    }
  }

  /** Dates to timestamps and timestamps of every unit to dates. */
  @Nested
  class BetweenTimes extends OperatorContract {
    @Override
    protected Operator operator() {
      return new Cast(Columns.of("s", "ms", "us", "ns", "date"), Types.DATE);
    }

    @Override
    protected Schema input() {
      return Rows.schema(
          "s", new ArrowType.Timestamp(TimeUnit.SECOND, null),
          "ms", new ArrowType.Timestamp(TimeUnit.MILLISECOND, null),
          "us", Types.TIMESTAMP,
          "ns", new ArrowType.Timestamp(TimeUnit.NANOSECOND, null),
          "date", Types.DATE);
    }

    @Override
    protected Rows expected(Rows seen, Rows rows) {
      Rows result = rows;
      long perDay = 86_400;
      for (String name : List.of("s", "ms", "us", "ns")) {
        long unit = perDay;
        result =
            result.with(
                Types.field(name, Types.DATE),
                name,
                x -> x == null ? null : (Object) (int) Math.floorDiv((Long) x, unit));
        perDay *= 1000;
      }
      return result;
    }

    @Test
    void timestampsOfOtherUnitsBecomeMicroseconds() {
      Rows rows =
          Rows.of(input(), Rows.row(-1L, -1L, -1L, -1L, -1), Rows.row(7L, 7L, 7L, 7777L, 1));
      Rows cast = drive.fitAndTransform(new Cast(columns(input()), Types.TIMESTAMP), rows);
      assertEquals(
          List.of(-1_000_000L, -1_000L, -1L, -1L, -86_400_000_000L),
          Arrays.asList(cast.cells().get(0)));
      assertEquals(
          List.of(7_000_000L, 7_000L, 7L, 7L, 86_400_000_000L), Arrays.asList(cast.cells().get(1)));
    }
  }

  /** The rest of the rules, by example. */
  @Nested
  class ByExample extends FromText {
    private List<Object> parse(ArrowType to, String... texts) {
      Schema schema = Rows.schema("s", Types.UTF8);
      List<Object[]> cells = new ArrayList<>();
      for (String text : texts) {
        cells.add(Rows.row(text));
      }
      Operator cast = new Cast(Columns.of("s"), to, false, OnError.MAKE_NULL);
      return drive.fitAndTransform(cast, new Rows(schema, cells)).column("s");
    }

    private void refuses(ArrowType to, String... texts) {
      assertEquals(
          Collections.nCopies(texts.length, null), parse(to, texts), () -> Arrays.toString(texts));
    }

    @Test
    void textIsReadStrictlyAsBoolean() {
      assertEquals(
          List.of(true, false, true, true, false, true),
          parse(Types.BOOL, "true", "false", "True", "TRUE", "0", "1"));
      refuses(Types.BOOL, "", "yes", "2", "tru", "truee", " true", "01");
    }

    @Test
    void textIsReadStrictlyAsInteger() {
      assertEquals(
          List.of(Long.MIN_VALUE, Long.MAX_VALUE, 7L, 0L),
          parse(
              Types.INT64,
              "-9223372036854775808",
              "+9223372036854775807",
              "0000000000000000007",
              "-0"));
      refuses(
          Types.INT64,
          "",
          "-",
          "+",
          "9223372036854775808",
          "-9223372036854775809",
          "1.0",
          "1e3",
          " 1",
          "1 ",
          "0x10",
          "12345678901234567890123",
          "١");
      refuses(Types.INT8, "128", "-129");
    }

    @Test
    void textIsReadAsTheNearestFloat() {
      List<String> texts = new ArrayList<>();
      Rows random = RandomRows.of(Rows.schema("x", Types.FLOAT64), 2000, 3, Mix.TAME);
      for (Object x : random.column("x")) {
        double value = (Double) x;
        texts.add(Double.toString(value));
        texts.add(Double.toString(value * 1e200 * value * 1e-250));
        texts.add(Double.toString(value).substring(0, 6));
        texts.add(Math.round(value) + "." + Math.abs(Math.round(value * 1e9)) + "e-7");
      }
      Collections.addAll(
          texts,
          "1",
          "-0",
          ".5",
          "5.",
          "1e22",
          "1e23",
          "9007199254740993",
          "123456789012345678901",
          "0.000000000000000000000000000001",
          "4.9e-324",
          "1e-400",
          "1E+5",
          "16777217.0000001");
      String[] all = texts.toArray(new String[0]);
      assertEquals(texts.stream().map(Double::parseDouble).toList(), parse(Types.FLOAT64, all));
      String[] small = Arrays.stream(all).filter(s -> !s.contains("E")).toArray(String[]::new);
      assertEquals(
          Arrays.stream(small).map(Float::parseFloat).toList(), parse(Types.FLOAT32, small));
      assertEquals(
          List.of(Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY),
          parse(Types.FLOAT64, "nan", "Infinity", "-INF"));
      refuses(
          Types.FLOAT64,
          "",
          ".",
          "-",
          "e5",
          "1e",
          "1e+",
          "1.2.3",
          "1f",
          "1d",
          "0x1p3",
          " 1",
          "1 ",
          "1e999",
          "infinit",
          "--1");
      refuses(Types.FLOAT32, "1e39");
    }

    @Test
    void textIsReadStrictlyAsDate() {
      assertEquals(
          List.of(0, -1, 19782, -719528, 2932896),
          parse(Types.DATE, "1970-01-01", "1969-12-31", "2024-02-29", "0000-01-01", "9999-12-31"));
      refuses(
          Types.DATE,
          "",
          "2023-02-29",
          "1900-02-29",
          "2024-13-01",
          "2024-00-01",
          "2024-04-31",
          "2024-01-00",
          "24-01-01",
          "2024-1-1",
          "2024/01/01",
          "2024-01-01 ",
          "2024-01-01T00:00");
      List<String> days = new ArrayList<>();
      List<Object> expected = new ArrayList<>();
      for (int day = -719_528; day < 2_932_896; day += 397) {
        days.add(LocalDate.ofEpochDay(day).toString());
        expected.add(day);
      }
      assertEquals(expected, parse(Types.DATE, days.toArray(new String[0])));
    }

    @Test
    void textIsReadStrictlyAsTimestamp() {
      assertEquals(
          List.of(0L, 60_000_000L, 61_000_000L, 61_500_000L, 61_000_001L, -1L),
          parse(
              Types.TIMESTAMP,
              "1970-01-01",
              "1970-01-01T00:01",
              "1970-01-01 00:01:01",
              "1970-01-01 00:01:01.5",
              "1970-01-01T00:01:01.000001",
              "1969-12-31T23:59:59.999999"));
      refuses(
          Types.TIMESTAMP,
          "",
          "1970-01-01T",
          "1970-01-01T1:00",
          "1970-01-01T24:00",
          "1970-01-01T00:60",
          "1970-01-01T00:00:60",
          "1970-01-01T00:00.5",
          "1970-01-01T00:00:00.",
          "1970-01-01T00:00:00.1234567",
          "1970-01-01T00:00Z",
          "1970-01-01t00:00");
    }

    private ValueException refused(Cast cast, ArrowType from, Object... values) {
      Schema schema = Rows.schema("x", from);
      List<Object[]> cells = Arrays.stream(values).map(v -> Rows.row(v)).toList();
      ValueException e =
          assertThrows(
              ValueException.class, () -> drive.fitAndTransform(cast, new Rows(schema, cells)));
      assertEquals("x", e.column());
      assertEquals(values.length - 1, e.row());
      return e;
    }

    @Test
    void aRefusalNamesColumnRowAndValueAndSaysWhatToDo() {
      Columns x = Columns.of("x");
      String rest = "; correct it or set onError to make-null";
      assertEquals(
          "'12x' is not int32" + rest,
          refused(new Cast(x, Types.INT32), Types.UTF8, "1", null, "12x").getMessage());
      assertEquals(
          "'1.5' has a fraction" + rest + ", or truncate",
          refused(new Cast(x, Types.INT32), Types.FLOAT64, 1.0, 1.5).getMessage());
      assertEquals(
          "'NaN' is not int64" + rest,
          refused(new Cast(x, Types.INT64), Types.FLOAT32, Float.NaN).getMessage());
      assertEquals(
          "'300' does not fit int8" + rest,
          refused(new Cast(x, Types.INT8), Types.INT32, 300).getMessage());
      assertEquals(
          "'1.0E300' does not fit float32" + rest,
          refused(new Cast(x, Types.FLOAT32), Types.FLOAT64, 1e300).getMessage());
      assertEquals(
          "'2' is neither 0 nor 1" + rest,
          refused(new Cast(x, Types.BOOL), Types.INT64, 0L, 1L, 2L).getMessage());
      assertEquals(
          "'9.223372036854776E18' is not int64" + rest,
          refused(new Cast(x, Types.INT64), Types.FLOAT64, 0x1p63).getMessage());
    }

    @Test
    void timesAndNumbersDoNotMix() {
      Schema schema = Rows.schema("d", Types.DATE, "n", Types.INT64);
      BindException e =
          assertThrows(
              BindException.class,
              () -> Drive.declared(new Cast(Columns.of("d"), Types.INT64), schema));
      assertTrue(e.getMessage().endsWith("which does not become int64; cast it to utf8 first"));
      assertThrows(
          BindException.class, () -> Drive.declared(new Cast(Columns.of("n"), Types.DATE), schema));
      assertThrows(IllegalArgumentException.class, () -> new Cast(Columns.of("n"), Types.BINARY));
    }
  }
}
