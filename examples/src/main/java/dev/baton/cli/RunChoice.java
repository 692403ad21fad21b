package dev.baton.cli;

import dev.baton.engine.ExecutionMode;
import dev.baton.engine.ExecutionMode.Ship;
import dev.baton.engine.ExecutionMode.Transport;
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
    String lock,
    Duration switchInterval,
    Long memory,
    Integer ring,
    Ship ship,
    Transport transport) {
  static final List<String> MODES = List.of("inline", "threads", "processes");

  /** What a file says. */
  static RunChoice of(RunSettings settings) {
    return new RunChoice(
        settings.mode(),
        settings.workers(),
        settings.lock(),
        settings.switchInterval(),
        settings.memory() == null ? null : settings.memory().bytes(),
        settings.ringSize(),
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
        first(lock, file.lock),
        switchInterval == null && !sameLock ? null : first(switchInterval, file.switchInterval),
        first(memory, file.memory),
        first(ring, file.ring),
        first(ship, file.ship),
        first(transport, file.transport));
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

  private ExecutionMode executionMode() {
    String name = mode == null ? "threads" : mode;
    checkMode(name);
    if (!name.equals("processes") && (ship != null || transport != null)) {
      throw new UsageException("--ship and --transport are for --mode processes only");
    }
    if (!name.equals("inline")) {
      int count = workers == null ? RunOptions.defaults().mode().workers() : workers;
      return name.equals("threads") ? ExecutionMode.threads(count) : processes(count);
    }
    if (workers != null && workers != 1) {
      throw new UsageException(
          "mode inline has one worker, not " + workers + "; use --mode threads for more");
    }
    return ExecutionMode.inline();
  }

  private ExecutionMode processes(int count) {
    ExecutionMode.Processes processes = ExecutionMode.processes(count);
    processes = ship == null ? processes : processes.withShip(ship);
    return transport == null ? processes : processes.withTransport(transport);
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
