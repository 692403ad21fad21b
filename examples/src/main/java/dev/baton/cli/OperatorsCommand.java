package dev.baton.cli;

import dev.baton.engine.batch.Names;
import dev.baton.engine.spec.Catalogue;
import dev.baton.engine.spec.Entry;
import dev.baton.engine.spec.Parameter;
import dev.baton.engine.spec.index.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code baton operators}. */
@Command(
    name = "operators",
    description = "Lists what a pipeline file can name, or says all about one of them.",
    mixinStandardHelpOptions = true)
final class OperatorsCommand implements Callable<Integer> {
  private static final int WIDTH = 90;

  private final Terminal terminal;

  @Parameters(
      arity = "0..1",
      paramLabel = "NAME",
      description = "An operator, source or sink, as files name it.")
  private String name;

  @Option(
      names = "--markdown",
      description = "Prints all about every operator as a page, which is docs/operators.md.")
  private boolean markdown;

  OperatorsCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    Catalogue catalogue = Catalogue.load();
    if (markdown) {
      terminal.out().print(new OperatorPage(catalogue).text());
      return ExitCodes.OK;
    }
    if (name == null) {
      for (Kind kind : Kind.values()) {
        Table table = new Table(kind.word(), "");
        catalogue.entries(kind).forEach(entry -> table.row(entry.name(), entry.summary()));
        terminal.out().println(table);
      }
      terminal.out().println("All about one: baton operators NAME");
      return ExitCodes.OK;
    }
    boolean found = false;
    List<String> names = new ArrayList<>();
    for (Kind kind : Kind.values()) {
      Entry entry = catalogue.entry(kind, name);
      catalogue.entries(kind).forEach(other -> names.add(other.name()));
      if (entry != null) {
        describe(entry);
        found = true;
      }
    }
    if (!found) {
      throw new UsageException("unknown operator '" + name + "'" + Names.hint(name, names));
    }
    return ExitCodes.OK;
  }

  private void describe(Entry entry) {
    terminal.out().println(entry.name() + " (" + entry.kind().word() + ")");
    terminal.out().print(indent(entry.doc(), 2));
    terminal.out().println();
    for (Parameter parameter : entry.parameters()) {
      String otherwise =
          parameter.required()
              ? "required"
              : parameter.defaultValue() == null
                  ? "optional"
                  : "default " + parameter.defaultValue();
      terminal.out().printf("  %s: %s (%s)%n", parameter.name(), parameter.type(), otherwise);
      terminal.out().print(indent(parameter.doc(), 6));
    }
    terminal.out().println();
  }

  /** The paragraphs of a text, filled to the width of a page. */
  private static String indent(String text, int blanks) {
    StringBuilder filled = new StringBuilder();
    for (String paragraph : text.split("\n\\s*\n")) {
      StringBuilder line = new StringBuilder();
      for (String word : paragraph.strip().split("\\s+")) {
        if (line.length() > 0 && blanks + line.length() + 1 + word.length() > WIDTH) {
          filled.append(" ".repeat(blanks)).append(line).append('\n');
          line.setLength(0);
        }
        line.append(line.length() == 0 ? "" : " ").append(word);
      }
      if (line.length() > 0) {
        filled.append(" ".repeat(blanks)).append(line).append('\n');
      }
    }
    return filled.toString();
  }
}
