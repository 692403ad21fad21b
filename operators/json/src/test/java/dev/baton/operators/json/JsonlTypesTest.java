package dev.baton.operators.json;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.baton.engine.batch.Types;
import dev.baton.engine.source.OpenSource;
import dev.baton.engine.testkit.Rows;
import dev.baton.operators.io.Tables;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonlTypesTest {
  @TempDir Path folder;

  private JsonlSource source(String text) throws Exception {
    return new JsonlSource(Files.writeString(folder.resolve("t.jsonl"), text));
  }

  private static List<List<Object>> cells(Rows rows) {
    return rows.cells().stream().map(Arrays::asList).toList();
  }

  private static Map<String, String> types(JsonlSource source) throws Exception {
    Map<String, String> types = new LinkedHashMap<>();
    try (OpenSource open = source.open()) {
      open.schema().getFields().forEach(f -> types.put(f.getName(), Types.name(f.getType())));
    }
    return types;
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "1, -9223372036854775808, null | int64",
        "1, 2.0                        | float64",
        "1e3                           | float64",
        "9223372036854775808           | utf8",
        "9223372036854775808, 0.5      | float64",
        "1, \"NaN\"                    | float64",
        "1.5, -Infinity                | float64",
        "\"NaN\"                       | utf8",
        "true, false                   | bool",
        "true, 1                       | utf8",
        "\"true\"                      | utf8",
        "\"2024-02-29\", null          | date",
        "\"2024-02-29\", \"2024-02-29T10:00\" | timestamp",
        "\"2024-02-29T10:00:00.5\"     | timestamp",
        "\"\"                          | utf8",
        "null                          | utf8",
        "[1]                           | utf8",
        "{}                            | utf8",
      })
  void typesAreInferred(String values, String type) throws Exception {
    StringBuilder text = new StringBuilder();
    for (String value : values.split(", ")) {
      text.append("{\"a\": ").append(value).append("}\n");
    }
    assertEquals(Map.of("a", type), types(source(text.toString())));
  }

  @Test
  void nestedObjectsAreFlattenedAndKeysMayBeInAnyOrderOrMissing() throws Exception {
    JsonlSource source =
        source(
            """
            {"id": 1, "user": {"name": "Ann", "address": {"city": "Bern"}}, "tags": ["x", {"y": 1}]}
              \t
            { "user" : { "address" : { "zip" : 3000 , "city" : null } , "name" : "B\\"ob" } , "id" : 2 }\r
            {"user":null,"id":3,"tags":[]}
            {}
            {"user.name":"Cy","user":{"address.zip":8000}}
            """);
    assertEquals(
        List.of("id", "user.name", "user.address.city", "tags", "user.address.zip"),
        List.copyOf(types(source).keySet()));
    for (int bytes = 1; bytes < 320; bytes++) {
      assertEquals(
          List.of(
              Arrays.asList(1L, "Ann", "Bern", "[\"x\", {\"y\": 1}]", null),
              Arrays.asList(2L, "B\"ob", null, null, 3000L),
              Arrays.asList(3L, null, null, "[]", null),
              Arrays.asList(null, null, null, null, null),
              Arrays.asList(null, "Cy", null, null, 8000L)),
          cells(Tables.read(source.withSplitBytes(bytes))));
    }
    assertEquals(
        List.of(List.of("Bern")),
        cells(Tables.read(source, List.of("user.address.city"))).subList(0, 1));
    assertEquals(5, Tables.read(source, List.of()).size());
  }

  @Test
  void textKeepsWhatIsNoString() throws Exception {
    JsonlSource source =
        source("{\"a\":1.50}\n{\"a\":\"x\"}\n{\"a\":true}\n{\"a\":{\"b\":[1, 2]}}\n{\"a\":\"\"}\n")
            .withTypes(Map.of("a", "utf8"));
    assertEquals(
        List.of("1.50", "x", "true", "{\"b\":[1, 2]}", ""), Tables.read(source).column("a"));
  }

  @Test
  void escapesAreResolved() throws Exception {
    JsonlSource source =
        source(
            "{\"k\\u00e9\\n\":\"\\u0000\\u00E9\\u20ac\\ud83d\\uDE00 \\\"\\\\\\/\\b\\f\\n\\r\\t\"}");
    assertEquals(
        List.of("\0\u00E9\u20AC\uD83D\uDE00 \"\\/\b\f\n\r\t"),
        Tables.read(source).column("k\u00E9\n"));
  }

  @Test
  void numbersWithoutDigitsAreFloats() throws Exception {
    JsonlSource source =
        source("{\"a\":NaN}\n{\"a\":\"-Infinity\"}\n{\"a\":Infinity}\n{\"a\":1e400}\n{\"a\":-0}\n")
            .withTypes(Map.of("a", "float64"));
    assertEquals(
        List.of(
            Double.NaN,
            Double.NEGATIVE_INFINITY,
            Double.POSITIVE_INFINITY,
            Double.POSITIVE_INFINITY,
            -0.0),
        Tables.read(source).column("a"));
  }

  @Test
  void onlyDeclaredColumnsWithoutASample() throws Exception {
    JsonlSource source =
        source("{\"a\":1,\"b\":{\"c\":2,\"d\":[3]},\"e\":\"x\"}\n")
            .withTypes(Map.of("b.c", "int32"))
            .withSampleRows(0)
            .withUnknown(JsonlSource.Unknown.IGNORE);
    assertEquals(List.of(2), Tables.read(source).column("b.c"));
    assertEquals(Map.of("b.c", "int32"), types(source));
  }

  @Test
  void theExpectedTypesAreTaken() throws Exception {
    JsonlSource source = source("{\"a\":1,\"b\":2}\n");
    try (OpenSource open =
        source.expecting(Rows.schema("a", Types.FLOAT32, "c", Types.UTF8)).open()) {
      assertEquals(Rows.schema("a", Types.FLOAT32, "b", Types.INT64), open.schema());
    }
  }

  @Test
  void aCompressedFileAndAByteOrderMark() throws Exception {
    StringBuilder text = new StringBuilder("\uFEFF");
    for (int i = 0; i < 5000; i++) {
      text.append("{\"a\":")
          .append(i)
          .append(",\"s\":\"")
          .append("é".repeat(i % 50))
          .append("\"}\n");
    }
    JsonlSource plain = source(text.toString()).withSplitBytes(10_000);
    Path packed = folder.resolve("t.jsonl.gz");
    try (GZIPOutputStream out = new GZIPOutputStream(Files.newOutputStream(packed))) {
      out.write(Files.readAllBytes(plain.path()));
    }
    List<List<Object>> rows = cells(Tables.read(plain));
    assertEquals(5000, rows.size());
    assertEquals(rows, JsonlPackedTest.read(new JsonlSource(packed).withSplitBytes(10_000)));
  }

  @Test
  void manyFilesAreOneTable() throws Exception {
    Path year = Files.createDirectories(folder.resolve("all/year=2024"));
    Files.writeString(year.resolve("a.jsonl"), "{\"n\":1,\"u\":{\"x\":null}}\n");
    Files.writeString(year.resolve("b.jsonl"), "{\"u\":{\"x\":true},\"n\":0.5}\n");
    JsonlSource source = new JsonlSource(folder.resolve("all"));
    assertEquals(
        List.of(Arrays.asList(1.0, null, 2024L), List.of(0.5, true, 2024L)),
        cells(Tables.read(source)));
    assertEquals(
        cells(Tables.read(source)),
        cells(Tables.read(new JsonlSource(folder.resolve("all/*/*.jsonl")))));
  }

  /** Each row has its keys in another order and leaves some out, more than are tried in a row. */
  @Test
  void manyKeysInRandomOrder() throws Exception {
    java.util.Random random = new java.util.Random(3);
    StringBuilder text = new StringBuilder();
    List<Map<String, Integer>> expected = new java.util.ArrayList<>();
    List<String> names = new java.util.ArrayList<>();
    for (int i = 0; i < 60; i++) {
      names.add("key" + "x".repeat(i % 11) + i);
    }
    for (int row = 0; row < 500; row++) {
      java.util.Collections.shuffle(names, random);
      Map<String, Integer> values = new LinkedHashMap<>();
      names.subList(0, row == 0 ? 60 : random.nextInt(60)).forEach(n -> values.put(n, n.length()));
      StringBuilder line = new StringBuilder();
      values.forEach((n, v) -> line.append(",\"").append(n).append("\":").append(v));
      text.append('{').append(line.isEmpty() ? "" : line.substring(1)).append("}\n");
      expected.add(values);
    }
    Rows rows = Tables.read(source(text.toString()));
    for (int row = 0; row < 500; row++) {
      for (String name : names) {
        Integer value = expected.get(row).get(name);
        assertEquals(value == null ? null : value.longValue(), rows.get(row, name));
      }
    }
  }
}
