package dev.baton.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code baton examples}. */
@Command(
    name = "examples",
    description = "Lists the examples that come with Baton.",
    mixinStandardHelpOptions = true)
final class ExamplesCommand implements Callable<Integer> {
  private final Terminal terminal;

  ExamplesCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    if (Examples.all().isEmpty()) {
      throw new UsageException(
          "the examples are not here; start Baton with the launcher in its folder");
    }
    Table table = new Table("example", "what it shows", "file");
    for (Examples.Example example : Examples.all()) {
      table.row(example.name(), example.summary(), example.file().toString());
    }
    terminal.out().print(table);
    terminal.out().println();
    terminal.out().println("Run one:      baton run NAME");
    terminal.out().println("Measure one:  baton compare NAME");
    return ExitCodes.OK;
  }
}
