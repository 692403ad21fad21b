package dev.baton.operators.io.csv;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.baton.engine.source.OnBad;
import dev.baton.engine.source.OpenSource;
import dev.baton.engine.source.SourceException;
import dev.baton.operators.io.Tables;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.arrow.memory.RootAllocator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every mistake is told with its place, the rule, the value and what to do; whole messages. */
class CsvErrorsTest {
  @TempDir Path folder;

  @Test
  void aRecordWithTooFewOrTooManyFields() throws Exception {
    failsAtEveryCut(
        "a,b,c\n1,2,3\n4,5\n",
        ", line 3 (byte 12): expected 3 fields but found 2; put a field that contains the delimiter"
            + " or a line end in quotes, and check 'delimiter'");
    failsAtEveryCut(
        "a,b\n1,2\n4,\"x,y\",6,7\n",
        ", line 3 (byte 8): expected 2 fields but found 4; put a field that contains the delimiter"
            + " or a line end in quotes, and check 'delimiter'");
    failsAtEveryCut(
        "a;b\n1,2;3\n4;5;6\n",
        ", line 2 (byte 4): expected 1 field but found 2; put a field that contains the delimiter"
            + " or a line end in quotes, and check 'delimiter'");
  }

  @Test
  void aValueThatIsNotOfItsDeclaredType() throws Exception {
    String text = "name,age\n\"x\ny\",1\nz,abc\n";
    assertMessage(
        ", line 4 (byte 19), column 'age': expected int64 but found 'abc'; correct the value, add"
            + " it to 'nulls', or declare the column as utf8 in 'types'",
        () -> Tables.read(source(text).withTypes(Map.of("age", "int64"))));
  }

  @Test
  void aValueThatIsNotOfItsInferredType() throws Exception {
    String text = "day,n\n2024-01-31,1\n2024-02-30,2\n";
    CsvSource source = source(text);
    assertMessage(
        ", line 3 (byte 19), column 'day': expected date but found '2024-02-30'; the type was"
            + " inferred from a sample: declare the column as utf8 in 'types', or raise"
            + " 'sampleRows'",
        () -> Tables.read(sampled(source, 1)));
  }

  @Test
  void anEmptyFieldThatIsNoNull() throws Exception {
    CsvSource source = source("a,b\n1,2\n,4\n").withNulls("NA");
    assertMessage(
        ", line 3 (byte 8), column 'a': expected int64 but found ''; add '' to 'nulls' to read it"
            + " as missing, or declare the column as utf8 in 'types'",
        () -> Tables.read(sampled(source, 1)));
  }

  @Test
  void numbersThatDoNotFit() throws Exception {
    for (String[] c :
        new String[][] {
          {"int8", "128"},
          {"int8", "-129"},
          {"int16", "32768"},
          {"int32", "2147483648"},
          {"int64", "9223372036854775808"},
          {"int64", "1.0"},
          {"int64", "\"1\"\"\""},
          {"float64", "1e"},
          {"float32", "x"},
          {"bool", "1"},
          {"bool", "yes"},
          {"date", "2023-02-29"},
          {"date", "31.12.2023"},
          {"timestamp", "2023-01-01T24:00"},
          {"timestamp", "2023-01-01T10:00:00Z"},
          {"timestamp", "2023-01-01T10:00:00.1234567"}
        }) {
      CsvSource source = source("a\n" + c[1] + "\n").withTypes(Map.of("a", c[0]));
      // What is shown is the field as it stands, without the quotes around it.
      String shown = c[1].startsWith("\"") ? c[1].substring(1, c[1].length() - 1) : c[1];
      assertMessage(
          ", line 2 (byte "
              + (c[1].startsWith("\"") ? 3 : 2)
              + "), column 'a': expected "
              + c[0]
              + " but found '"
              + shown
              + "'; correct the value, add it to 'nulls', or declare the column as utf8 in 'types'",
          () -> Tables.read(source));
    }
  }

