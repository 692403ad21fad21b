package dev.baton.cli;

import dev.baton.engine.ExecutionMode.Poison;
import dev.baton.engine.ExecutionMode.Ship;
import dev.baton.engine.ExecutionMode.Transport;
import dev.baton.engine.batch.Names;
import dev.baton.engine.lock.LockPolicy;
import dev.baton.engine.spec.ByteSize;
import dev.baton.engine.spec.Durations;
import java.time.Duration;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** The options of one run. */
final class RunFlags {
  @Option(
      names = "--mode",
      paramLabel = "MODE",
      converter = AnyModeName.class,
      description =
          "Where operator code runs: inline, threads (default), processes or event-loop; for run also"
              + " auto, which measures the first splits and chooses.")
  private String mode;

  @Option(
      names = "--workers",
      paramLabel = "N",
      description = "How many threads or processes; by default one per core.")
  private Integer workers;

  @Option(
      names = "--in-flight",
      paramLabel = "N",
      description = "For event-loop: the most questions under way at once; by default 128.")
  private Integer inFlight;

  @Option(
      names = "--lock",
      paramLabel = "POLICY",
      converter = LockName.class,
      description = "Who may run at once: global, global-released, per-object or none (default).")
  private String lock;

  @Option(
      names = "--switch-interval",
      paramLabel = "TIME",
      converter = Interval.class,
      description = "After how long a waiting worker asks for the global lock, such as 5ms.")
  private Duration switchInterval;

  @Option(
      names = "--memory",
      paramLabel = "SIZE",
      converter = Size.class,
      description = "The most memory that batches may take, such as 512MiB.")
  private Long memory;

  @Option(
      names = "--ship",
      paramLabel = "WHAT",
      description = "What processes are sent: auto (default), data or splits.")
  private Ship ship;

  @Option(
      names = "--transport",
      paramLabel = "HOW",
      description = "How batches travel between processes: slab (default) or queue.")
  private Transport transport;

  @Option(
      names = "--poison",
      paramLabel = "WHAT",
      description =
          "What processes do about a batch that ended worker after worker: fail (default), or skip"
              + " it and go on.")
  private Poison poison;

  RunChoice choice() {
    return new RunChoice(
        mode, workers, inFlight, lock, switchInterval, memory, null, ship, transport, poison);
  }

  /** Refuses unknown modes. */
  static final class ModeName implements ITypeConverter<String> {
    @Override
    public String convert(String value) {
      if (!RunChoice.MODES.contains(value)) {
        throw new TypeConversionException(
            "unknown mode '" + value + "'" + Names.hint(value, RunChoice.MODES));
      }
      return value;
    }
  }

  /** Refuses unknown modes, but for the one that chooses. */
  static final class AnyModeName implements ITypeConverter<String> {
    @Override
    public String convert(String value) {
      return value.equals(RunChoice.AUTO) ? value : new ModeName().convert(value);
    }
  }

  /** Refuses unknown lock policies. */
  static final class LockName implements ITypeConverter<String> {
    @Override
    public String convert(String value) {
      if (!LockPolicy.IDS.contains(value)) {
        throw new TypeConversionException(
            "unknown lock policy '" + value + "'" + Names.hint(value, LockPolicy.IDS));
      }
      return value;
    }
  }

  /** Reads durations. */
  static final class Interval implements ITypeConverter<Duration> {
    @Override
    public Duration convert(String value) {
      try {
        return Durations.parse(value);
      } catch (IllegalArgumentException e) {
        throw new TypeConversionException(e.getMessage());
      }
    }
  }

  /** Reads sizes. */
  static final class Size implements ITypeConverter<Long> {
    @Override
    public Long convert(String value) {
      try {
        return ByteSize.parse(value).bytes();
      } catch (IllegalArgumentException e) {
        throw new TypeConversionException(e.getMessage());
      }
    }
  }
}
