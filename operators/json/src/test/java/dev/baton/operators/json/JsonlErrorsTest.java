package dev.baton.operators.json;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.baton.engine.source.OpenSource;
import dev.baton.engine.source.SourceException;
import dev.baton.operators.io.Tables;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.util.Map;
import java.util.concurrent.Callable;
import org.apache.arrow.memory.RootAllocator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whatever is wrong is one error that says where, which rule, and what to do. */
class JsonlErrorsTest {
  @TempDir Path folder;

  private static final Map<String, String> TYPES =
      Map.of("a", "int64", "f", "float64", "b", "bool", "d", "date", "s", "utf8");

  private String error(byte[] line) throws Exception {
    Path file = folder.resolve("t.jsonl");
    byte[] first = "{\"a\":1}\n".getBytes(StandardCharsets.UTF_8);
    byte[] all = java.util.Arrays.copyOf(first, first.length + line.length);
    System.arraycopy(line, 0, all, first.length, line.length);
    Files.write(file, all);
    JsonlSource source = new JsonlSource(file).withTypes(TYPES).withSampleRows(1);
    String message = assertThrows(SourceException.class, () -> Tables.read(source)).getMessage();
    String start = file + ", line 2 (byte ";
    assertTrue(message.startsWith(start), message);
    return message.substring(start.length());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"a\":1            | 14): expected ',' or '}' but found the end of the line",
        "{\"a\"              | 12): expected ':' after a key but found the end of the line",
        "{\"a                | 9): the string that starts here is not closed in its line",
        "{                   | 9): expected a key in quotes but found the end of the line",
        "{\"a\":1,}          | 15): expected a key in quotes but found '}'",
        "{'a':1}             | 9): expected a key in quotes but found ''a':1}'",
        "{\"a\":}            | 13): expected a value but found '}'",
        "{\"a\":01}          | 13): a number starts with a zero",
        "{\"a\":-}           | 13): expected a value but found '-}'",
        "{\"f\":1.}          | 13): a number ends without a digit",
        "{\"f\":1e+}         | 13): a number ends without a digit",
        "{\"a\":+1}          | 13): expected a value but found '+1}'",
        "{\"a\":1 2}         | 15): expected ',' or '}' but found '2}'",
        "{\"b\":tru}         | 13): expected a value but found 'tru}'",
        "{\"a\":nul}         | 13): expected a value but found 'nul}'",
        "{\"s\":[1,]}        | 16): expected a value but found ']}'",
        "{\"s\":[1}}         | 15): expected ',' or ']' but found '}}'",
        "{\"s\":\"\\x\"}     | 14): unknown escape \\x; write \\\\ for \\",
        "{\"s\":\"\\u12g4\"} | 14): expected four hexadecimal digits after \\u",
        "{\"s\":\"\\ud800x\"}| 14): the escape \\ud800 is half of a surrogate pair; write both halves, or the character itself",
        "{\"s\":\"\\udc00\"} | 14): the escape \\udc00 is half of a surrogate pair; write both halves, or the character itself",
        "{\"s\":\"\\ud83d\\u0041\"} | 14): the escape \\ud83d is half of a surrogate pair; write both halves, or the character itself",
        "{\"a\":1}{\"a\":2}  | 15): expected the end of the line after the object but found '{\"a\":2}'; write one object in each line",
        "[1]                 | 8): expected an object but found '[1]'; write one in each line",
        "{\"a\":1,\"a\":1}   | 15): the key of column 'a' is there twice; keep one of them",
        "{\"a\":null,\"\\u0061\":1} | 18): the key of column 'a' is there twice; keep one of them",
        "{\"aa\":1}          | 9): no column takes the key 'aa', did you mean 'a'?; declare it in 'types', raise 'sampleRows', or set unknown: ignore",
        "{\"a\":\"1\"}       | 13), column 'a': expected int64 but found '\"1\"'; correct the value, or declare the column as utf8 in 'types'",
        "{\"a\":1.5}         | 13), column 'a': expected int64 but found '1.5'; correct the value, or declare the column as utf8 in 'types'",
        "{\"a\":123456789012345678901} | 13), column 'a': expected int64 but found '123456789012345678901'; correct the value, or declare the column as utf8 in 'types'",
        "{\"a\":true}        | 13), column 'a': expected int64 but found 'true'; correct the value, or declare the column as utf8 in 'types'",
        "{\"a\":NaN}         | 13), column 'a': expected int64 but found 'NaN'; correct the value, or declare the column as utf8 in 'types'",
        "{\"a\":[1]}         | 13), column 'a': expected int64 but found '[1]'; correct the value, or declare the column as utf8 in 'types'",
        "{\"a\":{\"b\":1}}   | 13), column 'a': expected int64 but found '{\"b\":1}'; correct the value, or declare the column as utf8 in 'types'",
        "{\"f\":\"x\"}       | 13), column 'f': expected float64 but found '\"x\"'; correct the value, or declare the column as utf8 in 'types'",
        "{\"b\":1}           | 13), column 'b': expected bool but found '1'; correct the value, or declare the column as utf8 in 'types'",
        "{\"d\":20240101}    | 13), column 'd': expected date but found '20240101'; correct the value, or declare the column as utf8 in 'types'",
        "{\"d\":\"\"}        | 13), column 'd': expected date but found '\"\"'; correct the value, or declare the column as utf8 in 'types'",
        "{\"d\":\"2023-02-29\"} | 14), column 'd': expected date but found '2023-02-29'; correct the value, or declare the column as utf8 in 'types'",
      })
  void brokenLines(String line, String message) throws Exception {
    assertEquals(message, error(line.getBytes(StandardCharsets.UTF_8)));
    assertEquals(message, error((line + "\n{\"a\":1}\n").getBytes(StandardCharsets.UTF_8)));
  }

  @Test
  void bytesThatAreNoText() throws Exception {
    byte[] line = "{\"s\":\"caf?\"}".getBytes(StandardCharsets.UTF_8);
    line[9] = (byte) 0xE9;
    assertEquals(
        "14), column 's': expected UTF-8 text but found 'caf\uFFFD'; convert the file to UTF-8",
        error(line));
    line[9] = 1;
    assertEquals(
        "17): a string contains the control character 01; write it as \\u0001", error(line));
    line[9] = '\t';
    assertEquals(
        "17): a string contains the control character 09; write it as \\u0009", error(line));
  }

  @Test
  void whatIsTooDeep() throws Exception {
    for (String open : new String[] {"[", "{\"x\":"}) {
      String message = error(("{\"s\":" + open.repeat(100_000)).getBytes(StandardCharsets.UTF_8));
      assertEquals(
          (13 + 255 * open.length()) + "): objects and arrays are more than 256 deep", message);
    }
  }

  @Test
  void aLongNumberIsRead() throws Exception {
    Path file = folder.resolve("t.jsonl");
    Files.writeString(file, "{\"f\":" + "9".repeat(100_000) + "." + "9".repeat(1000) + "}");
    JsonlSource source = new JsonlSource(file);
    assertEquals(Double.POSITIVE_INFINITY, Tables.read(source).get(0, "f"));
  }

  @Test
  void aFileWithoutAKey() throws Exception {
    Path file = Files.writeString(folder.resolve("t.jsonl"), "{}\n\n{}\n");
    assertEquals(
        file
            + " has no key in the rows looked at; declare its columns in 'types', or raise"
            + " 'sampleRows'",
        assertThrows(SourceException.class, () -> Tables.read(new JsonlSource(file))).getMessage());
    Files.writeString(file, "");
    assertEquals(0, Tables.read(new JsonlSource(file).withTypes(Map.of("a", "int8"))).size());
  }

  @Test
  void tooManyKeys() throws Exception {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i <= 10_000; i++) {
      text.append("{\"k").append(i).append("\":1}\n");
    }
    Path file = Files.writeString(folder.resolve("t.jsonl"), text);
    assertEquals(
        file
            + ", line 10001 (byte 118900): there are more than 10000 different keys; declare those"
            + " wanted in 'types' and set sample-rows: 0 and unknown: ignore",
        assertThrows(
                SourceException.class, () -> new JsonlSource(file).withSampleRows(20_000).open())
            .getMessage());
    JsonlSource ignoring =
        new JsonlSource(file)
            .withTypes(Map.of("k9999", "int64"))
            .withSampleRows(0)
            .withUnknown(JsonlSource.Unknown.IGNORE);
    assertEquals(1L, Tables.read(ignoring).get(9999, "k9999"));
  }

  @Test
  void aBrokenSampleSaysWhere() throws Exception {
    Path file = Files.writeString(folder.resolve("t.jsonl"), "{\"a\":1}\n{\"a\":}\n");
    assertEquals(
        file + ", line 2 (byte 13): expected a value but found '}'",
        assertThrows(SourceException.class, () -> new JsonlSource(file).open()).getMessage());
  }

  @Test
  void aFileThatIsWrittenToWhileItIsRead() throws Exception {
    Path file = folder.resolve("t.jsonl");
    String text = "{\"a\":1}\n".repeat(100);
    JsonlSource source = new JsonlSource(file);
    Map<String, Callable<Path>> changes =
        Map.of(
            " changed from 800 to 808 bytes while it was read",
            () -> Files.writeString(file, "{\"a\":2}\n", StandardOpenOption.APPEND),
            " changed from 800 to 8 bytes while it was read",
            () -> Files.writeString(file, "{\"a\":2}\n"),
            " was written to while it was read",
            () -> {
              Files.writeString(file, text.replace('1', '2'));
              return Files.setLastModifiedTime(file, FileTime.fromMillis(0));
            });
    for (String how : changes.keySet()) {
      Files.writeString(file, text);
      try (OpenSource open = source.open();
          RootAllocator allocator = new RootAllocator()) {
        changes.get(how).call();
        assertEquals(
            file + how + "; read it when nothing writes to it",
            assertThrows(SourceException.class, () -> Tables.read(open, null, allocator))
                .getMessage());
      }
    }
  }
}