  @Test
  void aLongValueIsCutInTheMessage() throws Exception {
    CsvSource source = source("a\n" + "x".repeat(500) + "\n").withTypes(Map.of("a", "int64"));
    SourceException e = assertThrows(SourceException.class, () -> Tables.read(source));
    assertTrue(e.getMessage().contains("found '" + "x".repeat(80) + "…';"), e.getMessage());
  }

  @Test
  void aQuoteThatIsNeverClosed() throws Exception {
    failsAtEveryCut(
        "a,b\n1,2\n3,\"x\n5,6\n",
        ", line 3 (byte 10), column 'b': the quote that opens this field is never closed");
  }

  @Test
  void textBehindAClosingQuote() throws Exception {
    failsAtEveryCut(
        "a,b\n\"x\"y,2\n",
        ", line 2 (byte 4), column 'a': expected a delimiter or the end of the line after the"
            + " closing quote but found 'y'; write a quote inside a quoted field twice");
  }

  @Test
  void textThatIsNotUtf8() throws Exception {
    Path file = folder.resolve("t.csv");
    Files.write(file, "a,b\n1,é\n2,caf\u00E9\n".getBytes(StandardCharsets.ISO_8859_1));
    assertMessage(
        ", line 2 (byte 6), column 'b': expected UTF-8 text but found '\uFFFD'; convert the file to"
            + " UTF-8",
        () -> Tables.read(new CsvSource(file)));
    Files.write(file, "a,caf\u00E9\n1,2\n".getBytes(StandardCharsets.ISO_8859_1));
    assertMessage(
        ", line 1 (byte 0): field 2 is not UTF-8; convert the file to UTF-8",
        () -> new CsvSource(file).open());
  }

  @Test
  void headersThatNameNoColumnsOrTheSameTwice() throws Exception {
    assertMessage(
        ": the header names 'b' twice, as columns 2 and 4; rename one, or set header: false",
        () -> source("a,b,c,b\n").open());
    assertMessage(
        ": column 2 of 3 has no name in the header; name it, or set header: false",
        () -> source("a,,c\n").open());
    assertMessage(" is empty: expected a header line", () -> source("").open());
    assertMessage(" is empty: expected a header line", () -> source("\uFEFF").open());
    assertMessage(
        ", line 1 (byte 2), field 2: the quote that opens this field is never closed",
        () -> source("a,\"b\n1,2\n").open());
  }

  @Test
  void typesThatNameNoColumnOrNoType() throws Exception {
    assertMessage(
        ": 'types' names a column 'colour' which the file has not, did you mean 'color'?",
        () -> source("color,b\n1,2\n").withTypes(Map.of("colour", "utf8")).open());
    assertEquals(
        "types, column 'a': unknown type 'flaot64', did you mean 'float64'?",
        assertThrows(
                IllegalArgumentException.class,
                () -> source("a\n").withTypes(Map.of("a", "flaot64")))
            .getMessage());
    assertEquals(
        "types, column 'a': CSV has no binary columns; declare utf8",
        assertThrows(
                IllegalArgumentException.class,
                () -> source("a\n").withTypes(Map.of("a", "binary")))
            .getMessage());
    Map<String, String> several = new LinkedHashMap<>();
    several.put("color", "utf8");
    several.put("colour", "utf8");
    several.put("c", "bool");
    assertMessage(
        ": 'types' names a column 'colour' which the file has not, did you mean 'color'?\n"
            + "  'types' names a column 'c' which the file has not, did you mean 'b'?",
        () -> source("color,b\n1,2\n").withTypes(several).open());
    several.put("colour", "flaot32");
    several.put("c", "binary");
    assertEquals(
        "types, column 'colour': unknown type 'flaot32', did you mean 'float32'?\n"
            + "  types, column 'c': CSV has no binary columns; declare utf8",
        assertThrows(IllegalArgumentException.class, () -> source("a\n").withTypes(several))
            .getMessage());
  }

