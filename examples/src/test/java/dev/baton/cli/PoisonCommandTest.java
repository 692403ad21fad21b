package dev.baton.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.baton.engine.operator.Binder;
import dev.baton.engine.operator.BoundTransform;
import dev.baton.engine.operator.Columns;
import dev.baton.engine.operator.Transform;
import dev.baton.engine.operator.TypeFamily;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Tag("process")
@Timeout(120)
class PoisonCommandTest {
  private static final String FOLDER = "baton.quarantine.dir";

  @TempDir Path folder;

  /** Ends the process it runs in when it sees a 13 in the column y. */
  public record Lethal() implements Transform {
    @Override
    public BoundTransform bind(Binder binder) {
      binder.read(Columns.of("y"), TypeFamily.NUMERIC);
      binder.changesRows(); // so that no pass leaves it out
      return binder.transform(
          context ->
              batch -> {
                for (int row = 0; row < batch.rows(); row++) {
                  if (((Number) batch.column("y").getObject(row)).intValue() == 13) {
                    Runtime.getRuntime().halt(7);
                  }
                }
              });
    }
  }

  @BeforeEach
  void saveHere() {
    System.setProperty(FOLDER, folder.resolve("quarantine").toString());
  }

  @AfterEach
  void saveThereAgain() {
    System.clearProperty(FOLDER);
  }

  /** Several splits, the last of which holds a 13. */
  private Path pipeline() throws Exception {
    StringBuilder csv = new StringBuilder("x,y\n");
    for (int i = 0; i < 1000; i++) {
      csv.append(i).append(",1\n");
    }
    Files.writeString(folder.resolve("in.csv"), csv + "1000,13\n");
    return CommandLineRun.file(
        folder,
        "source: {csv: {path: in.csv, split-bytes: 1024}}",
        "steps:",
        "  - standard-scaler: {columns: [x]}",
        "  - dev.baton.cli.PoisonCommandTest$Lethal: {}");
  }

  private CommandLineRun run(Object... more) throws Exception {
    Object[] all =
        Stream.concat(
                Stream.of("run", pipeline(), "--mode", "processes", "--workers", 2),
                Stream.of(more))
            .toArray();
    return CommandLineRun.of(all);
  }

  @Test
  void byDefaultTheRunFails() throws Exception {
    CommandLineRun run = run().exits(ExitCodes.FAILED);
    assertTrue(run.err().contains("ended 3 workers and is given up; its rows are in"), run::err);
  }

  @Test
  void skippedRowsAreCountedInTheSummaryTheJsonAndTheExitCode() throws Exception {
    Path json = folder.resolve("run.json");
    CommandLineRun run = run("--poison", "skip", "--json", json).exits(ExitCodes.LEFT_OUT);
    JsonNode root = new ObjectMapper().readTree(Files.readString(json));
    JsonNode leftOut = root.get("leftOut");
    int rows = leftOut.get("rows").asInt();
    assertTrue(rows > 0 && rows < 1001, root::toString);
    assertEquals(1001, root.get("rows").asInt() + rows);
    assertEquals(1, leftOut.get("batches").asInt());
    run.prints("without " + rows + " rows of 1 batches that ended workers, which are in");
    assertTrue(Files.exists(Path.of(leftOut.at("/files/0").asText())));
  }

  @Test
  void itIsForProcessesOnly() throws Exception {
    CommandLineRun.of("run", pipeline(), "--poison", "skip")
        .exits(ExitCodes.USAGE)
        .complains("baton: --ship, --transport and --poison are for --mode processes only");
  }
}
