package dev.baton.operators.json;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.baton.engine.source.OnBad;
import dev.baton.engine.source.SourceException;
import dev.baton.engine.testkit.Rows;
import dev.baton.operators.io.Tables;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Lines broken at random, with another parser as the judge of what is JSON and what it says. */
class JsonlFuzzTest {
  private static final int LINES = 20_000;
  private static final List<String> SEEDS =
      List.of(
          "{\"a\":12,\"s\":\"text\",\"o\":{\"x\":[1,2.5e-3,null],\"y\":true}}",
          "{ \"s\" : \"\\u00e9\\n\\\"\\\\ \\ud83d\\ude00\" , \"a\" : -0.5E+2 , \"z\":[{},[],{\"k\":false}] }",
          "{\"o\":{\"x\":\"deep\"},\"zz\":\"unknown\",\"a\":\"\"}",
          "{\"a\":9223372036854775808,\"s\":null}");
  private static final String LETTERS = "{}[]\",:\\/ \t0123456789-+.eEtrufalsn\u0001x";

  private final ObjectMapper judge =
      JsonMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(com.fasterxml.jackson.core.json.JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
          .build();

  @TempDir Path folder;

  private static String mutate(Random random) {
    StringBuilder line = new StringBuilder(SEEDS.get(random.nextInt(SEEDS.size())));
    for (int i = random.nextInt(4); i > 0 && line.length() > 0; i--) {
      int at = random.nextInt(line.length());
      char letter = LETTERS.charAt(random.nextInt(LETTERS.length()));
      switch (random.nextInt(5)) {
        case 0 -> line.deleteCharAt(at);
        case 1 -> line.insert(at, letter);
        case 2 -> line.setCharAt(at, letter);
        case 3 -> line.setLength(at);
        default -> {
          int end = Math.min(line.length(), at + random.nextInt(12));
          line.insert(random.nextInt(line.length()), line.substring(at, end));
        }
      }
    }
    return line.toString();
  }

  private JsonlSource source(String text) throws Exception {
    Path file = Files.writeString(folder.resolve("t.jsonl"), text);
    return new JsonlSource(file)
        .withTypes(Map.of("a", "utf8", "s", "utf8", "o.x", "utf8"))
        .withSampleRows(0)
        .withUnknown(JsonlSource.Unknown.IGNORE);
  }

  /** What a line says of the column, or null for nothing. */
  private static String expected(JsonNode object, String column) {
    JsonNode value = object.get(column);
    if (column.equals("o.x")) {
      JsonNode outer = object.get("o");
      value = value != null ? value : outer == null ? null : outer.get("x");
    }
    return value == null || value.isNull() ? null : value.isTextual() ? value.asText() : "?";
  }

  @Test
  void whatIsJsonForOthersIsReadAndAllElseIsBad() throws Exception {
    Random random = new Random(11);
    List<String> lines = new ArrayList<>();
    List<JsonNode> good = new ArrayList<>();
    for (int i = 0; i < LINES; i++) {
      String line = mutate(random);
      JsonNode node = parse(line);
      if (line.isBlank() || isOurs(line, node)) {
        continue;
      }
      lines.add(line);
      if (node != null && node.isObject()) {
        good.add(node);
      }
    }
    assertTrue(good.size() > LINES / 4 && good.size() < lines.size() * 3 / 4);
    Rows rows = Tables.read(source(String.join("\n", lines)).withBad(new OnBad.Skip()));
    assertEquals(good.size(), rows.size());
    for (int row = 0; row < good.size(); row++) {
      for (String column : List.of("a", "s", "o.x")) {
        String value = expected(good.get(row), column);
        String read = (String) rows.get(row, column);
        if (value == null || !value.equals("?")) {
          assertEquals(value, read);
        } else {
          // What is no string is kept as it stands.
          assertTrue(read != null && !read.isEmpty());
        }
      }
    }
  }

  private JsonNode parse(String line) {
    try {
      return judge.readTree(line.getBytes(StandardCharsets.UTF_8));
    } catch (JsonProcessingException e) {
      return null;
    } catch (java.io.IOException e) {
      throw new AssertionError(e);
    }
  }

  /** Where the rules differ: halves of surrogate pairs, numbers that are words, two ways to o.x. */
  private static boolean isOurs(String line, JsonNode node) {
    return line.replace(" \\ud83d\\ude00", "").matches(".*\\\\u[dD][89a-fA-F].*")
        || line.contains("NaN")
        || line.contains("INF")
        || node != null && node.has("o.x") && node.has("o");
  }

  /** Bytes changed to any others: an error or rows, but never anything else. */
  @Test
  void anyBytesAreRowsOrOneError() throws Exception {
    Random random = new Random(12);
    for (int i = 0; i < 3000; i++) {
      byte[] text = (SEEDS.get(i % 4) + "\n" + mutate(random)).getBytes(StandardCharsets.UTF_8);
      for (int k = random.nextInt(4); k > 0; k--) {
        text[random.nextInt(text.length)] = (byte) random.nextInt(256);
      }
      Path file = Files.write(folder.resolve("u.jsonl"), text);
      for (OnBad bad : List.of(new OnBad.Fail(), new OnBad.Skip())) {
        JsonlSource source = new JsonlSource(file).withBad(bad).withSampleRows(1 + i % 2);
        try {
          assertTrue(Tables.read(source).size() < text.length);
        } catch (SourceException e) {
          assertTrue(e.getMessage().startsWith(file.toString()), e.getMessage());
        }
      }
    }
  }
}
