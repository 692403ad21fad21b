package dev.baton.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.baton.engine.testkit.Jvm;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What one command printed and returned. */
record CommandLineRun(int code, String out, String err) {
  static final Path EXAMPLES = Path.of("").toAbsolutePath();
  static final Path PENGUINS = EXAMPLES.resolve("data/penguins.csv");

  /** Runs a command in this process, as in a pipe. */
  static CommandLineRun of(Object... args) {
    String[] texts = new String[args.length];
    for (int i = 0; i < args.length; i++) {
      texts[i] = args[i].toString();
    }
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    Terminal terminal = new Terminal(new PrintWriter(out), new PrintWriter(err), false);
    return new CommandLineRun(Main.run(terminal, texts), out.toString(), err.toString());
  }

  /** Starts a command in a process of its own. */
  static Process start(String... args) throws IOException {
    return command(List.of(), args).start();
  }

  /** The same with more flags for Java, not started yet. */
  static ProcessBuilder command(List<String> flags, String... args) {
    return new ProcessBuilder(Jvm.command(flags, Main.class.getName(), List.of(args)));
  }

  /** Writes a pipeline file. */
  static Path file(Path folder, String... lines) {
    try {
      return Files.write(folder.resolve("pipeline.yaml"), List.of(lines));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  CommandLineRun exits(int expected) {
    assertEquals(expected, code, () -> "exit code; out:\n" + out + "\nerr:\n" + err);
    return this;
  }

  /** Checks that results contain all these texts. */
  CommandLineRun prints(String... parts) {
    for (String part : parts) {
      assertTrue(out.contains(part), () -> "expected '" + part + "' in\n" + out);
    }
    return this;
  }

  /** Checks the messages on standard error, all of them. */
  CommandLineRun complains(String... lines) {
    assertEquals(String.join("\n", lines), err.strip().replace("\r", ""));
    return this;
  }
}
