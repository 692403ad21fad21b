package dev.baton.cli;

import dev.baton.engine.batch.Names;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Says in one line what is wrong with a command line, and what was probably meant. */
final class Mistakes {
  private Mistakes() {}

  static String message(ParameterException e) {
    CommandSpec command = e.getCommandLine().getCommandSpec();
    if (e instanceof UnmatchedArgumentException unmatched && !unmatched.getUnmatched().isEmpty()) {
      return unmatched(command, unmatched.getUnmatched().get(0));
    }
    if (e instanceof MissingParameterException missing && !missing.getMissing().isEmpty()) {
      return missing(missing.getMissing().get(0));
    }
    if (e.getArgSpec() instanceof OptionSpec option && e.getCause() != null) {
      String reason = e.getCause().getMessage();
      return option.longestName() + ": " + reason.replaceFirst("an int$", "a whole number");
    }
    return e.getMessage();
  }

  private static String unmatched(CommandSpec command, String argument) {
    if (argument.startsWith("-")) {
      String name = argument.replaceFirst("=.*", "");
      List<String> options = new ArrayList<>();
      command.options().forEach(option -> options.add(option.longestName()));
      return "unknown option '" + name + "'" + Names.hint(name, options);
    }
    if (!command.subcommands().isEmpty()) {
      return "unknown command '"
          + argument
          + "'"
          + Names.hint(argument, command.subcommands().keySet());
    }
    return "'" + argument + "' is one argument too many";
  }

  private static String missing(ArgSpec argument) {
    return argument.isOption()
        ? ((OptionSpec) argument).longestName() + " is missing"
        : "say which " + argument.paramLabel();
  }
}
