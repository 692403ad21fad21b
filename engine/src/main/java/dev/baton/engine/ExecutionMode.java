package dev.baton.engine;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;

/** Where operator code runs. Every mode gives the same output, bit for bit. */
public sealed interface ExecutionMode {
  /** The name used in files, options and reports. */
  String id();

  /** How many batches can be worked on at once. */
  int workers();

  /** Everything on the caller's thread. */
  record Inline() implements ExecutionMode {
    @Override
    public String id() {
      return "inline";
    }

    @Override
    public int workers() {
      return 1;
    }
  }

  /** Worker threads that share the memory of this process. */
  record Threads(int workers) implements ExecutionMode {
    public Threads {
      check(workers);
    }

    @Override
    public String id() {
      return "threads";
    }
  }

  /**
   * Worker processes, which code that crashes takes down without this one. Needs the artifact
   * {@code baton-ipc}.
   *
   * @param workers how many
   * @param ship what is sent to them
   * @param transport how batches and results travel
   * @param maxAttempts after how many workers died over one batch it is given up
   * @param deadline how long a worker that is at work may make no step, from one stage of a batch
   *     to the next, before it is replaced
   * @param keep an empty or new folder that keeps the queues, so that what crossed can be replayed;
   *     null to delete them as they are read. Needs transport {@code QUEUE} and as much disk as
   *     crosses
   * @param poison what becomes of the run when a batch is given up
   */
  record Processes(
      int workers,
      Ship ship,
      Transport transport,
      int maxAttempts,
      Duration deadline,
      Path keep,
      Poison poison)
      implements ExecutionMode {
    public Processes {
      check(workers);
      Objects.requireNonNull(ship, "ship");
      Objects.requireNonNull(transport, "transport");
      Objects.requireNonNull(poison, "poison");
      if (maxAttempts < 1) {
        throw new IllegalArgumentException("maxAttempts must be at least 1 but was " + maxAttempts);
      }
      if (deadline.isNegative() || deadline.isZero()) {
        throw new IllegalArgumentException("deadline must be positive but was " + deadline);
      }
      if (keep != null && transport != Transport.QUEUE) {
        throw new IllegalArgumentException(
            "to keep what crosses needs transport queue but was slab, whose slots are used again");
      }
    }

    /**
     * Splits where the source allows, through a slab; three attempts, five minutes a batch, then
     * the run fails.
     */
    public Processes(int workers) {
      this(workers, Ship.AUTO, Transport.SLAB, 3, Duration.ofMinutes(5), null, Poison.FAIL);
    }

    public Processes withShip(Ship other) {
      return new Processes(workers, other, transport, maxAttempts, deadline, keep, poison);
    }

    public Processes withTransport(Transport other) {
      return new Processes(workers, ship, other, maxAttempts, deadline, keep, poison);
    }

    public Processes withMaxAttempts(int attempts) {
      return new Processes(workers, ship, transport, attempts, deadline, keep, poison);
    }

    public Processes withDeadline(Duration other) {
      return new Processes(workers, ship, transport, maxAttempts, other, keep, poison);
    }

    /** Through the queue, which is kept. */
    public Processes withKeep(Path folder) {
      return new Processes(workers, ship, Transport.QUEUE, maxAttempts, deadline, folder, poison);
    }

    public Processes withPoison(Poison other) {
      return new Processes(workers, ship, transport, maxAttempts, deadline, keep, other);
    }

    @Override
    public String id() {
      return "processes";
    }
  }

  /**
   * Everything on the caller's thread, which goes on with other batches while one waits for answers
   * from outside this program. For pipelines that ask services, files or databases about rows.
   *
   * @param inFlight the most questions under way at once, 1 to 65,536
   */
  record EventLoop(int inFlight) implements ExecutionMode {
    public EventLoop {
      if (inFlight < 1 || inFlight > 65_536) {
        throw new IllegalArgumentException("inFlight must be 1 to 65536 but was " + inFlight);
      }
    }

    @Override
    public String id() {
      return "event-loop";
    }

    @Override
    public int workers() {
      return 1;
    }
  }

  /** What is sent to worker processes. */
  enum Ship {
    /** Splits where the source allows, else data. */
    AUTO,
    /** Batches that this process has decoded. */
    DATA,
    /** Where to find the data; the workers read it themselves. */
    SPLITS
  }

  /** What becomes of a run when a batch has ended worker after worker; it is saved either way. */
  enum Poison {
    /** It fails. */
    FAIL,
    /**
     * It goes on without the batch, in every pass; the report counts what was left out. So the
     * output is not that of another mode.
     */
    SKIP
  }

  /** How batches and results travel between processes. */
  enum Transport {
    /** In shared memory, with only their places in a queue. */
    SLAB,
    /** In the queue itself. */
    QUEUE
  }

  static ExecutionMode inline() {
    return new Inline();
  }

  static ExecutionMode threads(int workers) {
    return new Threads(workers);
  }

  static Processes processes(int workers) {
    return new Processes(workers);
  }

  static ExecutionMode eventLoop(int inFlight) {
    return new EventLoop(inFlight);
  }

  private static void check(int workers) {
    if (workers < 1 || workers > 1024) {
      throw new IllegalArgumentException("workers must be 1 to 1024 but was " + workers);
    }
  }
}
