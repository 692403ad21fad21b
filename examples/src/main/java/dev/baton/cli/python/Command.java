package dev.baton.cli.python;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Runs a program to its end. */
final class Command {
  private Command() {}

  /**
   * What it prints.
   *
   * @param environment set besides that of this process
   * @throws IOException when it cannot be started, fails, or takes longer, with what it said
   */
  static String run(List<String> command, Map<String, String> environment, Duration limit)
      throws IOException, InterruptedException {
    Path out = Files.createTempFile("baton-out", null);
    Path err = Files.createTempFile("baton-err", null);
    try {
      ProcessBuilder builder = new ProcessBuilder(command);
      builder.environment().putAll(environment);
      builder.redirectOutput(out.toFile()).redirectError(err.toFile());
      Process process = builder.start();
      process.getOutputStream().close();
      try {
        if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
          throw new IOException(command.get(0) + " did not end within " + limit.toSeconds() + " s");
        }
      } finally {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
      }
      if (process.exitValue() != 0) {
        String said = Files.readString(err, StandardCharsets.UTF_8).strip();
        throw new IOException(
            command.get(0)
                + " ended with exit code "
                + process.exitValue()
                + ": "
                + said.substring(said.lastIndexOf('\n') + 1));
      }
      return Files.readString(out, StandardCharsets.UTF_8);
    } finally {
      Files.deleteIfExists(out);
      Files.deleteIfExists(err);
    }
  }
}
