package dev.baton.operators.io.csv;

import static org.junit.jupiter.api.Assertions.assertEquals;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import dev.baton.engine.source.OnBad;
import dev.baton.engine.testkit.Rows;
import dev.baton.operators.io.Tables;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The grammar: what is a field, a record, a missing value; wherever the file is cut. */
class CsvTextTest {
  @TempDir Path folder;

  /** Text with ~ for a line feed, ^ for a carriage return, ' for a quote; fields apart by |. */
  @ParameterizedTest(name = "{0}")
  @ValueSource(
      strings = {
        "a,b~1,2~; 1|2",
        "a,b~1,2; 1|2",
        "a,b^~1,2^~3,4^~; 1|2 3|4",
        "a,b^~1,2^~3,4; 1|2 3|4",
        "a,b~1,2^; 1|2",
        "a,b~'1','2'~; 1|2",
        "a,b^~'1','2'^~; 1|2",
        "a,b^~'1','2'; 1|2",
        "a,b~'x,y',2~; x,y|2",
        "a,b~'x~y',2~3,4~; x~y|2 3|4",
        "a,b~'x^~y','^~'~3,4~; x^~y|^~ 3|4",
        "a,b~'x''y',''''~; x'y|'",
        "a,b~'''x''','a''''b'~; 'x'|a''b",
        "a,b~x'y,z''~; x'y|z''",
        "a,b~,~; null|null",
        "a,b~,''~'',~; null|empty empty|null",
        "a,b~'''',~; '|null",
        "a,b~1,~; 1|null",
        "a,b~1,; 1|null",
        "a,b~1,''; 1|empty",
        "a,b~~1,2~~~3,4~~; 1|2 3|4",
        "a,b^~^~1,2^~^~; 1|2",
        "a,b~'~~',2~; ~~|2",
        "'a','b'~1,2~; 1|2",
        "a,b; ",
        "a,b~; ",
        "a,b~~~; ",
        "a~1~2~; 1 2",
        "a~1~~2~~; 1 null 2 null",
        "a~''~; empty",
        "a^~^~1^~; null 1",
        "a,b~ é ,日本~; _é_|日本",
        "a,b~😀,'😀'~; 😀|😀"
      })
  void everyCutOfTheFileReadsTheSameRecords(String textAndRows) throws Exception {
    String text = textAndRows.substring(0, textAndRows.indexOf(';'));
    String expected = textAndRows.substring(textAndRows.indexOf(';') + 2);
    Path file = write(decode(text));
    int size = (int) Files.size(file);
    for (int splitBytes = 1; splitBytes <= size; splitBytes++) {
      Rows rows = Tables.read(text(file, splitBytes, ","));
      String found =
          rows.cells().stream()
              .map(
                  row -> Arrays.stream(row).map(CsvTextTest::show).collect(Collectors.joining("|")))
              .collect(Collectors.joining(" "));
      assertEquals(expected, found, text + " in " + splitBytes);
    }
  }

  private static String show(Object value) {
    String text = (String) value;
    return text == null
        ? "null"
        : text.isEmpty()
            ? "empty"
            : text.replace('\n', '~').replace('\r', '^').replace('"', '\'').replace(' ', '_');
  }

  private static String decode(String text) {
    return text.replace('~', '\n').replace('^', '\r').replace('\'', '"');
  }

  @Test
  void aByteOrderMarkIsNoPartOfTheFirstName() throws Exception {
    Rows rows = Tables.read(text(write("\uFEFFa,b\n1,2\n"), 1 << 20, ","));
    assertEquals(List.of("a", "b"), rows.names());
    assertEquals("1", rows.get(0, "a"));
  }

  @Test
  void namesMayHoldDelimitersQuotesAndLineEnds() throws Exception {
    Rows rows = Tables.read(text(write("\"a,b\",\"c\"\"d\",\"e\nf\"\r\n1,2,3\r\n"), 1, ","));
    assertEquals(List.of("a,b", "c\"d", "e\nf"), rows.names());
    assertEquals(List.of("3"), rows.column("e\nf"));
  }

