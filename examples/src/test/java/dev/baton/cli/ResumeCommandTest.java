package dev.baton.cli;

import static dev.baton.cli.CommandLineRun.EXAMPLES;
import static dev.baton.cli.CommandLineRun.file;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A command that was killed is given again, in another mode, and ends with the same bytes. */
@Tag("process")
@Timeout(300)
class ResumeCommandTest {
  @TempDir private Path folder;

  @Test
  void aKilledRunGoesOnInAnotherMode() throws Exception {
    Path file =
        file(
            folder,
            "source:",
            "  csv: {path: " + EXAMPLES.resolve("data/birdstrikes.csv") + ", bad: skip}",
            "  repeat: 150",
            "steps:",
            "- simple-imputer: {columns: {type: numeric}, strategy: mean}",
            "- standard-scaler: {columns: {type: numeric}}");
    Path plain = folder.resolve("plain.csv");
    Path out = folder.resolve("out.csv");
    Path position = folder.resolve("out.csv.resume/position");
    String expected =
        digest(CommandLineRun.of("run", file, "--out", plain, "--mode", "threads", "--digest"));
    for (String mode : List.of("inline", "threads")) {
      Process run =
          CommandLineRun.start(
              "run", file.toString(), "--out", out.toString(), "--mode", mode, "--resume");
      byte[] before = Files.exists(position) ? Files.readAllBytes(position) : new byte[0];
      while (run.isAlive() && !isLater(position, before)) {
        run.waitFor(1, TimeUnit.MILLISECONDS);
      }
      run.destroyForcibly();
      assertEquals(137, run.waitFor(), "it was over before it could be killed");
      assertFalse(Files.exists(out));
    }
    CommandLineRun last =
        CommandLineRun.of(
            "run",
            file,
            "--out",
            out,
            "--mode",
            "processes",
            "--workers",
            "2",
            "--resume",
            "--digest");
    assertEquals(expected, digest(last));
    last.prints("resumed");
    assertEquals(-1, Files.mismatch(plain, out));
    assertFalse(Files.exists(position.getParent()));
  }

  private static boolean isLater(Path position, byte[] before) throws Exception {
    return Files.exists(position) && !java.util.Arrays.equals(before, Files.readAllBytes(position));
  }

  private static String digest(CommandLineRun run) {
    Matcher digest = Pattern.compile("digest[: ]+([0-9a-f]+)").matcher(run.exits(0).out());
    assertTrue(digest.find(), run.out());
    return digest.group(1);
  }
}
