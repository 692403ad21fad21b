package dev.baton.ipc.worker;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Starts worker processes. Safe for use by many threads.
 *
 * @param command how a worker is started
 * @param directory the run's own folder, for files a start needs
 * @param archive the class-data archive that makes the start short, or empty
 * @param output hears every line that a worker prints, with its name before it; called by a thread
 *     of each worker
 */
public record WorkerLauncher(
    WorkerCommand command, Path directory, Optional<Path> archive, Consumer<String> output) {

  /** Starts a worker and returns at once; {@link WorkerProcess#ready} says when it takes work. */
  public WorkerProcess start(int number, List<String> arguments) throws IOException {
    List<String> flags = new ArrayList<>();
    // The end of the process, with a meaning, rather than a worker that limps on.
    flags.add("-XX:+ExitOnOutOfMemoryError");
    flags.add("-XX:-CreateCoredumpOnCrash");
    flags.add(
        "-XX:ErrorFile="
            + Path.of(System.getProperty("java.io.tmpdir"), "baton-worker-crash-%p.log"));
    flags.add("-D" + WorkerLife.PARENT + "=" + ProcessHandle.current().pid());
    flags.addAll(ClassArchive.use(archive));
    List<String> line = command.line(directory, flags, command.mainClass(), arguments);
    long started = System.nanoTime();
    Process process;
    try {
      process = new ProcessBuilder(line).redirectErrorStream(true).start();
    } catch (IOException e) {
      throw new IOException(
          "worker "
              + number
              + " could not be started with "
              + command.java()
              + ": "
              + e.getMessage(),
          e);
    }
    return new WorkerProcess(number, process, started, output);
  }
}
