package dev.baton.engine;

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
   * @param maxAttempts after how many workers died over one batch the run fails
   * @param deadline how long a worker may work on one batch without a sign of life before it is
   *     replaced
   */
  record Processes(int workers, Ship ship, Transport transport, int maxAttempts, Duration deadline)
      implements ExecutionMode {
    public Processes {
      check(workers);
      Objects.requireNonNull(ship, "ship");
      Objects.requireNonNull(transport, "transport");
      if (maxAttempts < 1) {
        throw new IllegalArgumentException("maxAttempts must be at least 1 but was " + maxAttempts);
      }
      if (deadline.isNegative() || deadline.isZero()) {
        throw new IllegalArgumentException("deadline must be positive but was " + deadline);
      }
    }

    /** Splits where the source allows, through a slab; three attempts, five minutes a batch. */
    public Processes(int workers) {
      this(workers, Ship.AUTO, Transport.SLAB, 3, Duration.ofMinutes(5));
    }

    public Processes withShip(Ship other) {
      return new Processes(workers, other, transport, maxAttempts, deadline);
    }

    public Processes withTransport(Transport other) {
      return new Processes(workers, ship, other, maxAttempts, deadline);
    }

    public Processes withMaxAttempts(int attempts) {
      return new Processes(workers, ship, transport, attempts, deadline);
    }

    public Processes withDeadline(Duration other) {
      return new Processes(workers, ship, transport, maxAttempts, other);
    }

    @Override
    public String id() {
      return "processes";
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

  private static void check(int workers) {
    if (workers < 1 || workers > 1024) {
      throw new IllegalArgumentException("workers must be 1 to 1024 but was " + workers);
    }
  }
}
