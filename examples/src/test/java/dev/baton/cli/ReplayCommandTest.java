package dev.baton.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Tag("process")
@Timeout(120)
class ReplayCommandTest {
  @TempDir Path folder;

  private Path kept() {
    return folder.resolve("kept");
  }

  private void keep() {
    Path file =
        CommandLineRun.file(
            folder,
            "source: {csv: {path: " + CommandLineRun.PENGUINS + ", nulls: [NA]}, repeat: 3}",
            "steps:",
            "  - standard-scaler: {columns: [body_mass_g]}");
    CommandLineRun.of(
            "run",
            file,
            "--mode",
            "processes",
            "--workers",
            1,
            "--transport",
            "queue",
            "--keep",
            kept())
        .exits(ExitCodes.OK);
  }

  @Test
  void itPrintsWhatCrossedAndAFreshWorkerAnswersTheSame() throws Exception {
    keep();
    CommandLineRun.of("replay", kept())
        .exits(ExitCodes.OK)
        .prints("worker", "gets", "says", "plan", "split", "results", "finish", "stop");
    Path json = folder.resolve("replay.json");
    CommandLineRun.of("replay", kept(), "--rerun", "--json", json)
        .exits(ExitCodes.OK)
        .prints("a fresh worker was sent");
    JsonNode root = new ObjectMapper().readTree(Files.readString(json));
    assertEquals("ready", root.at("/messages/0/kind").asText(), root::toString);
    JsonNode rerun = root.at("/reruns/0");
    assertTrue(rerun.get("compared").asLong() > 3, rerun::toString);
    assertTrue(rerun.get("difference").isNull(), rerun::toString);
  }

  @Test
  void aFolderThatKeepsNothingIsAMistake() {
    CommandLineRun run = CommandLineRun.of("replay", folder).exits(ExitCodes.USAGE);
    assertEquals("", run.out());
    assertTrue(run.err().startsWith("baton: " + folder + " holds no queues"), run::err);
  }
}
