package dev.baton.cli;

import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code baton doctor}. */
@Command(
    name = "doctor",
    description = "Checks that this machine is fit to run Baton, and says how to fix what is not.",
    mixinStandardHelpOptions = true,
    footer = {"", "Exit code 1 when there is a problem."})
final class DoctorCommand implements Callable<Integer> {
  private final Terminal terminal;

  DoctorCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    List<Check> checks = Check.all(Facts.current());
    for (Check check : checks) {
      terminal.out().printf("%-7s  %-16s  %s%n", check.word(), check.subject(), check.finding());
      if (check.fix() != null) {
        terminal.out().printf("%27s  fix: %s%n", "", check.fix());
      }
    }
    boolean fit = checks.stream().allMatch(check -> check.fix() == null);
    terminal.out().println();
    terminal.out().println(fit ? "Baton can run here." : "Fix what is marked 'problem'.");
    return fit ? ExitCodes.OK : ExitCodes.FAILED;
  }
}
