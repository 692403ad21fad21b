package dev.baton.operators.expression;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.baton.engine.batch.Batch;
import dev.baton.engine.batch.Types;
import dev.baton.engine.operator.BindException;
import dev.baton.engine.operator.ValueException;
import dev.baton.engine.testkit.BatchBuilder;
import dev.baton.engine.testkit.Drive;
import dev.baton.engine.testkit.Rows;
import dev.baton.operators.internal.Calendar;
import java.util.Arrays;
import java.util.List;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.types.DateUnit;
import org.apache.arrow.vector.types.TimeUnit;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which types results have, what is refused, and values where the rules are easily got wrong. */
class TypingTest {
  private final RootAllocator allocator = new RootAllocator();

  @AfterEach
  void nothingLeaks() {
    allocator.close();
  }

  private static String type(String expression) {
    Derive derive = new Derive("out", Expression.parse(expression));
    return Types.name(Drive.bind(derive, RandomTrees.SCHEMA).output().findField("out").getType());
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = " | ",
      quoteCharacter = '`',
      value = {
        "i8 | int8",
        "i8 + 1 | int64",
        "i8 / 2 | float64",
        "f32 | float32",
        "f32 + 1 | float64",
        "i32 * 1.5 | float64",
        "cast(i64 as int16) | int16",
        "coalesce(i32, cast(0 as int32)) | int32",
        "coalesce(i32, 0) | int64",
        "coalesce(i32, 0.5) | float64",
        "coalesce(null, day) | date",
        "case when flag then day else ts end | timestamp",
        "nullif(i8, 5) | int8",
        "length(s) | int64",
        "year(ts) | int64",
        "s || t | utf8",
        "i8 in (1, 2.5) | bool",
        "day < ts | bool",
        "floor(i8) | int8",
        "floor(f32) | float64",
        "null + 1 | float64",
      })
  void everyExpressionHasAType(String expression, String expected) {
    assertEquals(expected, type(expression));
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = " | ",
      quoteCharacter = '`',
      value = {
        "s + 1 | expression 's + 1': + needs a number but 's' is utf8; write cast(s as float64)",
        "s = 1 | expression 's = 1': a comparison cannot take both 's', which is utf8, and '1',"
            + " which is int64; cast one of them, as in cast(1 as utf8)",
        "day >= '2020-01-01' | expression 'day >= '2020-01-01'': a comparison cannot take both"
            + " 'day', which is date, and ''2020-01-01'', which is utf8; write date '2020-01-31'"
            + " or timestamp '2020-01-31T10:00:00', or cast one of them",
        "i8 and flag | expression 'i8 and flag': and needs bool but 'i8' is int8; compare it with"
            + " something",
        "coalesce(i8, s) | expression 'coalesce(i8, s)': coalesce cannot take both 'i8', which is"
            + " int8, and 's', which is utf8; cast one of them, as in cast(s as int8)",
        "lower(i8) | expression 'lower(i8)': lower needs utf8 but 'i8' is int8; write cast(i8 as"
            + " utf8)",
        "hour(day) | expression 'hour(day)': hour needs timestamp but 'day' is date; write"
            + " cast(day as timestamp)",
        "substring(s, 1.5) | expression 'substring(s, 1.5)': substring needs an integer but '1.5'"
            + " is float64; write cast(1.5 as int64)",
        "cast(flag as date) | expression 'cast(flag as date)': 'flag' is bool and cannot be cast"
            + " to date",
        "cast(s as binary) | expression 'cast(s as binary)': nothing can be cast to binary",
        "i46 + 1 | no column 'i46', did you mean 'i16'?",
      })
  void typesThatDoNotFitAreRefusedWithARemedy(String expression, String message) {
    BindException e = assertThrows(BindException.class, () -> type(expression));
    assertEquals(message, e.getMessage());
  }

  private List<Object> values(String expression, Batch batch) {
    try (batch) {
      Derive derive = new Derive("out", Expression.parse(expression));
      Drive.apply(derive, batch.schema(), batch, allocator);
      return Rows.of(batch).column("out");
    }
  }

  private Object texts(String expression, String text) {
    return values(expression, new BatchBuilder(allocator).text("s", text).build()).get(0);
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = " | ",
      quoteCharacter = '`',
      value = {
        "0",
        "-0",
        "+1.5",
        "1.",
        ".5",
        "123456789012345",
        "1234567890123456789",
        "1e10",
        "-1.5E-3",
        "0.1",
        "0.30000000000000004",
        "1e400",
        "4.9e-324",
        "NaN",
        "Infinity",
        "-Infinity"
      })
  void textsAreReadAsJavaReadsNumbers(String text) {
    assertEquals(Double.parseDouble(text), texts("cast(s as float64)", text));
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = " | ",
      quoteCharacter = '`',
      value = {
        "int64 | abc",
        "int64 | ` `",
        "int64 | ``",
        "int64 | -",
        "int64 | 1.5",
        "int64 | 9223372036854775808",
        "int64 | 99999999999999999999",
        "float64 | 1d",
        "float64 | 0x1p3",
        "float64 | .",
        "float64 | ``",
        "bool | yes",
        "date | 2021-02-29",
        "date | 2021-2-29",
        "timestamp | 2021-02-29T10:00",
        "timestamp | noon",
      })
  void aTextThatIsNoValueIsAnErrorShowingIt(String type, String text) {
    String cast = "cast(s as " + type + ")";
    ValueException e = assertThrows(ValueException.class, () -> texts(cast, text));
    assertEquals("s", e.column());
    assertEquals(0, e.row());
    assertEquals(
        String.format(
            "'%s' cannot read '%s' as %s; turn such texts to null with nullif or guard them with"
                + " case",
            cast, text, type),
        e.getMessage());
  }

