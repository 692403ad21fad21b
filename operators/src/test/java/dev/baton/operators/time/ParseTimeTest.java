package dev.baton.operators.time;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.baton.engine.batch.Types;
import dev.baton.engine.operator.Columns;
import dev.baton.engine.operator.Operator;
import dev.baton.engine.operator.ValueException;
import dev.baton.engine.testkit.OperatorContract;
import dev.baton.engine.testkit.RandomRows;
import dev.baton.engine.testkit.RandomRows.Mix;
import dev.baton.engine.testkit.Rows;
import dev.baton.operators.select.OnError;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import org.apache.arrow.memory.util.MemoryUtil;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Schema;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ParseTimeTest extends OperatorContract {
  private static final LocalDateTime EPOCH = LocalDateTime.of(1970, 1, 1, 0, 0);
  private static final List<String> FORMATS =
      List.of("iso", "dd/MM/yyyy HH:mm:ss.SSS", "d MMM yyyy HH:mm");
  private static final List<DateTimeFormatter> FORMATTERS =
      List.of(
          DateTimeFormatter.ISO_LOCAL_DATE_TIME,
          formatter("dd/MM/uuuu HH:mm:ss.SSS"),
          formatter("d MMM uuuu HH:mm"));

  private static DateTimeFormatter formatter(String pattern) {
    return DateTimeFormatter.ofPattern(pattern, Locale.ENGLISH)
        .withResolverStyle(ResolverStyle.STRICT);
  }

  @Override
  protected Operator operator() {
    return new ParseTime(
        Columns.of("sent", "seen"), FORMATS, Types.TIMESTAMP, OnError.MAKE_NULL, "en");
  }

  @Override
  protected Schema input() {
    return Rows.schema("sent", Types.UTF8, "seen", Types.UTF8);
  }

  @Override
  protected Rows rows(int count, long seed, Mix mix) {
    SplittableRandom random = new SplittableRandom(seed);
    Rows rows = RandomRows.of(input(), count, seed, mix);
    for (String column : rows.names()) {
      rows =
          rows.with(
              Types.field(column, Types.UTF8),
              column,
              text -> text == null || random.nextInt(5) == 0 ? text : (Object) time(random));
    }
    return rows;
  }

  private static String time(SplittableRandom random) {
    LocalDateTime time = EPOCH.plusSeconds(random.nextLong(-4_000_000_000L, 8_000_000_000L));
    return FORMATTERS.get(random.nextInt(FORMATTERS.size())).format(time.plusNanos(123_000_000));
  }

  @Override
  protected Rows expected(Rows seen, Rows rows) {
    Rows result = rows;
    for (String column : rows.names()) {
      result =
          result.with(
              Types.field(column, Types.TIMESTAMP),
              column,
              text -> text == null ? null : micros((String) text));
    }
    return result;
  }

  private static Object micros(String text) {
    for (DateTimeFormatter formatter : FORMATTERS) {
      try {
        return ChronoUnit.MICROS.between(EPOCH, LocalDateTime.parse(text, formatter));
      } catch (DateTimeException e) {
        // Perhaps the next.
      }
    }
    return null;
  }

  private List<Object> parse(String format, ArrowType to, OnError onError, String... texts) {
    List<Object[]> cells = new ArrayList<>();
    Arrays.asList(texts).forEach(text -> cells.add(Rows.row(text)));
    return drive
        .transform(
            new ParseTime(Columns.of("t"), List.of(format), to, onError, "en"),
            new Rows(Rows.schema("t", Types.UTF8), cells))
        .column("t");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "uuuu-MM-dd",
        "dd.MM.uuuu",
        "MM/dd/uuuu HH:mm",
        "uuuuMMddHHmmss",
        "uuuu-MM-dd'T'HH:mm:ss",
        "HH 'h' dd-MM-uuuu",
        "uuuu/MM/dd HH:mm:ss.SSSSSS",
        "ddMMuuuu HH:mm:ss.S"
      })
  void fixedPatternsAreReadAsTheJdkReadsThem(String pattern) {
    TimeFormat format = new TimeFormat(pattern, "en");
    assertTrue(format.width() > 0, "is fixed");
    DateTimeFormatter jdk = formatter(pattern);
    SplittableRandom random = new SplittableRandom(7);
    for (int i = 0; i < 20_000; i++) {
      LocalDateTime time = EPOCH.plusSeconds(random.nextLong(-4_000_000_000L, 8_000_000_000L));
      StringBuilder text =
          new StringBuilder(jdk.format(time.plusNanos(random.nextInt(1_000_000_000))));
      if (random.nextBoolean()) {
        // Another digit or sign somewhere, which may still make a time.
        text.setCharAt(random.nextInt(text.length()), "0123456789 -".charAt(random.nextInt(12)));
      }
      Long expected = null;
      try {
        var read = jdk.parse(text);
        var date = read.query(java.time.temporal.TemporalQueries.localDate());
        var clock = read.query(java.time.temporal.TemporalQueries.localTime());
        expected =
            ChronoUnit.MICROS.between(
                EPOCH, date.atTime(clock == null ? java.time.LocalTime.MIDNIGHT : clock));
      } catch (DateTimeException e) {
        // No time.
      }
      byte[] bytes = text.toString().getBytes(StandardCharsets.US_ASCII);
      ByteBuffer memory = ByteBuffer.allocateDirect(bytes.length).put(bytes);
      long actual = format.parse(MemoryUtil.getByteBufferAddress(memory), bytes.length);
      assertEquals(expected, actual == TimeFormat.NONE ? null : (Long) actual, text.toString());
    }
  }

  @Test
  void offsetsAndZonesGiveTheTimeInUtc() {
    long noon = LocalDateTime.parse("2024-06-01T12:00").toEpochSecond(ZoneOffset.UTC) * 1_000_000;
    assertEquals(
        List.of(noon),
        parse("yyyy-MM-dd HH:mm XXX", Types.TIMESTAMP, OnError.FAIL, "2024-06-01 14:00 +02:00"));
    assertEquals(
        List.of(noon),
        parse(
            "yyyy-MM-dd HH:mm VV", Types.TIMESTAMP, OnError.FAIL, "2024-06-01 14:00 Europe/Paris"));
  }

  @Test
  void datesLoseTheirTime() {
    assertEquals(
        Arrays.asList(0, -1, null, null),
        parse(
            "iso",
            Types.DATE,
            OnError.MAKE_NULL,
            "1970-01-01T23:59",
            "1969-12-31",
            "1970-02-29",
            "now"));
    assertEquals(
        List.of(31),
        parse("EEEE, d MMMM yyyy", Types.DATE, OnError.FAIL, "Sunday, 1 February 1970"));
  }

  @Test
  void whatCannotBeIsAnError() {
    ValueException e =
        assertThrows(
            ValueException.class,
            () -> parse("dd/MM/yyyy", Types.DATE, OnError.FAIL, "31/12/2024", "31/11/2024"));
    assertEquals(
        "'31/11/2024' is no time in the format dd/MM/yyyy; add its format to 'formats' or set"
            + " onError to make-null",
        e.getMessage());
    assertEquals(1, e.row());
    IllegalArgumentException pattern =
        assertThrows(
            IllegalArgumentException.class, () -> parse("dd/bb", Types.DATE, OnError.FAIL));
    assertTrue(
        pattern.getMessage().startsWith("'dd/bb' is no pattern of a date or time: "),
        pattern.getMessage());
  }
}
