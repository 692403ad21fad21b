package dev.baton.cli;

import java.util.List;
import java.util.stream.Collectors;

/** A command as one would type it. */
final class CommandText {
  private static final String PLAIN = "[\\w./,=:@%+-]+";

  private CommandText() {}

  /** {@code ./baton compare 'my file.yaml' --repeats 5}. */
  static String of(List<String> args) {
    return "./baton " + args.stream().map(CommandText::quote).collect(Collectors.joining(" "));
  }

  private static String quote(String arg) {
    return arg.matches(PLAIN) ? arg : "'" + arg.replace("'", "'\\''") + "'";
  }
}