  @Test
  void textsAreReadAsTimes() {
    assertEquals(18_321, texts("cast(s as date)", "2020-02-29"));
    assertEquals(18_321L * Calendar.MICROS_PER_DAY, texts("cast(s as timestamp)", "2020-02-29"));
    long ten = 18_321L * Calendar.MICROS_PER_DAY + 36_000_000_000L;
    assertEquals(ten, texts("cast(s as timestamp)", "2020-02-29 10:00"));
    assertEquals(ten + 1_000_001, texts("cast(s as timestamp)", "2020-02-29T10:00:01.000001"));
    assertEquals(true, texts("cast(s as bool)", "TRUE"));
    assertEquals(false, texts("cast(s as bool)", "0"));
    assertEquals(Long.MIN_VALUE, texts("cast(s as int64)", "-9223372036854775808"));
  }

  @Test
  void textsAreRoundedOnceToSinglePrecision() {
    // Just above the middle of two floats, which the nearest double is.
    String text = "1.00000005960464477539062500001";
    assertEquals(Float.parseFloat(text), texts("cast(s as float32)", text));
    assertEquals(Float.POSITIVE_INFINITY, texts("cast(s as float32)", "1e39"));
  }

  @Test
  void timesAreWrittenAsTheyAreInCsv() {
    assertEquals(
        "2020-02-29T10:00:00", texts("cast(cast(s as timestamp) as utf8)", "2020-02-29 10:00"));
    assertEquals(
        "2020-02-29T10:00:01.5",
        texts("cast(cast(s as timestamp) as utf8)", "2020-02-29 10:00:01.500"));
    assertEquals("0000-02-29", texts("cast(cast(s as date) as utf8)", "0000-02-29"));
    for (long day : new long[] {-719_529, -10_000_000, 2_932_897, 50_000_000}) {
      Batch batch = new BatchBuilder(allocator).dates("day", (int) day).build();
      assertEquals(
          List.of(java.time.LocalDate.ofEpochDay(day).toString()),
          values("cast(day as utf8)", batch));
    }
  }

  @Test
  void aNarrowCastIsAnErrorWhenItDoesNotFit() {
    ValueException e =
        assertThrows(ValueException.class, () -> texts("cast(length(s) * 100 as int8)", "ab"));
    assertEquals("'cast(length(s) * 100 as int8)' does not fit int8: 200", e.getMessage());
    e = assertThrows(ValueException.class, () -> texts("cast(length(s) / 0.0 as int8)", "ab"));
    assertEquals(
        "'cast(length(s) / 0.0 as int8)' cannot make int64 of Infinity; guard it with case or"
            + " nullif",
        e.getMessage());
  }

  @Test
  void aGuardedValueIsNotAnError() {
    assertEquals(-1L, texts("case when s <> 'x' then cast(s as int64) else -1 end", "x"));
    assertEquals(false, texts("s <> 'x' and cast(s as int64) > 3", "x"));
    assertEquals(true, texts("s = 'x' or cast(s as int64) > 3", "x"));
    assertEquals("x", texts("coalesce(s, cast(cast(s as int64) as utf8))", "x"));
  }

  @Test
  void timesOfEveryUnitAreTheSameTime() {
    long second = 1_580_464_800;
    long day = second / 86_400;
    for (TimeUnit unit : TimeUnit.values()) {
      for (String zone : Arrays.asList(null, "UTC")) {
        long perSecond =
            switch (unit) {
              case SECOND -> 1;
              case MILLISECOND -> 1_000;
              case MICROSECOND -> 1_000_000;
              case NANOSECOND -> 1_000_000_000;
            };
        ArrowType type = new ArrowType.Timestamp(unit, zone);
        if (zone == null) {
          Batch batch =
              new BatchBuilder(allocator)
                  .column("ts", type, second * perSecond, -perSecond, null)
                  .build();
          assertEquals(Arrays.asList(second * 1_000_000, -1_000_000L, null), values("ts", batch));
        }
        Batch batch = new BatchBuilder(allocator).column("ts", type, second * perSecond).build();
        assertEquals(List.of(10L), values("hour(ts)", batch));
      }
    }
    assertEquals(
        List.of(1L),
        values(
            "month(date '1970-01-01') + 0 * date_diff_days(day, day)",
            new BatchBuilder(allocator).dates("day", (int) day).build()));
  }

  @Test
  void datesInMillisecondsAreDates() {
    ArrowType millis = new ArrowType.Date(DateUnit.MILLISECOND);
    org.apache.arrow.vector.DateMilliVector column =
        new org.apache.arrow.vector.DateMilliVector(Types.field("day", millis), allocator);
    column.allocateNew(1);
    column.set(0, -86_400_000L);
    column.setValueCount(1);
    try (Batch batch = Batch.of(1, List.of(column))) {
      Derive derive = new Derive("day", Expression.parse("coalesce(day, null)"));
      Drive.apply(derive, batch.schema(), batch, allocator);
      assertEquals(List.of(-1), Rows.of(batch).column("day"));
    }
  }

  @Test
  void aTimestampBeyondTheYearsOfMicrosecondsIsAnError() {
    ArrowType seconds = new ArrowType.Timestamp(TimeUnit.SECOND, null);
    Batch batch = new BatchBuilder(allocator).column("ts", seconds, Long.MAX_VALUE).build();
    ValueException e = assertThrows(ValueException.class, () -> values("year(ts)", batch));
    assertEquals(
        "'ts' is beyond the years a timestamp in microseconds can tell: 9223372036854775807",
        e.getMessage());
  }
}
