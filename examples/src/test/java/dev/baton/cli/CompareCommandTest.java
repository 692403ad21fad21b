package dev.baton.cli;

import static dev.baton.cli.CommandLineRun.PENGUINS;
import static dev.baton.cli.CommandLineRun.file;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.baton.cli.python.Python;
import dev.baton.cli.python.Pythons;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CompareCommandTest {
  private static final Path ARROW = CommandLineRun.EXAMPLES.resolve("data/flights-200k.arrow");

  @TempDir private Path folder;

  @Test
  void printsOneLineForEachVariantAndTheBaselineFirst() {
    String out =
        compare("penguins", "--modes", "threads", "--workers", "2,1,2")
            .exits(ExitCodes.OK)
            .prints("penguins on ", "344 rows in, 344 out, 15 columns; output digest ")
            .out();
    List<String> lines = out.lines().toList();
    assertTrue(lines.get(2).matches("mode +lock +workers +rows/s .* digest"), lines.get(2));
    assertTrue(lines.get(3).matches("inline +none +1 .* 1\\.00x .*"), lines.get(3));
    List<String> variants =
        lines.subList(4, 8).stream()
            .map(line -> line.replaceAll("^(\\S+) +(\\S+) +(\\S+) .*", "$1 $2 $3"))
            .toList();
    assertEquals(
        List.of("threads global 2", "threads none 2", "threads global 1", "threads none 1"),
        variants);
    assertEquals("", lines.get(8));
  }

  /** The work of the example delays on fewer rows, in every Python of this machine. */
  @Test
  void aPythonBesideGivesTheSameDigest() throws IOException {
    List<Python> pythons = Pythons.find();
    assumeFalse(pythons.isEmpty(), "there is no Python here");
    Path delays = CommandLineRun.EXAMPLES.resolve("delays");
    Files.copy(delays.resolve("delays.py"), folder.resolve("delays.py"));
    Path csv = folder.resolve("some.csv");
    Files.write(
        csv,
        Files.readAllLines(CommandLineRun.EXAMPLES.resolve("data/flights-50k.csv"))
            .subList(0, 4000));
    Path pipeline = folder.resolve("delays.yaml");
    Files.writeString(
        pipeline,
        Files.readString(delays.resolve("delays.yaml"))
            .replace("../data/flights-50k.csv", csv.toString()));
    Path json = folder.resolve("figures.json");
    CommandLineRun run =
        compare(pipeline, "--modes", "inline", "--repeats", 1, "--with-python", "--json", json)
            .exits(ExitCodes.OK)
            .prints("as Baton's");
    assertFalse(run.out().contains("differs"), run.out());
    assertFalse(run.out().contains("was not measured"), run.out());
    JsonNode figures = new ObjectMapper().readTree(json.toFile());
    assertTrue(figures.get("outputsAgree").asBoolean());
    assertEquals(pythons.size(), figures.get("python").size());
  }

  @Test
  void inlineHasOneWorkerWhateverIsAskedFor() {
    String out =
        compare("hello", "--modes", "inline", "--workers", "1,2,3", "--repeats", 1)
            .exits(ExitCodes.OK)
            .out();
    assertEquals(
        2, out.lines().skip(2).limit(5).filter(line -> line.startsWith("inline ")).count(), out);
  }

  @Test
  void jsonHasTheFiguresOfEveryVariantAndRepeat() throws IOException {
    Path json = folder.resolve("figures.json");
    compare(
            "penguins",
            "--modes",
            "inline,threads",
            "--workers",
            2,
            "--locks",
            "global,none",
            "--repeats",
            2,
            "--json",
            json)
        .exits(ExitCodes.OK);
    JsonNode figures = new ObjectMapper().readTree(json.toFile());
    assertEquals("penguins", figures.get("pipeline").asText());
    assertTrue(figures.get("outputsAgree").asBoolean());
    assertFalse(figures.get("conclusion").asText().isBlank());
    assertEquals(Set.of("cores", "processor", "jdk", "os"), names(figures.get("machine")));
    assertEquals(4, figures.get("variants").size());
    for (JsonNode variant : figures.get("variants")) {
      assertTrue(
          names(variant)
              .containsAll(
                  List.of(
                      "mode",
                      "lock",
                      "workers",
                      "rows",
                      "wallSeconds",
                      "cpuSeconds",
                      "rowsPerSecond",
                      "speedup",
                      "lockWaitSeconds",
                      "peakMemoryBytes",
                      "outputDigest")),
          variant.toString());
      assertEquals(344, variant.get("rows").asLong());
      assertTrue(variant.get("wallSeconds").asDouble() > 0);
      assertEquals(
          344 / variant.get("wallSeconds").asDouble(),
          variant.get("rowsPerSecond").asDouble(),
          1e-6);
      assertTrue(variant.get("peakMemoryBytes").asLong() > 0);
      assertEquals(2, variant.get("repeats").size());
      assertTrue(variant.get("repeats").get(1).get("cpuSeconds").isNumber());
    }
    JsonNode baseline = figures.get("variants").get(0);
    assertEquals("inline", baseline.get("mode").asText());
    assertEquals("none", baseline.get("lock").asText());
    assertEquals(1.0, baseline.get("speedup").asDouble());
  }

  @Test
  @Tag("process")
  void processesAreComparedWithWhatTheirStartAndTheirMessagesTake() throws IOException {
    Path json = folder.resolve("processes.json");
    compare(
            "penguins",
            "--modes",
            "inline,processes",
            "--workers",
            "1,2",
            "--locks",
            "none",
            "--ship",
            "data",
            "--transport",
            "queue",
            "--repeats",
            1,
            "--json",
            json)
        .exits(ExitCodes.OK);
    JsonNode figures = new ObjectMapper().readTree(json.toFile());
    assertTrue(figures.get("outputsAgree").asBoolean());
    JsonNode variants = figures.get("variants");
    assertEquals(3, variants.size());
    assertEquals(0, variants.get(0).get("startupSeconds").asDouble());
    assertEquals(0, variants.get(0).get("ipcBytes").asLong());
    for (int i = 1; i < 3; i++) {
      JsonNode processes = variants.get(i);
      assertEquals("processes", processes.get("mode").asText());
      // So few rows are one split, for which the worker of the variant before is there.
      assertEquals(i == 1, processes.get("startupSeconds").asDouble() > 0, processes::toString);
      assertTrue(processes.get("ipcSeconds").asDouble() > 0, processes::toString);
      // 344 rows of four numbers at least cross.
      assertTrue(processes.get("ipcBytes").asLong() > 344 * 4 * 8, processes::toString);
    }
  }

  @Test
  void refusesToCompareSpeedsOfDifferentOutputs() throws IOException {
    Path file =
        file(
            folder,
            "source: {csv: {path: " + PENGUINS + "}}",
            "steps:",
            "  - unsteady: {column: year}");
    Path json = folder.resolve("figures.json");
    CommandLineRun run =
        compare(file, "--modes", "threads", "--workers", 1, "--json", json)
            .exits(ExitCodes.DIGESTS_DIFFER)
            .prints("DIFFERS", "digests");
    assertFalse(run.out().contains("speed-up"), run.out());
    assertFalse(run.out().contains("rows/s"), run.out());
    assertTrue(
        run.err().startsWith("baton: outputs differ, so speeds are not compared: "), run.err());
    assertTrue(run.err().contains("threads x 1, none"), run.err());
    Matcher where =
        Pattern.compile(
                "first differ at\\s+batch\\s+0,\\s+row\\s+0,\\s+column 'year':\\s+(\\S+)\\s+against\\s+(\\S+)\\.\\s")
            .matcher(run.out());
    assertTrue(where.find(), run.out());
    assertNotEquals(where.group(1), where.group(2));
    JsonNode figures = new ObjectMapper().readTree(json.toFile());
    assertFalse(figures.get("outputsAgree").asBoolean());
    JsonNode difference = figures.get("difference");
    assertEquals("year", difference.get("column").asText());
    assertEquals(where.group(1), difference.get("left").asText());
    assertEquals(where.group(2), difference.get("right").asText());
    Set<String> digests = new TreeSet<>();
    for (JsonNode variant : figures.get("variants")) {
      assertTrue(variant.get("speedup").isNull(), variant.toString());
      assertTrue(variant.get("rowsPerSecond").isNull(), variant.toString());
      digests.add(variant.get("outputDigest").asText());
    }
    assertTrue(digests.size() > 1, digests.toString());
  }

  @Test
  void switchIntervalsAndBatchSizesAreAxes() {
    String out =
        compare(
                "penguins",
                "--modes",
                "threads",
                "--workers",
                2,
                "--locks",
                "global",
                "--switch-intervals",
                "1ms,5ms",
                "--batch-sizes",
                "4KiB,64KiB",
                "--repeats",
                1)
            .exits(ExitCodes.OK)
            .out();
    assertEquals(
        List.of(
            "inline none 1 4.0 KiB",
            "threads global 1ms 2 4.0 KiB",
            "threads global 2 4.0 KiB",
            "inline none 1 64 KiB",
            "threads global 1ms 2 64 KiB",
            "threads global 2 64 KiB"),
        out.lines()
            .skip(3)
            .limit(6)
            .map(line -> line.replaceAll("  +", " ").replaceAll("(KiB) .*", "$1"))
            .toList());
  }

  @Test
  void aSourceWithoutSplitBytesHasNoBatchSizes() {
    compare("penguins", "--in", ARROW, "--batch-sizes", "1MiB")
        .exits(ExitCodes.USAGE)
        .complains(
            "baton: --batch-sizes: ArrowSource has no split-bytes, so its batches have no size in"
                + " bytes; leave the option out");
  }

  @Test
  void writesNoOutput() {
    Path file =
        file(folder, "source: {csv: {path: " + PENGUINS + "}}", "sink: {csv: {path: out.csv}}");
    compare(file, "--repeats", 1, "--workers", 1).exits(ExitCodes.OK);
    assertFalse(Files.exists(folder.resolve("out.csv")));
  }

  /** Compares, with the report among the other files of the test. */
  private CommandLineRun compare(Object... args) {
    List<Object> all =
        new ArrayList<>(List.of("compare", "--report", folder.resolve("report.html")));
    all.addAll(List.of(args));
    return CommandLineRun.of(all.toArray());
  }

  private static Set<String> names(JsonNode object) {
    List<String> names = new ArrayList<>();
    object.fieldNames().forEachRemaining(names::add);
    return new TreeSet<>(names);
  }
}