  @Test
  void filesThatAreMissingOrNoCsv() throws Exception {
    Path missing = folder.resolve("missing.csv");
    assertEquals(
        "there is no file " + missing + " (looked in " + folder.toAbsolutePath() + ")",
        assertThrows(SourceException.class, () -> new CsvSource(missing).open()).getMessage());
    assertEquals(
        "there is no file in the folder " + folder,
        assertThrows(SourceException.class, () -> new CsvSource(folder).open()).getMessage());
    Path file = folder.resolve("t.csv");
    Files.write(file, new byte[] {0x1F, (byte) 0x8B, 8, 0});
    assertMessage(" is cut off: its gzip data has no end", () -> new CsvSource(file).open());
    Files.write(file, "a,b\n".getBytes(StandardCharsets.UTF_16));
    assertMessage(" is UTF-16; convert it to UTF-8", () -> new CsvSource(file).open());
  }

  @Test
  void aFileThatGrowsOrShrinksWhileItIsRead() throws Exception {
    String text = "a\n" + "1\n".repeat(100);
    CsvSource source = source(text);
    try (OpenSource open = source.open();
        RootAllocator allocator = new RootAllocator()) {
      Files.writeString(source.path(), "1\n", StandardOpenOption.APPEND);
      assertMessage(
          " changed from 202 to 204 bytes while it was read; read it when nothing writes to it",
          () -> Tables.read(open, null, allocator));
    }
    try (OpenSource open = source.open();
        RootAllocator allocator = new RootAllocator()) {
      Files.writeString(source.path(), "a\n1\n");
      assertMessage(
          " changed from 204 to 4 bytes while it was read; read it when nothing writes to it",
          () -> Tables.read(open, null, allocator));
    }
  }

  @Test
  void parametersThatMakeNoSense() {
    Path path = Path.of("t.csv");
    for (String delimiter : List.of("", ",,", "\"", "\n", "é", "a", "1", ".")) {
      assertEquals(
          "delimiter must be one ASCII character that is no part of a number, a name, a quote or a"
              + " line end, such as ',' or ';', or 'tab', but was '"
              + delimiter
              + "'",
          assertThrows(
                  IllegalArgumentException.class,
                  () ->
                      new CsvSource(
                          path, delimiter, true, Map.of(), List.of(""), 1, 1, new OnBad.Fail()))
              .getMessage());
    }
    assertEquals(
        "sampleRows must be at least 1 but was 0",
        assertThrows(
                IllegalArgumentException.class,
                () -> new CsvSource(path, ",", true, Map.of(), List.of(""), 0, 1, new OnBad.Fail()))
            .getMessage());
    assertEquals(
        "splitBytes must be 1 to 268435456 but was 0",
        assertThrows(
                IllegalArgumentException.class,
                () -> new CsvSource(path, ",", true, Map.of(), List.of(""), 1, 0, new OnBad.Fail()))
            .getMessage());
  }

  private static CsvSource sampled(CsvSource s, int rows) {
    return new CsvSource(s.path(), ",", true, s.types(), s.nulls(), rows, 8, new OnBad.Fail());
  }

  private void failsAtEveryCut(String text, String message) throws Exception {
    CsvSource source = source(text);
    String header = text.substring(0, text.indexOf('\n'));
    Map<String, String> types = new java.util.HashMap<>();
    List.of(header.split(",")).forEach(name -> types.put(name, "utf8"));
    for (int splitBytes = 1; splitBytes <= text.length(); splitBytes++) {
      int bytes = splitBytes;
      assertMessage(
          message,
          () ->
              Tables.read(
                  new CsvSource(
                      source.path(), ",", true, types, List.of(""), 1, bytes, new OnBad.Fail())));
    }
    assertMessage(message, () -> Tables.read(source));
  }

  private void assertMessage(String message, org.junit.jupiter.api.function.Executable action) {
    SourceException e = assertThrows(SourceException.class, action);
    assertEquals(folder.resolve("t.csv") + message, e.getMessage());
  }

  private CsvSource source(String text) throws Exception {
    return new CsvSource(Files.writeString(folder.resolve("t.csv"), text));
  }
}
