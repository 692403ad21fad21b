package dev.baton.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.baton.cli.lab.Experiment;
import dev.baton.cli.lab.Experiments;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LabCommandTest {
  private static final Set<String> VERDICTS =
      Set.of("pass", "fail", "not reproduced here", "cannot tell here");

  @TempDir private Path folder;

  @Test
  void listNamesEveryExperimentAndRunsNone() {
    CommandLineRun run = CommandLineRun.of("lab", "--list").exits(ExitCodes.OK);
    List<String> ids = run.out().lines().skip(1).map(line -> line.split(" ")[0]).toList();
    assertEquals(Experiments.all().stream().map(Experiment::id).toList(), ids);
    assertEquals("", run.err());
  }

  @Test
  void jsonHasEachCheckWithItsToleranceAndVerdict() throws IOException {
    Path json = folder.resolve("figures.json");
    Path report = folder.resolve("lab.html");
    CommandLineRun.of(
            "lab", "sharing", "--slice", "5ms", "--rounds", 1, "--json", json, "--report", report)
        .exits(ExitCodes.OK)
        .prints("sharing: ", " checks pass", "report: " + report);
    assertTrue(Files.size(report) > 0);
    JsonNode figures = new ObjectMapper().readTree(json.toFile());
    JsonNode experiment = figures.get("experiments").get(0);
    assertEquals("sharing", experiment.get("id").asText());
    assertEquals(Experiments.named("sharing").claim(), experiment.get("claim").asText());
    assertFalse(experiment.get("tables").isEmpty());
    assertFalse(experiment.get("checks").isEmpty());
    for (JsonNode check : experiment.get("checks")) {
      double measured = check.get("measured").asDouble();
      boolean within =
          measured >= check.get("low").asDouble()
              && (check.get("high").isNull() || measured <= check.get("high").asDouble());
      String verdict = check.get("verdict").asText();
      assertTrue(VERDICTS.contains(verdict), verdict);
      // With one core nothing can be told of some, whatever was measured.
      assertTrue(verdict.equals("cannot tell here") || within == verdict.equals("pass"), verdict);
    }
  }

  @Test
  void quickMeasuresThreeRoundsOfATenthOfASecond() throws IOException {
    Path report = folder.resolve("lab.html");
    CommandLineRun.of("lab", "deadlock", "--quick", "--report", report).exits(ExitCodes.OK);
    assertTrue(Files.readString(report).contains("3 of 100 ms a run"));
  }

  @Test
  void anUnknownExperimentIsAMistake() {
    CommandLineRun.of("lab", "convoi")
        .exits(ExitCodes.USAGE)
        .complains("baton: unknown experiment 'convoi', did you mean 'convoy'?");
  }
}
