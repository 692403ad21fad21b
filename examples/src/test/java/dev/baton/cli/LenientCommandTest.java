package dev.baton.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A step that leaves rows out, in a file, in every mode. */
@Tag("process")
@Timeout(300)
class LenientCommandTest {
  private static final int ROWS = 4000;

  @TempDir Path folder;

  private Path pipeline(String bad) throws Exception {
    StringBuilder csv = new StringBuilder("id,price\n");
    for (int i = 0; i < ROWS; i++) {
      csv.append(i).append(',').append(i % 100 == 7 ? "\"n, a\"" : i % 10 + ".5").append('\n');
    }
    Files.writeString(folder.resolve("in.csv"), csv);
    return CommandLineRun.file(
        folder,
        "source: {csv: {path: in.csv, split-bytes: 2KiB, types: {price: utf8}}}",
        "steps:",
        "  - lenient: {step: {cast: {columns: [price], to: float64}}, bad: " + bad + "}",
        "  - standard-scaler: {columns: [price]}",
        "sink: {csv: {path: out.csv}}");
  }

  @Test
  void everyModeLeavesOutTheSameRowsAndCountsThem() throws Exception {
    Path file = pipeline("{reject: {to: bad.csv}}");
    String output = null;
    String rejects = null;
    for (String mode : List.of("inline", "threads", "processes", "event-loop")) {
      Path json = folder.resolve("run.json");
      CommandLineRun.of("run", file, "--mode", mode, "--json", json)
          .exits(ExitCodes.OK)
          .prints(
              "stage 1 Cast: 40 rows left out, see " + folder.resolve("bad.csv"),
              "the first: " + folder.resolve("in.csv") + ", line 9 (byte 51), column 'price': ");
      JsonNode bad = new ObjectMapper().readTree(json.toFile()).at("/badInStages/1 Cast");
      assertEquals(ROWS / 100, bad.get("badRows").asInt());
      assertEquals(folder.resolve("bad.csv").toString(), bad.get("rejects").asText());
      String written = Files.readString(folder.resolve("out.csv"));
      String rejected = Files.readString(folder.resolve("bad.csv"));
      output = output == null ? written : output;
      rejects = rejects == null ? rejected : rejects;
      assertEquals(output, written, mode);
      assertEquals(rejects, rejected, mode);
    }
    assertEquals(1 + ROWS - ROWS / 100, output.lines().count());
    List<String> lines = rejects.lines().toList();
    assertEquals("file,line,byte,row,column,rule,text", lines.get(0));
    assertEquals(1 + ROWS / 100, lines.size());
    assertTrue(
        lines.get(1).endsWith(",\"{\"\"id\"\": 7, \"\"price\"\": \"\"n, a\"\"}\""), lines.get(1));
  }

  @Test
  void valuesAreMadeNullOrTooManyAreAnError() throws Exception {
    CommandLineRun.of("run", pipeline("make-null"))
        .exits(ExitCodes.OK)
        .prints("stage 1 Cast: 40 rows with values made null");
    assertEquals(1 + ROWS, Files.readAllLines(folder.resolve("out.csv")).size());
    CommandLineRun run =
        CommandLineRun.of("run", pipeline("{skip: {most: 39}}")).exits(ExitCodes.FAILED);
    assertTrue(
        run.err().contains("stage 1 (Cast): more than the 39 rows that may be bad; the first: "),
        run.err());
  }
}