  @Test
  void withoutAHeaderColumnsAreNumbered() throws Exception {
    Path file = write("1,x\n2,y\n");
    CsvSource source =
        new CsvSource(
            file, ",", false, Map.of("column1", "utf8"), List.of(""), 10, 1, new OnBad.Fail());
    Rows rows = Tables.read(source);
    assertEquals(List.of("column0", "column1"), rows.names());
    assertEquals(List.of(1L, 2L), rows.column("column0"));
    assertEquals(List.of("x", "y"), rows.column("column1"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"\t", "tab", ";", "|", "~", " "})
  void anyOddCharacterMayBeTheDelimiter(String delimiter) throws Exception {
    String d = delimiter.equals("tab") ? "\t" : delimiter;
    Path file = write("a" + d + "b\n1" + d + "\"x" + d + "y\"\n");
    Rows rows = Tables.read(text(file, 4, delimiter));
    assertEquals(List.of("x" + d + "y"), rows.column("b"));
  }

  @Test
  void nullTokensAreMissingOnlyWhenUnquoted() throws Exception {
    Path file = write("a,b\nNA,1\n\"NA\",2\n,3\n\"\",4\nnull,5\nNAN,6\n");
    Rows rows = Tables.read(new CsvSource(file).withNulls("NA", "null"));
    assertEquals(Arrays.asList(null, "NA", "", "", null, "NAN"), rows.column("a"));
  }

  @Test
  void inColumnsOtherThanTextQuotesMeanNothing() throws Exception {
    Path file = write("a,b,c\n\"1\",\"NA\",\" 2.5 \"\nNA,\"true\", 3 \n\"\",,\"\"\n");
    Rows rows = Tables.read(new CsvSource(file).withNulls("NA", ""));
    assertEquals(Arrays.asList(1L, null, null), rows.column("a"));
    assertEquals(Arrays.asList(null, true, null), rows.column("b"));
    assertEquals(Arrays.asList(2.5, 3.0, null), rows.column("c"));
  }

  @Test
  void aNullTokenThatLooksLikeANumberIsMissing() throws Exception {
    Path file = write("a,b,c,d\n-999,1.5,true,x\n1,-999,-999,-999\n");
    Rows rows = Tables.read(new CsvSource(file).withNulls("-999"));
    assertEquals(Arrays.asList(null, 1L), rows.column("a"));
    assertEquals(Arrays.asList(1.5, null), rows.column("b"));
    assertEquals(Arrays.asList(true, null), rows.column("c"));
    assertEquals(Arrays.asList("x", null), rows.column("d"));
  }

  @Test
  void randomTextReadsAsFastCsvReadsItForEveryCut() throws Exception {
    Random random = new Random(7);
    String[] pieces = {
      "\"", "\"\"", ",", "\n", "\r\n", "a", "é", "日", "😀", "NA", " ", "0123456789abcdef", "\r"
    };
    for (int trial = 0; trial < 300; trial++) {
      int width = 1 + random.nextInt(4);
      int count = random.nextInt(40);
      boolean crlf = random.nextBoolean();
      List<List<String>> table = new ArrayList<>();
      StringBuilder text = new StringBuilder();
      for (int row = 0; row <= count; row++) {
        List<String> record = new ArrayList<>();
        for (int column = 0; column < width; column++) {
          StringBuilder value = new StringBuilder(row == 0 ? "c" + column : "");
          for (int i = random.nextInt(5); row > 0 && i > 0; i--) {
            value.append(pieces[random.nextInt(pieces.length)]);
          }
          record.add(value.toString());
          boolean quoted =
              random.nextInt(4) == 0
                  || value.isEmpty()
                  || value.chars().anyMatch(c -> "\",\r\n".indexOf(c) >= 0);
          text.append(column == 0 ? "" : ",")
              .append(quoted ? '"' + value.toString().replace("\"", "\"\"") + '"' : value);
        }
        table.add(record);
        boolean last = row == count && random.nextBoolean();
        text.append(last ? "" : crlf ? "\r\n" : "\n");
      }
      Path file = write(text.toString());
      List<List<String>> oracle;
      try (CsvReader<CsvRecord> reader = CsvReader.builder().ofCsvRecord(text.toString())) {
        oracle = reader.stream().map(CsvRecord::getFields).toList();
      }
      assertEquals(table, oracle, "the generator itself");
      int size = (int) Files.size(file);
      for (int splitBytes : new int[] {1, 2, 3, 7, 8, 9, 64, 1 + random.nextInt(size), size}) {
        Rows rows = Tables.read(text(file, splitBytes, ","));
        List<List<String>> found = new ArrayList<>();
        found.add(rows.names());
        rows.cells()
            .forEach(cells -> found.add(Arrays.stream(cells).map(String.class::cast).toList()));
        assertEquals(table, found, "trial " + trial + ", splits of " + splitBytes);
      }
    }
  }

  @Test
  void aRecordLargerThanTheSearchWindowIsFoundWhole() throws Exception {
    Random random = new Random(3);
    StringBuilder text = new StringBuilder("a,b\n");
    List<String> values = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      char[] chars = new char[200_000 + random.nextInt(200_000)];
      for (int j = 0; j < chars.length; j++) {
        chars[j] = ",\n\"xyz\r".charAt(random.nextInt(7));
      }
      values.add(new String(chars));
      text.append('"').append(values.get(i).replace("\"", "\"\"")).append("\",").append(i);
      text.append('\n');
    }
    Path file = write(text.toString());
    for (int splitBytes : new int[] {100_000, 262_143, 262_144, 262_145, 1 << 20}) {
      Rows rows = Tables.read(text(file, splitBytes, ","));
      assertEquals(values, rows.column("a"), "splits of " + splitBytes);
    }
  }

  @Test
  void manyTinyRowsInOneSplitMakeSeveralBatches() throws Exception {
    String text = "a\n" + String.join("\n", Collections.nCopies(200_000, "7")) + "\n";
    Rows rows = Tables.read(new CsvSource(write(text)));
    assertEquals(Collections.nCopies(200_000, 7L), rows.column("a"));
  }

  private CsvSource text(Path file, int splitBytes, String delimiter) throws Exception {
    Map<String, String> types = new java.util.LinkedHashMap<>();
    try (var open =
        new CsvSource(file, delimiter, true, Map.of(), List.of(""), 1, 1000, new OnBad.Fail())
            .open()) {
      open.schema().getFields().forEach(f -> types.put(f.getName(), "utf8"));
    }
    return new CsvSource(
        file, delimiter, true, types, List.of(""), 1, splitBytes, new OnBad.Fail());
  }

  private Path write(String text) throws Exception {
    return Files.write(folder.resolve("t.csv"), text.getBytes(StandardCharsets.UTF_8));
  }
}
