package dev.baton.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** The log is set up once in a process, so each of these has its own. */
class VerboseTest {
  private static String saidOnStandardError(String... args)
      throws IOException, InterruptedException {
    Process run = CommandLineRun.start(args);
    run.getOutputStream().close();
    String said = new String(run.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, run.waitFor(), said);
    return said;
  }

  @Test
  void runsSayThatTheyStartAndEndOnRequest() throws Exception {
    String said = saidOnStandardError("run", "penguins", "--mode", "inline", "--verbose");
    assertTrue(said.contains("INFO run 1 started: mode inline, workers 1, lock none\n"), said);
    assertTrue(said.contains("INFO run 1 ended: 344 rows in, 344 rows out, 3 passes, "), said);
  }

  @Test
  void elseTheyAreQuiet() throws Exception {
    assertEquals("", saidOnStandardError("run", "penguins", "--mode", "inline"));
  }
}
