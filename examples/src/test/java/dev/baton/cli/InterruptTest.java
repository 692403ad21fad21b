package dev.baton.cli;

import static dev.baton.cli.CommandLineRun.PENGUINS;
import static dev.baton.cli.CommandLineRun.file;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchService;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@DisabledOnOs(OS.WINDOWS)
class InterruptTest {
  private static final int PATIENCE = 60;
  private static final int SIGINT = 2;

  @TempDir private Path folder;

  @Test
  void controlCEndsARunWithoutOutput() throws Exception {
    Path output = Files.createDirectory(folder.resolve("output"));
    Path file =
        file(
            folder,
            "source: {csv: {path: " + PENGUINS + "}, repeat: 2000000000}",
            "sink: {csv: {path: output/out.csv}}");
    try (WatchService watch = FileSystems.getDefault().newWatchService()) {
      output.register(watch, StandardWatchEventKinds.ENTRY_CREATE);
      Process run = CommandLineRun.start("run", file.toString());
      String said;
      try {
        // The output under its temporary name: the run is on its way.
        assertNotNull(watch.poll(PATIENCE, TimeUnit.SECONDS), "the run did not start");
        assumeFalse(ignoresInterrupts(run), "started in the background, where interrupts are off");
        interrupt(run);
        assertTrue(run.waitFor(PATIENCE, TimeUnit.SECONDS), "the run did not end");
        said = new String(run.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
      } finally {
        run.destroyForcibly();
      }
      assertEquals(ExitCodes.INTERRUPTED, run.exitValue());
      assertEquals("baton: cancelled; no output was written", said.strip());
    }
    try (Stream<Path> files = Files.list(output)) {
      assertEquals(List.of(), files.toList());
    }
  }

  /**
   * Whether the process inherited that the signal is ignored, as what a shell runs with {@code &}.
   */
  private static boolean ignoresInterrupts(Process process) throws IOException {
    Path status = Path.of("/proc", Long.toString(process.pid()), "status");
    if (!Files.exists(status)) {
      return false;
    }
    String ignored =
        Files.readAllLines(status).stream()
            .filter(line -> line.startsWith("SigIgn:"))
            .map(line -> line.substring(7).strip())
            .findFirst()
            .orElse("0");
    return (Long.parseUnsignedLong(ignored, 16) & 1L << SIGINT - 1) != 0;
  }

  private static void interrupt(Process process) throws IOException, InterruptedException {
    String number = Long.toString(process.pid());
    assertEquals(0, new ProcessBuilder("kill", "-INT", number).start().waitFor());
  }
}
