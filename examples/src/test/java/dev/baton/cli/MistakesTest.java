package dev.baton.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class MistakesTest {
  private static void mistake(String message, String help, Object... args) {
    CommandLineRun.of(args).exits(ExitCodes.USAGE).complains(message, help);
  }

  @Test
  void theNearestNameIsSuggested() {
    mistake(
        "baton: unknown command 'comapre', did you mean 'compare'?",
        "Try 'baton --help'.",
        "comapre");
    mistake(
        "baton: unknown option '--moed', did you mean '--mode'?",
        "Try 'baton run --help'.",
        "run",
        "penguins",
        "--moed=inline");
    mistake(
        "baton: --mode: unknown mode 'thread', did you mean 'threads'?",
        "Try 'baton run --help'.",
        "run",
        "penguins",
        "--mode",
        "thread");
    mistake(
        "baton: --lock: unknown lock policy 'golbal', did you mean 'global'?",
        "Try 'baton run --help'.",
        "run",
        "penguins",
        "--lock",
        "golbal");
    mistake(
        "baton: --locks: unknown lock policy 'perobject', did you mean 'per-object'?",
        "Try 'baton compare --help'.",
        "compare",
        "penguins",
        "--locks",
        "none,perobject");
    CommandLineRun.of("compare", "penguins", "--with-python")
        .exits(ExitCodes.USAGE)
        .complains(
            "baton: --with-python: there is no Python script beside "
                + Examples.resolve("penguins")
                + "; the example delays has both");
    CommandLineRun.of("run", "pengiuns")
        .exits(ExitCodes.USAGE)
        .complains("baton: no file and no example is called 'pengiuns', did you mean 'penguins'?");
    CommandLineRun.of("run", "penguins/penguins.yml")
        .exits(ExitCodes.USAGE)
        .complains(
            "baton: there is no file penguins/penguins.yml (looked in "
                + CommandLineRun.EXAMPLES.resolve("penguins")
                + "), did you mean penguins/penguins.yaml?");
  }

  @Test
  void valuesThatMakeNoSenseAreQuoted() {
    mistake(
        "baton: --workers: 'two' is not a whole number",
        "Try 'baton run --help'.",
        "run",
        "penguins",
        "--workers",
        "two");
    mistake(
        "baton: --switch-interval: expected a duration such as 5ms, 2s or PT1M but was 'soon'",
        "Try 'baton run --help'.",
        "run",
        "penguins",
        "--switch-interval",
        "soon");
    CommandLineRun.of("run", "penguins", "--workers", 0)
        .exits(ExitCodes.USAGE)
        .complains("baton: workers must be 1 to 1024 but was 0");
    CommandLineRun.of("compare", "penguins", "--repeats", 0)
        .exits(ExitCodes.USAGE)
        .complains("baton: --repeats must be at least 1 but was 0");
  }

  @Test
  void optionsThatDoNotGoTogetherAreExplained() {
    CommandLineRun.of("run", "penguins", "--mode", "inline", "--workers", 2)
        .exits(ExitCodes.USAGE)
        .complains("baton: mode inline has one worker, not 2; use --mode threads for more");
    CommandLineRun.of("run", "penguins", "--lock", "none", "--switch-interval", "1ms")
        .exits(ExitCodes.USAGE)
        .complains(
            "baton: lock policy 'none' has no switch interval; only global and global-released"
                + " have");
  }

  @Test
  void missingAndSurplusArgumentsAreNamed() {
    mistake("baton: say which FILE.yaml", "Try 'baton run --help'.", "run");
    mistake(
        "baton: 'b.yaml' is one argument too many",
        "Try 'baton explain --help'.",
        "explain",
        "penguins",
        "b.yaml");
  }

  @Test
  void helpAndVersionAreNoMistakes() {
    CommandLineRun.of("--help").exits(ExitCodes.OK).prints("compare", "doctor", "Exit codes: 0");
    CommandLineRun.of().exits(ExitCodes.OK).prints("Usage: baton");
    for (String command :
        new String[] {"run", "compare", "explain", "examples", "operators", "doctor"}) {
      CommandLineRun.of(command, "--help").exits(ExitCodes.OK).prints("Usage: baton " + command);
    }
    String version = CommandLineRun.of("--version").exits(ExitCodes.OK).out();
    assertTrue(version.matches("(?s)baton \\d+\\.\\d+\\.\\d+\\S*\\RJava .*"), version);
    assertEquals(2, version.strip().lines().count());
  }
}
