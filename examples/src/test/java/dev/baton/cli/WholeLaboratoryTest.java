package dev.baton.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.baton.cli.lab.Experiment;
import dev.baton.cli.lab.Experiments;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The laboratory at full length, in a process of its own, as a user runs it: no check fails. It
 * takes minutes and an idle machine, so only the profile {@code lab} runs it.
 */
@Tag("lab")
class WholeLaboratoryTest {
  @TempDir private Path folder;

  @Test
  void noCheckFails() throws Exception {
    Path json = folder.resolve("figures.json");
    Process lab =
        CommandLineRun.command(
                List.of(), "lab", "--json", json.toString(), "--report", folder + "/lab.html")
            .inheritIO()
            .start();
    try {
      assertEquals(ExitCodes.OK, lab.waitFor());
    } finally {
      lab.destroyForcibly();
    }
    List<String> ran = new ArrayList<>();
    List<String> failed = new ArrayList<>();
    for (JsonNode experiment : new ObjectMapper().readTree(json.toFile()).get("experiments")) {
      ran.add(experiment.get("id").asText());
      for (JsonNode check : experiment.get("checks")) {
        if (check.get("verdict").asText().equals("fail")) {
          failed.add(check.get("what").asText() + ": " + check.get("measured"));
        }
      }
    }
    assertEquals(Experiments.all().stream().map(Experiment::id).toList(), ran);
    assertEquals(List.of(), failed);
  }
}
