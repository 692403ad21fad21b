package dev.baton.cli;

import dev.baton.engine.Engine;
import dev.baton.engine.PipelineException;
import dev.baton.engine.RunCancelledException;
import dev.baton.engine.spec.SpecException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IFactory;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The {@code baton} command. */
@Command(
    name = "baton",
    description = "Turns tables into model-ready features, and measures how to run it best.",
    versionProvider = Main.Version.class,
    mixinStandardHelpOptions = true,
    subcommands = {
      RunCommand.class,
      FitCommand.class,
      TransformCommand.class,
      ModelCommand.class,
      CompareCommand.class,
      LabCommand.class,
      ExplainCommand.class,
      ReplayCommand.class,
      ExamplesCommand.class,
      OperatorsCommand.class,
      DoctorCommand.class
    },
    synopsisSubcommandLabel = "COMMAND",
    footer = {
      "",
      "Examples:",
      "  baton compare birdstrikes              threads or not, lock or not: measured",
      "  baton run penguins --out features.csv  one run, its output to a file",
      "  baton fit penguins --model p.baton     what was learned, as a file to use and to go on from",
      "  baton lab convoy                       what one lock does to a server, and CPython's figures",
      "  baton explain birdstrikes              which passes a run makes, and why",
      "  baton operators standard-scaler        what an operator does and takes",
      "",
      "Exit codes: 0 done; 1 the run failed; 2 wrong options or pipeline file, nothing was run;",
      "3 variants gave different outputs; 130 interrupted."
    })
public final class Main implements Runnable {
  private static final String DEBUG = "--debug";
  private static final String VERBOSE = "--verbose";

  /** Read when the first logger is made; simplelogger.properties has the default. */
  private static final String LOG_LEVEL = "org.slf4j.simpleLogger.log.dev.baton";

  @Spec private CommandSpec spec;

  private Main() {}

  public static void main(String[] args) {
    // Not reached while the process is being stopped: the exit code of the signal stands.
    System.exit(run(Terminal.system(), args));
  }

  /** Runs one command and returns the exit code. */
  static int run(Terminal terminal, String... args) {
    List<String> rest = new ArrayList<>(List.of(args));
    if (rest.remove(VERBOSE)) {
      System.setProperty(LOG_LEVEL, "info");
    }
    boolean debug = rest.remove(DEBUG) || System.getenv("BATON_DEBUG") != null;
    CommandLine commands =
        new CommandLine(new Main(), new Factory(terminal))
            .setOut(terminal.out())
            .setErr(terminal.err())
            .setUsageHelpWidth(100)
            .setCaseInsensitiveEnumValuesAllowed(true)
            .setParameterExceptionHandler((e, given) -> refuse(terminal, e, debug))
            .setExecutionExceptionHandler((e, line, parsed) -> failed(terminal, e, debug));
    try {
      return commands.execute(rest.toArray(new String[0]));
    } finally {
      terminal.out().flush();
      terminal.err().flush();
    }
  }

  @Override
  public void run() {
    spec.commandLine().usage(spec.commandLine().getOut());
  }

  private static int refuse(Terminal terminal, ParameterException e, boolean debug) {
    String command = e.getCommandLine().getCommandSpec().qualifiedName();
    terminal.err().println("baton: " + Mistakes.message(e));
    terminal.err().println("Try '" + command + " --help'.");
    trace(terminal, e, debug);
    return ExitCodes.USAGE;
  }

  private static int failed(Terminal terminal, Exception e, boolean debug) {
    if (e instanceof RunCancelledException) {
      // Only a signal cancels, and what handles the signal says so.
      return ExitCodes.INTERRUPTED;
    }
    boolean expected =
        e instanceof UsageException
            || e instanceof PipelineException
            || e instanceof SpecException
            || e instanceof UncheckedIOException
            || e instanceof IOException;
    boolean hasMessage = e.getMessage() != null && !e.getMessage().isBlank();
    terminal.err().println("baton: " + (expected && hasMessage ? e.getMessage() : e.toString()));
    if (!expected && !debug) {
      terminal.err().println("This looks like a fault in Baton; --debug shows where it happened.");
    }
    trace(terminal, e, debug);
    return e instanceof UsageException || e instanceof SpecException
        ? ExitCodes.USAGE
        : ExitCodes.FAILED;
  }

  private static void trace(Terminal terminal, Exception e, boolean debug) {
    if (debug) {
      e.printStackTrace(terminal.err());
    }
  }

  /** Gives the commands the terminal they write to. */
  private record Factory(Terminal terminal) implements IFactory {
    @Override
    public <K> K create(Class<K> type) throws Exception {
      for (var constructor : type.getDeclaredConstructors()) {
        if (List.of(constructor.getParameterTypes()).equals(List.of(Terminal.class))) {
          return type.cast(constructor.newInstance(terminal));
        }
      }
      return CommandLine.defaultFactory().create(type);
    }
  }

  /** What {@code --version} says. */
  static final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
      return new String[] {
        "baton " + Engine.version(),
        String.format(
            "Java %s (%s), %s %s",
            System.getProperty("java.version"),
            System.getProperty("java.vendor"),
            System.getProperty("os.name"),
            System.getProperty("os.arch"))
      };
    }
  }
}
