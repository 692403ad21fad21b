package dev.baton.cli;

import static dev.baton.cli.CommandLineRun.PENGUINS;
import static dev.baton.cli.CommandLineRun.file;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunCommandTest {
  @TempDir private Path folder;

  @Test
  void saysWhatWasReadFittedAndWritten() throws IOException {
    Path out = folder.resolve("features.csv");
    CommandLineRun run =
        CommandLineRun.of("run", "penguins", "--out", out, "--mode", "inline")
            .exits(ExitCodes.OK)
            .prints(
                "rows    344 in, 344 out, 15 columns",
                "rows/s, inline, lock none",
                "pass 1  fit 2 SimpleImputer, 3 SimpleImputer",
                "pass 3  transform",
                "output  " + out + ", ");
    assertEquals("", run.err(), "nothing but results in a pipe");
    assertFalse(run.out().contains("digest"), "only on request");
    assertEquals(345, Files.readAllLines(out).size());
  }

  @Test
  void saysWhetherQuantilesWereExact() {
    Path file =
        file(
            folder,
            "source: {csv: {path: " + PENGUINS + ", nulls: [NA]}}",
            "steps:",
            "  - simple-imputer: {columns: [bill_length_mm], strategy: median}",
            "  - k-bins-discretizer: {columns: [body_mass_g], memory-bytes: 8KiB}");
    CommandLineRun.of("explain", file)
        .exits(ExitCodes.OK)
        .prints(
            "is exact up to 33,554,432 values a column (256 MiB), a sample of that size beyond\n",
            "is exact up to 1,024 values a column (8 KiB), a sample of that size beyond\n");
    CommandLineRun.of("run", file)
        .exits(ExitCodes.OK)
        .prints(
            "1 SimpleImputer: exact: 342 of up to 33,554,432 values a column (256 MiB)\n",
            "2 KBinsDiscretizer: exact: 342 of up to 1,024 values a column (8 KiB)\n");
  }

  @Test
  void optionsWinOverTheFile() {
    Path file =
        file(
            folder,
            "source: {csv: {path: " + PENGUINS + "}}",
            "run: {mode: threads, workers: 3, lock: global, switch-interval: 1ms}");
    CommandLineRun.of("run", file).exits(ExitCodes.OK).prints("threads x 3, lock global\n");
    CommandLineRun.of("run", file, "--workers", 2, "--lock", "none")
        .exits(ExitCodes.OK)
        .prints("threads x 2, lock none\n");
    CommandLineRun.of("run", file, "--mode", "inline")
        .exits(ExitCodes.OK)
        .prints("inline, lock global\n");
  }

  @Test
  void inputAndOutputMayHaveOtherFormats() throws IOException {
    Path file = file(folder, "source: {csv: {path: missing.csv, nulls: [NA, \"\"]}}", "steps: []");
    Path arrow = folder.resolve("p.arrow");
    Path tsv = folder.resolve("p.tsv");
    Path csv = folder.resolve("p.csv");
    String digest = digest("run", file, "--in", PENGUINS, "--out", arrow, "--digest");
    assertEquals(digest, digest("run", file, "--in", arrow, "--out", tsv, "--digest"));
    assertTrue(Files.readString(tsv).startsWith("species\tisland\t"));
    assertEquals(
        List.of("Adelie\tTorgersen\t\t\t\t\t\t2007"), Files.readAllLines(tsv).subList(4, 5));
    CommandLineRun.of("run", file, "--in", tsv, "--out", csv).exits(ExitCodes.OK);
    assertTrue(Files.readString(csv).startsWith("species,island,"));
  }

  private static String digest(Object... args) {
    String out = CommandLineRun.of(args).exits(ExitCodes.OK).out();
    return out.substring(out.indexOf("digest"));
  }

  @Test
  void saysWhereTheTimeWent() {
    CommandLineRun.of("run", "penguins", "--mode", "inline", "--profile")
        .exits(ExitCodes.OK)
        .prints(
            "stage  ",
            "\npass 1, fit  ",
            "\n  2 SimpleImputer (observe)  ",
            "\npass 3, transform  ",
            "\ncaller  ",
            "100.0 %\n",
            "\nOf the ",
            "; the most work was in ");
  }

  @Test
  void reportsAsJson() throws IOException {
    Path json = folder.resolve("report.json");
    CommandLineRun.of("run", "penguins", "--json", json).exits(ExitCodes.OK);
    JsonNode report = new ObjectMapper().readTree(json.toFile());
    assertEquals("penguins", report.get("pipeline").asText());
    assertEquals(344, report.get("rows").asLong());
    assertEquals(344, report.get("rowsOut").asLong());
    assertTrue(report.get("wallSeconds").asDouble() > 0);
    assertTrue(report.get("outputDigest").asText().length() >= 16);
    assertTrue(report.get("machine").get("cores").asInt() > 0);
    assertEquals(3, report.get("passes").size());
    JsonNode ledger = report.get("ledger");
    assertEquals(report.get("wallSeconds").asDouble(), ledger.get("wallSeconds").asDouble());
    JsonNode caller = ledger.get("workers").get(0);
    assertEquals("caller", caller.get("role").asText());
    assertEquals(4, caller.get("passes").size());
    for (JsonNode worker : ledger.get("workers")) {
      double sum = 0;
      for (JsonNode seconds : worker.get("seconds")) {
        sum += seconds.asDouble();
      }
      assertEquals(ledger.get("wallSeconds").asDouble(), sum, 1e-6, worker.get("name").asText());
    }
    assertEquals(List.of("report.json"), names(folder));
  }

  @Test
  void badDataFailsTheRunAndLeavesNothing() throws IOException {
    Path data = Files.write(folder.resolve("bad.csv"), List.of("a", "1", "x"));
    Path file =
        file(
            folder,
            "source: {csv: {path: bad.csv, types: {a: int32}}}",
            "sink: {csv: {path: out.csv}}");
    CommandLineRun run = CommandLineRun.of("run", file).exits(ExitCodes.FAILED);
    assertEquals(1, run.err().strip().lines().count(), run.err());
    assertTrue(run.err().startsWith("baton: "), run.err());
    assertTrue(run.err().contains(data.getFileName() + ", line 3"), run.err());
    assertEquals(List.of("bad.csv", "pipeline.yaml"), names(folder));
    CommandLineRun traced = CommandLineRun.of("run", file, "--debug").exits(ExitCodes.FAILED);
    assertTrue(traced.err().contains("\tat dev.baton."), traced.err());
  }

  @Test
  void whatIsWrongInTheFileIsFoundBeforeAnythingRuns() {
    Path file =
        file(
            folder,
            "source: {csv: {path: " + PENGUINS + "}}",
            "steps:",
            "  - standard-scalar: {columns: [year]}");
    CommandLineRun.of("run", file)
        .exits(ExitCodes.USAGE)
        .complains(
            "baton: "
                + file
                + ":3:5: unknown operator 'standard-scalar', did you mean 'standard-scaler'?");
    file(
        folder,
        "source: {csv: {path: " + PENGUINS + "}}",
        "steps:",
        "  - standard-scaler: {columns: [yaer]}");
    CommandLineRun run = CommandLineRun.of("run", file).exits(ExitCodes.USAGE);
    assertTrue(run.err().contains("stage 1"), run.err());
    assertTrue(run.err().contains("did you mean 'year'?"), run.err());
  }

  @Test
  void inputThatIsNotThereIsNamed() {
    Path missing = folder.resolve("missing.csv");
    CommandLineRun run =
        CommandLineRun.of("run", "penguins", "--in", missing).exits(ExitCodes.USAGE);
    assertTrue(run.err().contains(missing.toString()), run.err());
  }

  @Test
  void formatsThatCannotBeToldAreRefused() {
    CommandLineRun.of("run", "penguins", "--out", "features.parquetish")
        .exits(ExitCodes.USAGE)
        .complains(
            "baton: --out features.parquetish: cannot tell the format from the name; let it end in"
                + " .csv, .tsv, .jsonl, .parquet or .arrow");
  }

  private static List<String> names(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }
}
