package dev.baton.operators.io.csv;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.baton.engine.batch.Types;
import dev.baton.engine.source.OnBad;
import dev.baton.engine.source.OpenSource;
import dev.baton.engine.testkit.Differences;
import dev.baton.engine.testkit.Rows;
import dev.baton.operators.io.Tables;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.arrow.memory.RootAllocator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which type a column gets, and which value a field. */
class CsvTypesTest {
  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "int64: 1 2 -3 +4 007",
        "int64: 9223372036854775807 -9223372036854775808",
        "int64:  5 ",
        "float64: 1 2.5",
        "float64: 1 1e3",
        "float64: NaN 1",
        "float64: inf -Infinity",
        "float64: .5 5.",
        "float64: 12345678901234567890 0.5",
        "utf8: 12345678901234567890",
        "utf8: 1 9223372036854775808",
        "utf8: 1 x",
        "utf8: 0x10",
        "utf8: 1 true",
        "bool: true false True FALSE",
        "utf8: true yes",
        "date: 2024-02-29 0001-01-01",
        "utf8: 2023-02-29",
        "utf8: 2023-2-9",
        "utf8: 2024-01-01 1",
        "timestamp: 2024-02-29T10:11 2024-02-29T10:11:12 2024-02-29T10:11:12.5",
        "timestamp: 2024-02-29 2024-02-29T10:11:12.123456",
        "utf8: 2024-02-29T10:11:12.1234567",
        "utf8: 2024-02-29T10:11:12Z",
        "utf8: 2024-02-29T25:11",
        "utf8: _ _",
        "int64: _ 1 _",
      })
  void theTypeIsTheFirstThatFitsEveryValue(String typeAndValues) throws Exception {
    String type = typeAndValues.substring(0, typeAndValues.indexOf(':'));
    String values = typeAndValues.substring(type.length() + 2);
    StringBuilder text = new StringBuilder("a,b\n");
    for (String value : values.split(" ")) {
      text.append(value.replace("_", "")).append(",\n");
    }
    Path file = write(text.toString());
    try (OpenSource open = new CsvSource(file).open()) {
      assertEquals(
          List.of(Types.field("a", Types.parse(type)), Types.field("b", Types.UTF8)),
          open.schema().getFields(),
          values);
    }
    assertEquals(values.split(" ").length, Tables.read(new CsvSource(file)).size());
  }

  @Test
  void onlyTheSampleDecides() throws Exception {
    Path file = write("a\n1\n2\n2.5\n");
    for (int rows = 1; rows <= 3; rows++) {
      try (OpenSource open =
          new CsvSource(file, ",", true, Map.of(), List.of(""), rows, 1, new OnBad.Fail()).open()) {
        assertEquals(
            rows < 3 ? Types.INT64 : Types.FLOAT64, open.schema().findField("a").getType());
      }
    }
  }

  @Test
  void declaredTypesAreTakenAndOthersInferred() throws Exception {
    Path file = write("a,b,c,d,e,f,g\n1,2,3,4,5,6,2024-01-02\n-128,,,,,,\n");
    Map<String, String> types =
        Map.of(
            "a",
            "int8",
            "b",
            "int16",
            "c",
            "int32",
            "d",
            "float32",
            "e",
            "float64",
            "g",
            "timestamp");
    Rows rows = Tables.read(new CsvSource(file).withTypes(types));
    assertEquals(
        Rows.schema(
            "a",
            Types.INT8,
            "b",
            Types.INT16,
            "c",
            Types.INT32,
            "d",
            Types.FLOAT32,
            "e",
            Types.FLOAT64,
            "f",
            Types.INT64,
            "g",
            Types.TIMESTAMP),
        rows.schema());
    long day = LocalDate.of(2024, 1, 2).toEpochDay() * 86_400_000_000L;
    assertEquals(
        Arrays.asList((byte) 1, (short) 2, 3, 4f, 5d, 6L, day), Arrays.asList(rows.cells().get(0)));
    assertEquals(
        Arrays.asList((byte) -128, null, null, null, null, null, null),
        Arrays.asList(rows.cells().get(1)));
  }

  @Test
  void everyDayOfFourCenturiesIsItself() throws Exception {
    List<Object> expected = new ArrayList<>();
    StringBuilder text = new StringBuilder("d\n");
    int first = (int) LocalDate.of(1600, 1, 1).toEpochDay();
    for (int day = first; day < first + 147_000; day++) {
      expected.add(day);
      text.append(LocalDate.ofEpochDay(day)).append('\n');
    }
    for (String edge : List.of("0000-01-01", "0000-02-29", "9999-12-31")) {
      expected.add((int) LocalDate.parse(edge).toEpochDay());
      text.append(edge).append('\n');
    }
    assertEquals(expected, Tables.read(new CsvSource(write(text.toString()))).column("d"));
  }

  @Test
  void timestampsKeepEveryMicrosecond() throws Exception {
    Random random = new Random(5);
    List<Object> expected = new ArrayList<>();
    StringBuilder text = new StringBuilder("t\n");
    for (int i = 0; i < 20_000; i++) {
      LocalDateTime time =
          LocalDateTime.ofEpochSecond(
              random.nextInt() * 20L, random.nextInt(1_000_000) * 1000, ZoneOffset.UTC);
      String shown = time.toString();
      expected.add(time.toEpochSecond(ZoneOffset.UTC) * 1_000_000 + time.getNano() / 1000);
      text.append(random.nextBoolean() ? shown : shown.replace('T', ' ')).append('\n');
    }
    assertEquals(expected, Tables.read(new CsvSource(write(text.toString()))).column("t"));
  }

  @ParameterizedTest
  @ValueSource(ints = {8, 16, 32, 64})
  void integersOfEveryLengthAreThemselves(int bits) throws Exception {
    Random random = new Random(bits);
    List<Object> expected = new ArrayList<>();
    StringBuilder text = new StringBuilder("n,after\n");
    for (int i = 0; i < 20_000; i++) {
      // Of every number of bits, so that there are many of few digits.
      long value = random.nextLong() >> 64 - bits >> random.nextInt(bits);
      String shown =
          switch (random.nextInt(5)) {
            case 0 -> value < 0 ? String.valueOf(value) : "+" + value;
            case 1 -> value < 0 ? " " + value : "000" + value;
            case 2 -> '"' + String.valueOf(value) + '"';
            default -> String.valueOf(value);
          };
      boolean isNull = random.nextInt(4) == 0;
      expected.add(isNull ? null : (Object) value);
      text.append(isNull ? "" : shown).append(random.nextBoolean() ? ",-\n" : ",\n");
    }
    CsvSource source =
        new CsvSource(write(text.toString()))
            .withTypes(Map.of("n", "int" + bits, "after", "utf8"))
            .withNulls("", "NA");
    List<Object> read = Tables.read(source).column("n");
    assertEquals(
        expected,
        read.stream().map(v -> v == null ? null : (Object) ((Number) v).longValue()).toList());
  }

  @ParameterizedTest
  @ValueSource(ints = {8, 16, 32, 64})
  void shortTextsAreIntegersOrNone(int bits) throws Exception {
    Random random = new Random(bits);
    StringBuilder text = new StringBuilder("a,b\n");
    List<Long> expected = new ArrayList<>();
    for (int row = 0; row < 20_000; row++) {
      StringBuilder value = new StringBuilder();
      for (int length = random.nextInt(11); length > 0; length--) {
        boolean odd = random.nextInt(2 + 2 * value.length()) == 0;
        value.append((odd ? "-+ :/x\u00e9" : "0123456789").charAt(random.nextInt(odd ? 7 : 10)));
      }
      text.append(value).append(",1\n");
      expected.add(integer(value.toString().strip(), bits));
    }
    CsvSource source =
        new CsvSource(write(text.toString()))
            .withTypes(Map.of("a", "int" + bits, "b", "int64"))
            .withBad(new OnBad.MakeNull());
    List<Long> found = new ArrayList<>();
    for (Object value : Tables.read(source).column("a")) {
      found.add(value == null ? null : ((Number) value).longValue());
    }
    assertEquals(expected, found);
  }

  private static Long integer(String text, int bits) {
    try {
      long value = Long.parseLong(text);
      return value << 64 - bits >> 64 - bits == value ? value : null;
    } catch (NumberFormatException e) {
      return null;
    }
  }

  @Test
  void singlePrecisionIsRoundedOnce() throws Exception {
    Random random = new Random(6);
    List<Object> expected = new ArrayList<>();
    StringBuilder text = new StringBuilder("f\n");
    for (int i = 0; i < 50_000; i++) {
      float low = Float.intBitsToFloat(random.nextInt());
      if (!Float.isFinite(low) || !Float.isFinite(Math.nextUp(low))) {
        continue;
      }
      BigDecimal middle =
          new BigDecimal(low).add(new BigDecimal(Math.nextUp(low))).divide(BigDecimal.valueOf(2));
      String shown =
          switch (i % 3) {
            case 0 -> Float.toString(low);
            case 1 -> middle.toString();
            default -> middle.add(middle.ulp()).toString();
          };
      expected.add(Float.parseFloat(shown));
      text.append(shown).append('\n');
    }
    CsvSource source = new CsvSource(write(text.toString())).withTypes(Map.of("f", "float32"));
    assertEquals(expected, Tables.read(source).column("f"));
  }

  @Test
  void unwantedColumnsAreNotDecoded() throws Exception {
    Path file = write("a,b,c\n1,x,2\n3,y,4\n");
    CsvSource source = new CsvSource(file).withTypes(Map.of("a", "int64", "b", "int64"));
    assertEquals(List.of(2L, 4L), Tables.read(source, List.of("c")).column("c"));
    Rows both = Tables.read(source, List.of("a", "c"));
    assertEquals(List.of("a", "c"), both.names());
    assertEquals(List.of(1L, 3L), both.column("a"));
  }

  @Test
  void withNoColumnsWantedRowsAreCounted() throws Exception {
    Path file = write("a,b\n" + "1,\"\n\"\n".repeat(5000));
    for (int splitBytes : new int[] {1, 100, 1 << 20}) {
      CsvSource source =
          new CsvSource(file, ",", true, Map.of(), List.of(""), 10, splitBytes, new OnBad.Fail());
      assertEquals(5000, Tables.read(source, List.of()).size());
    }
  }

  @Test
  void aWideTableOfEveryTypeReadsTheSameHoweverItIsCut() throws Exception {
    Random random = new Random(9);
    StringBuilder text = new StringBuilder();
    for (int column = 0; column < 700; column++) {
      text.append(column == 0 ? "c" : ",c").append(column);
    }
    for (int row = 0; row < 200; row++) {
      text.append('\n');
      for (int column = 0; column < 700; column++) {
        text.append(column == 0 ? "" : ",");
        if (random.nextInt(5) > 0) {
          switch (column % 5) {
            case 0 -> text.append(random.nextInt());
            case 1 -> text.append(random.nextGaussian());
            case 2 -> text.append(random.nextBoolean());
            case 3 -> text.append("\"a,\nb").append(random.nextInt(100)).append('"');
            default -> text.append(LocalDate.ofEpochDay(random.nextInt(40_000)));
          }
        }
      }
    }
    Path file = write(text.toString());
    Rows whole = Tables.read(new CsvSource(file));
    assertEquals(200, whole.size());
    for (int splitBytes : new int[] {1000, 50_000, 300_000}) {
      CsvSource source =
          new CsvSource(
              file, ",", true, Map.of(), List.of(""), 10_000, splitBytes, new OnBad.Fail());
      Differences.assertSame(whole, Tables.read(source), "splits of " + splitBytes);
    }
  }

  @Test
  void aSourceCanBeReadManyTimesAndSplitsAreAlwaysTheSame() throws Exception {
    Path file = write("a\n" + "1\n".repeat(10_000));
    CsvSource source =
        new CsvSource(file, ",", true, Map.of(), List.of(""), 10, 1000, new OnBad.Fail());
    try (OpenSource open = source.open();
        RootAllocator allocator = new RootAllocator()) {
      List<Object> first = new ArrayList<>();
      List<Object> second = new ArrayList<>();
      var one = open.splits();
      var two = open.splits();
      while (one.hasNext() || two.hasNext()) {
        first.add(one.next());
        second.add(two.next());
      }
      assertEquals(first, second);
      assertEquals(20, first.size());
      assertEquals(10_000, Tables.read(open, null, allocator).size());
      assertEquals(10_000, Tables.read(open, null, allocator).size());
    }
    assertEquals(30_000, Tables.read(source.repeat(3)).size());
  }

  @Test
  void realDataHasTheTypesOnesEyesSee() throws Exception {
    Rows penguins = Tables.read(new CsvSource(Tables.example("penguins.csv")).withNulls("NA"));
    assertEquals(
        Rows.schema(
            "species",
            Types.UTF8,
            "island",
            Types.UTF8,
            "bill_length_mm",
            Types.FLOAT64,
            "bill_depth_mm",
            Types.FLOAT64,
            "flipper_length_mm",
            Types.INT64,
            "body_mass_g",
            Types.INT64,
            "sex",
            Types.UTF8,
            "year",
            Types.INT64),
        penguins.schema());
    assertEquals(344, penguins.size());
    assertEquals(11, penguins.column("sex").stream().filter(v -> v == null).count());
    Rows strikes = Tables.read(new CsvSource(Tables.example("birdstrikes.csv")));
    assertEquals(10_000, strikes.size());
    assertEquals(Types.DATE, strikes.schema().findField("Flight Date").getType());
    assertEquals(Types.INT64, strikes.schema().findField("Cost Total $").getType());
    assertEquals(
        2_836, strikes.column("Speed IAS in knots").stream().filter(v -> v == null).count());
  }

  private Path write(String text) throws Exception {
    return Files.writeString(folder.resolve("t.csv"), text);
  }
}
