package dev.baton.cli;

import static dev.baton.cli.CommandLineRun.EXAMPLES;
import static dev.baton.cli.CommandLineRun.file;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AutoModeTest {
  @TempDir private Path folder;

  @Test
  void aSmallInputRunsInline() {
    CommandLineRun.of("run", "penguins", "--mode", "auto", "--workers", 1)
        .exits(ExitCodes.OK)
        .prints(" rows/s, inline, lock none\n", "auto    ");
  }

  @Test
  void runsInTheModeItChoseAndGivesTheSameBits() throws IOException {
    Path birdstrikes = EXAMPLES.resolve("data/birdstrikes.csv");
    Path file =
        file(
            folder,
            "source: {csv: {path: '" + birdstrikes + "', split-bytes: 65536}, repeat: 60}",
            "steps:",
            "  - standard-scaler: {columns: [Cost Other]}");
    Path json = folder.resolve("report.json");
    CommandLineRun.of("run", file, "--mode", "auto", "--workers", 2, "--json", json)
        .exits(ExitCodes.OK)
        .prints("auto    ");
    JsonNode report = new ObjectMapper().readTree(json.toFile());
    JsonNode auto = report.get("auto");
    assertEquals(report.get("mode").asText(), auto.get("mode").asText());
    // How much is sampled, and whether it is worth a choice, depends on the speed of the machine.
    assertTrue(auto.get("sampleFraction").asDouble() > 0, auto.toString());
    Path plain = folder.resolve("plain.json");
    CommandLineRun.of("run", file, "--mode", "inline", "--json", plain).exits(ExitCodes.OK);
    assertEquals(
        new ObjectMapper().readTree(plain.toFile()).get("outputDigest"),
        report.get("outputDigest"));
  }

  @Test
  void onlyRunChooses() {
    CommandLineRun.of("fit", "penguins", "--mode", "auto", "--model", folder.resolve("m"))
        .exits(ExitCodes.USAGE)
        .complains("baton: mode auto is for the command run only");
  }
}
