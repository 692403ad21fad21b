package dev.baton.operators.json;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.baton.engine.Engine;
import dev.baton.engine.Pipeline;
import dev.baton.engine.RunOptions;
import dev.baton.engine.RunReport;
import dev.baton.engine.source.OnBad;
import dev.baton.engine.source.SourceException;
import dev.baton.engine.testkit.Rows;
import dev.baton.engine.testkit.Variants;
import dev.baton.operators.io.Tables;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Folders of JSON Lines are one table, plain and packed files side by side. */
class JsonlFolderTest {
  @TempDir Path folder;

  private Path file(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    if (name.endsWith(".gz")) {
      try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
        out.write(text.getBytes(StandardCharsets.UTF_8));
      }
      return file;
    }
    return Files.writeString(file, text);
  }

  private JsonlSource source(String path) {
    return new JsonlSource(folder.resolve(path));
  }

  private static List<List<Object>> cells(Rows rows) {
    return rows.cells().stream().map(Arrays::asList).toList();
  }

  @Test
  void filesAreReadInTheOrderOfTheirPathsAndFoldersAreColumns() throws Exception {
    file("d/day=2/b.jsonl", "{\"a\": 3, \"o\": {\"x\": \"u\"}}\n");
    file("d/day=1/a.jsonl", "{\"a\": 1}\n{\"a\": null, \"o\": {\"x\": \"t\"}}\n");
    file("d/day=1/c.jsonl.gz", "{\"o\": {\"x\": \"v\"}, \"a\": 2}\n");
    assertEquals(
        List.of(
            Arrays.asList(1L, null, 1L),
            Arrays.asList(null, "t", 1L),
            List.of(2L, "v", 1L),
            List.of(3L, "u", 2L)),
        cells(Tables.read(source("d").withTypes(Map.of("a", "int64", "o.x", "utf8")))));
    assertEquals(List.of(2L), Tables.read(source("d/day=1/c.*"), List.of("a")).column("a"));
  }

  @Test
  void everyModeGivesTheSameBitsAndCountsTheSameBadRows() throws Exception {
    StringBuilder text = new StringBuilder();
    for (int part = 0; part < 6; part++) {
      text.setLength(0);
      for (int i = 0; i < 400; i++) {
        text.append(i % 97 == part ? "{\"a\": \"no number\"}" : "{\"a\": " + i + ".5}")
            .append('\n');
      }
      file("d/" + part + (part % 2 == 0 ? ".jsonl" : ".jsonl.gz"), text.toString());
    }
    JsonlSource skipping =
        source("d")
            .withTypes(Map.of("a", "float64"))
            .withSplitBytes(1000)
            .withBad(new OnBad.Skip());
    try (Engine engine = Engine.open()) {
      RunReport expected = engine.run(Pipeline.read(skipping), Variants.baseline());
      assertEquals(6 * 5, expected.bad().rows());
      assertEquals(6 * 395, expected.rowsOut());
      for (RunOptions options : Variants.all()) {
        RunReport report = engine.run(Pipeline.read(skipping), options);
        assertEquals(expected.digest(), report.digest(), options.toString());
        assertEquals(expected.bad(), report.bad(), options.toString());
      }
    }
  }

  private String failure(String path) {
    return assertThrows(SourceException.class, () -> source(path).open().close())
        .getMessage()
        .replace(folder + "/", "");
  }

  @Test
  void allThatDiffersIsSaidAtOnce() throws Exception {
    file("d/1.jsonl", "{\"a\": 1, \"b\": 2}\n");
    file("d/2.jsonl", "{\"a\": 1, \"c\": true}\n");
    String differing = failure("d");
    assertTrue(differing.startsWith("d: the 2 files make no table:\n"), differing);
    assertTrue(differing.contains("\n  d/2.jsonl: column 'b': expected "), differing);
    assertTrue(differing.contains("\n  d/2.jsonl: column 'c': expected none"), differing);
    file("e/1.jsonl", "{\"a\": 1, \"b\"\n");
    file("e/2.jsonl.gz", "no JSON\n");
    String broken = failure("e");
    assertTrue(broken.contains("e/1.jsonl, line 1 (byte 12): expected ':' after a key"), broken);
    assertTrue(broken.contains("e/2.jsonl.gz, line 1 "), broken);
  }
}
