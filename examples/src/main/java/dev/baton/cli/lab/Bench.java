package dev.baton.cli.lab;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * What an experiment measures with.
 *
 * @param slice about how long one measured run is to take
 * @param rounds how often each variant is measured, in turn with the others
 * @param cores of this machine
 * @param warmUp how long a worker process is to work until its code is compiled
 * @param nanoClock tells the time, in nanoseconds
 */
public record Bench(
    Duration slice, int rounds, int cores, Duration warmUp, LongSupplier nanoClock) {
  /** For figures to quote: half a minute or so for each experiment. */
  public static Bench thorough() {
    return ofThisMachine(Duration.ofMillis(400), 7, Duration.ofSeconds(6));
  }

  /** For a first look: a few seconds for each experiment. */
  public static Bench quick() {
    return ofThisMachine(Duration.ofMillis(100), 3, Duration.ofSeconds(4));
  }

  private static Bench ofThisMachine(Duration slice, int rounds, Duration warmUp) {
    return new Bench(
        slice, rounds, Runtime.getRuntime().availableProcessors(), warmUp, System::nanoTime);
  }

  /** The same with other runs. */
  public Bench with(Duration otherSlice, int otherRounds) {
    return new Bench(otherSlice, otherRounds, cores, warmUp, nanoClock);
  }

  /** Nanoseconds on the clock. */
  public long now() {
    return nanoClock.getAsLong();
  }
}
