package dev.baton.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InformationCommandsTest {
  @Test
  void explainTellsThePassesWithoutRunning() {
    CommandLineRun.of("explain", "penguins")
        .exits(ExitCodes.OK)
        .prints("fit pass 1", "last pass", "writes nothing", "lock none");
  }

  @Test
  void explainSaysWhatIsFittedOnWhatAndKept(@TempDir Path folder) throws IOException {
    Path json = folder.resolve("plan.json");
    CommandLineRun.of("explain", "birdstrikes", "--json", json)
        .exits(ExitCodes.OK)
        .prints(
            " of 14 columns)",
            "fit   6 SimpleImputer\n          on speed\n          keeps ",
            "fit   11 StandardScaler\n          on ",
            "; after 6\n");
    JsonNode read = new ObjectMapper().readTree(json.toFile());
    assertEquals(14, read.path("columns").size());
    assertEquals(3, read.path("passes").size());
    Path model = folder.resolve("m.baton");
    CommandLineRun.of("fit", "penguins", "--model", model).exits(ExitCodes.OK);
    CommandLineRun.of("explain", "--model", model).exits(ExitCodes.OK).prints("last pass", "gives");
    CommandLineRun.of("explain")
        .exits(ExitCodes.USAGE)
        .complains("baton: say which FILE.yaml or EXAMPLE, or which --model");
  }

  @Test
  void examplesAreListedWithTheirFiles() {
    CommandLineRun run =
        CommandLineRun.of("examples")
            .exits(ExitCodes.OK)
            .prints("birdstrikes  ", "hello  ", "penguins  ", "text  ", "penguins.yaml");
    assertTrue(run.out().lines().count() >= 8, run.out());
  }

  @Test
  void everyExampleCanBeExplained() {
    assertTrue(Examples.all().size() >= 3);
    for (Examples.Example example : Examples.all()) {
      assertTrue(example.summary().length() > 20, example.toString());
      CommandLineRun.of("explain", example.name()).exits(ExitCodes.OK);
    }
  }

  @Test
  void operatorsAreListedWithTheirFirstSentence() {
    CommandLineRun.of("operators")
        .exits(ExitCodes.OK)
        .prints("standard-scaler  ", "one-hot-encoder  ", "source\n", "Rows of a CSV file");
  }

  @Test
  void anOperatorIsShownWithItsParameters() {
    CommandLineRun.of("operators", "clip")
        .exits(ExitCodes.OK)
        .prints("clip (operator)\n", "  columns: ", "(required)", "numeric columns");
    CommandLineRun.of("operators", "csv")
        .exits(ExitCodes.OK)
        .prints("csv (source)\n", "csv (sink)\n", "  header: true or false (default true)");
    CommandLineRun.of("operators", "one-hot")
        .exits(ExitCodes.USAGE)
        .complains("baton: unknown operator 'one-hot', did you mean 'one-hot-encoder'?");
    String all = CommandLineRun.of("operators", "zzz").exits(ExitCodes.USAGE).err();
    assertTrue(all.startsWith("baton: unknown operator 'zzz'; valid are "), all);
    assertTrue(all.contains(", bucketizer, ") && all.endsWith(", …\n"), all);
  }

  @Test
  void doctorLooksAtEverythingARunNeeds() {
    CommandLineRun run = CommandLineRun.of("doctor");
    run.prints("Java  ", "JVM flags  ", "cores  ", "memory  ", "temporary files  ", "this folder");
    boolean fit = !run.out().contains("problem  ");
    assertEquals(fit ? ExitCodes.OK : ExitCodes.FAILED, run.code(), run.out());
  }
}
