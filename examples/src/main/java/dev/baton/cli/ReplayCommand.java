package dev.baton.cli;

import dev.baton.ipc.Replay;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code baton replay}. */
@Command(
    name = "replay",
    description = "Shows what crossed between processes, and does a worker's part again.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Of a run with --mode processes --transport queue --keep FOLDER. Examples:",
      "  baton replay FOLDER",
      "  baton replay FOLDER --rerun"
    })
final class ReplayCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Parameters(paramLabel = "FOLDER", description = "What a run kept.")
  private Path folder;

  @Option(
      names = "--rerun",
      description = "Sends it to fresh workers and checks that they answer with the same bits.")
  private boolean rerun;

  @Option(names = "--json", paramLabel = "FILE", description = "Also writes it all as JSON.")
  private Path json;

  ReplayCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws InterruptedException {
    List<Replay.Line> lines;
    try {
      lines = Replay.list(folder);
    } catch (IOException e) {
      throw new UsageException(e.getMessage(), e);
    }
    Table table = new Table("worker", "", ">number", "what", ">header", ">payload");
    for (Replay.Line line : lines) {
      table.row(
          line.worker(),
          direction(line),
          Long.toString(line.sequence()),
          line.kind(),
          Integer.toString(line.headerBytes()),
          Integer.toString(line.payloadBytes()));
    }
    terminal.out().print(table);
    List<Replay.Check> checks = rerun ? rerun() : List.of();
    checks.forEach(check -> terminal.out().println("\n" + text(check)));
    if (json != null) {
      Json.write(json, json(lines, checks));
    }
    boolean same = checks.stream().allMatch(check -> check.difference() == null);
    return same ? ExitCodes.OK : ExitCodes.DIGESTS_DIFFER;
  }

  private List<Replay.Check> rerun() throws InterruptedException {
    try {
      return Replay.rerun(folder);
    } catch (IOException e) {
      throw new UsageException(e.getMessage(), e);
    }
  }

  private static String direction(Replay.Line line) {
    return line.toWorker() ? "gets" : "says";
  }

  private static String text(Replay.Check check) {
    return check.worker()
        + ": a fresh worker was sent "
        + check.sent()
        + " messages; "
        + (check.difference() == null
            ? "its " + check.compared() + " answers have the same bits"
            : check.difference());
  }

  private static Map<String, ?> json(List<Replay.Line> lines, List<Replay.Check> checks) {
    List<Map<String, ?>> messages = new ArrayList<>();
    for (Replay.Line line : lines) {
      Map<String, Object> message = new LinkedHashMap<>();
      message.put("worker", line.worker());
      message.put("direction", line.toWorker() ? "to-worker" : "from-worker");
      message.put("sequence", line.sequence());
      message.put("sentMillis", line.millis());
      message.put("kind", line.kind());
      message.put("headerBytes", line.headerBytes());
      message.put("payloadBytes", line.payloadBytes());
      messages.add(message);
    }
    List<Map<String, ?>> reruns = new ArrayList<>();
    for (Replay.Check check : checks) {
      Map<String, Object> one = new LinkedHashMap<>();
      one.put("worker", check.worker());
      one.put("sent", check.sent());
      one.put("compared", check.compared());
      one.put("difference", check.difference());
      reruns.add(one);
    }
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("messages", messages);
    all.put("reruns", reruns);
    return all;
  }
}
