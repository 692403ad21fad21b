package dev.baton.ipc;

import dev.baton.engine.operator.Binder;
import dev.baton.engine.operator.BoundTransform;
import dev.baton.engine.operator.Nature;
import dev.baton.engine.operator.Transform;
import dev.baton.engine.operator.ValueException;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/** Transforms that change nothing, but do something terrible to the process they run in. */
final class Deadly {
  private Deadly() {}

  /** Makes the file; whether it was not there. Without a file it is always the first time. */
  static boolean first(Path marker) throws IOException {
    if (marker == null) {
      return true;
    }
    try {
      Files.createFile(marker);
      return true;
    } catch (FileAlreadyExistsException e) {
      return false;
    }
  }

  /** A real {@code kill -9} of this process; does not return. */
  static void kill() throws IOException, InterruptedException {
    signal("-9");
  }

  private static void signal(String signal) throws IOException, InterruptedException {
    String pid = Long.toString(ProcessHandle.current().pid());
    new ProcessBuilder("kill", signal, pid).start().waitFor();
    new CountDownLatch(1).await();
  }

  /** What is done. */
  public enum Way {
    /** A real {@code kill -9} of the worker's own process. */
    KILL,
    EXIT,
    /** Waits for ever. */
    HANG,
    /** Works for ever. */
    SPIN,
    /** Stops all threads of the worker, the one that sends its heartbeats too. */
    FREEZE,
    /** Takes all the heap there is. */
    OUT_OF_MEMORY,
    /** Throws, as an operator should. */
    THROW
  }

  /**
   * Does it in batches of {@code rows} rows.
   *
   * @param marker a file that is made the first time, after which nothing happens; or null for
   *     every time
   */
  public record Operator(Way way, int rows, Path marker) implements Transform {
    @Override
    public Nature nature() {
      return Nature.ROW;
    }

    @Override
    public BoundTransform bind(Binder binder) {
      binder.changesRows(); // so that no pass leaves it out
      return binder.transform(
          context ->
              batch -> {
                if (batch.rows() == rows && first(marker)) {
                  strike();
                }
              });
    }

    @SuppressWarnings("ModifiedButNotUsed") // to keep memory is its use
    private void strike() throws Exception {
      switch (way) {
        case KILL -> kill();
        case EXIT -> Runtime.getRuntime().halt(5);
        case FREEZE -> signal("-STOP");
        case HANG -> new CountDownLatch(1).await();
        case SPIN -> {
          while (true) {
            Thread.onSpinWait();
          }
        }
        case OUT_OF_MEMORY -> {
          List<long[]> all = new ArrayList<>();
          while (true) {
            all.add(new long[1 << 20]);
          }
        }
        default -> throw new ValueException("x", 3, "expected mercy but was " + way);
      }
    }
  }

  /** Ends any process but the one with that number when it only plans to use it. */
  public record Stillborn(long pid) implements Transform {
    @Override
    public Nature nature() {
      return Nature.ROW;
    }

    @Override
    public BoundTransform bind(Binder binder) {
      if (ProcessHandle.current().pid() != pid) {
        System.err.println("no licence found");
        Runtime.getRuntime().halt(5);
      }
      return binder.transform(context -> batch -> {});
    }
  }
}
