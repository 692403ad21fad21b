package dev.baton.cli;

import dev.baton.cli.auto.Chooser;
import dev.baton.engine.Engine;
import dev.baton.engine.ExecutionMode;
import dev.baton.engine.ExecutionMode.Poison;
import dev.baton.engine.ExecutionMode.Ship;
import dev.baton.engine.ExecutionMode.Transport;
import dev.baton.engine.Pipeline;
import dev.baton.engine.RunOptions;
import dev.baton.engine.batch.Names;
import dev.baton.engine.lock.LockPolicy;
import dev.baton.engine.spec.RunSettings;
import java.time.Duration;
import java.util.List;

/**
 * How to run, as asked for on the command line or in a file; what is null was not said.
 *
 * @param mode one of {@link #MODES}
 * @param lock one of {@link LockPolicy#IDS}
 */
record RunChoice(
    String mode,
    Integer workers,
    Integer inFlight,
    String lock,
    Duration switchInterval,
    Long memory,
    Integer ring,
    Ship ship,
    Transport transport,
    Poison poison) {
  static final List<String> MODES = List.of("inline", "threads", "processes", "event-loop");
  static final int DEFAULT_IN_FLIGHT = 128;

  /** In place of a mode: whichever is best. */
  static final String AUTO = "auto";

  /** What a file says. */
  static RunChoice of(RunSettings settings) {
    return new RunChoice(
        settings.mode(),
        settings.workers(),
        settings.inFlight(),
        settings.lock(),
        settings.switchInterval(),
        settings.memory() == null ? null : settings.memory().bytes(),
        settings.ringSize(),
        null,
        null,
        null);
  }

  /** This choice, and {@code file}'s where this one says nothing. */
  RunChoice over(RunChoice file) {
    boolean sameMode = mode == null || mode.equals(file.mode);
    boolean sameLock = lock == null || lock.equals(file.lock) || hasInterval(lock);
    return new RunChoice(
        first(mode, file.mode),
        // Another mode or policy has no use for figures meant for the one in the file.
        workers == null && !sameMode ? null : first(workers, file.workers),
        inFlight == null && !sameMode ? null : first(inFlight, file.inFlight),
        first(lock, file.lock),
        switchInterval == null && !sameLock ? null : first(switchInterval, file.switchInterval),
        first(memory, file.memory),
        first(ring, file.ring),
        first(ship, file.ship),
        first(transport, file.transport),
        first(poison, file.poison));
  }

  private static <T> T first(T one, T other) {
    return one != null ? one : other;
  }

  private static boolean hasInterval(String lock) {
    return lock.startsWith("global");
  }

  /**
   * The options, with the engine's defaults for what was not said.
   *
   * @throws UsageException when they do not go together
   */
  RunOptions options() {
    RunOptions options = RunOptions.defaults();
    try {
      options = options.withMode(executionMode()).withLock(policy());
      options = memory == null ? options : options.withMemoryBytes(memory);
      return ring == null ? options : options.withRingSize(ring);
    } catch (IllegalArgumentException e) {
      throw new UsageException(e.getMessage(), e);
    }
  }

  /** Whether the mode is to be chosen by measuring. */
  boolean isAuto() {
    return AUTO.equals(mode);
  }

  /** This choice without anything that says where operator code runs. */
  RunChoice alone() {
    return new RunChoice(
        "inline", null, null, lock, switchInterval, memory, ring, null, null, null);
  }

  /** Measures and chooses a mode for this choice. */
  Chooser chooser(Engine engine, Pipeline pipeline) {
    int count = workers == null ? RunOptions.defaults().mode().workers() : workers;
    int questions = inFlight == null ? DEFAULT_IN_FLIGHT : inFlight;
    return new Chooser(engine, pipeline, alone().options(), count, questions);
  }

  private ExecutionMode executionMode() {
    String name = mode == null ? "threads" : mode;
    if (isAuto()) {
      throw new UsageException("mode auto is for the command run only");
    }
    checkMode(name);
    boolean forProcesses = ship != null || transport != null || poison != null;
    if (!name.equals("processes") && forProcesses) {
      throw new UsageException("--ship, --transport and --poison are for --mode processes only");
    }
    if (!name.equals("event-loop") && inFlight != null) {
      throw new UsageException("--in-flight is for --mode event-loop only");
    }
    boolean alone = name.equals("inline") || name.equals("event-loop");
    if (alone && workers != null && workers != 1) {
      throw new UsageException(
          "mode " + name + " has one worker, not " + workers + "; use --mode threads for more");
    }
    int count = workers == null ? RunOptions.defaults().mode().workers() : workers;
    int questions = inFlight == null ? DEFAULT_IN_FLIGHT : inFlight;
    ExecutionMode mode = mode(name, count, questions, ship, transport);
    return poison == null ? mode : ((ExecutionMode.Processes) mode).withPoison(poison);
  }

  /**
   * The mode of that name.
   *
   * @param name one of {@link #MODES}
   * @param workers of no use to modes with one
   * @param inFlight for event loops
   * @param ship for processes; null for the default
   * @param transport for processes; null for the default
   */
  static ExecutionMode mode(
      String name, int workers, int inFlight, Ship ship, Transport transport) {
    return switch (name) {
      case "inline" -> ExecutionMode.inline();
      case "event-loop" -> ExecutionMode.eventLoop(inFlight);
      case "threads" -> ExecutionMode.threads(workers);
      case "processes" -> {
        ExecutionMode.Processes processes = ExecutionMode.processes(workers);
        processes = ship == null ? processes : processes.withShip(ship);
        yield transport == null ? processes : processes.withTransport(transport);
      }
      default -> throw new IllegalArgumentException("unknown mode '" + name + "'");
    };
  }

  private LockPolicy policy() {
    String id = lock == null ? "none" : lock;
    LockPolicy policy = LockPolicy.parse(id);
    if (switchInterval == null) {
      return policy;
    }
    if (!hasInterval(id)) {
      throw new UsageException(
          "lock policy '" + id + "' has no switch interval; only global and global-released have");
    }
    return LockPolicy.parse(id, switchInterval);
  }

  /**
   * Checks the name of a mode.
   *
   * @throws IllegalArgumentException naming the nearest
   */
  static void checkMode(String name) {
    if (!MODES.contains(name)) {
      throw new IllegalArgumentException("unknown mode '" + name + "'" + Names.hint(name, MODES));
    }
  }
}
