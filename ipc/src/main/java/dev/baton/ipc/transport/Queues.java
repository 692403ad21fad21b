package dev.baton.ipc.transport;

import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import net.openhft.chronicle.bytes.SyncMode;
import net.openhft.chronicle.core.time.TimeProvider;
import net.openhft.chronicle.queue.RollCycle;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueue;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueueBuilder;
import net.openhft.chronicle.queue.rollcycles.LegacyRollCycles;

/**
 * How both ends open a queue. Its files are named after minutes, but the "minute" is a number that
 * the writer raises when a file is full: files roll by size.
 */
final class Queues {
  static final int FIRST_CYCLE = 1;

  private static final RollCycle ROLL = LegacyRollCycles.MINUTELY;
  private static final DateTimeFormatter NAME =
      DateTimeFormatter.ofPattern(ROLL.format()).withZone(ZoneOffset.UTC);

  /** How long to wait for a file that a writer has created but not begun, should it be killed. */
  private static final long TIMEOUT_MILLIS = 500;

  static {
    // Before the first class of Chronicle is touched: it would report usage to a remote host.
    System.setProperty("chronicle.analytics.disable", "true");
    System.setProperty("chronicle.announcer.disable", "true");
  }

  private Queues() {}

  /**
   * Checks what would otherwise end in an error deep inside Chronicle.
   *
   * @throws IllegalStateException naming the flag to add
   */
  static void checkFlags() {
    Module base = Object.class.getModule();
    Module own = Queues.class.getModule();
    if (!base.isExported("sun.nio.ch", own)) {
      throw missing("--add-exports=java.base/sun.nio.ch=ALL-UNNAMED");
    }
    if (!base.isOpen("java.lang.reflect", own)) {
      throw missing("--add-opens=java.base/java.lang.reflect=ALL-UNNAMED");
    }
  }

  private static IllegalStateException missing(String flag) {
    return new IllegalStateException("Chronicle Queue needs the JVM flag " + flag);
  }

  static SingleChronicleQueue open(Path directory, TransportOptions options, TimeProvider time) {
    return SingleChronicleQueueBuilder.binary(directory)
        .rollCycle(ROLL)
        .blockSize(options.blockBytes())
        .timeProvider(time)
        .timeoutMS(TIMEOUT_MILLIS)
        // The other process sees the page cache; what is on the disk after a crash is of no use.
        .syncMode(SyncMode.NONE)
        .build();
  }

  /** The time at which that cycle is the current one. */
  static long timeOf(int cycle) {
    return (long) cycle * ROLL.lengthInMillis();
  }

  static Path file(Path directory, int cycle) {
    return directory.resolve(name(cycle) + ".cq4");
  }

  /** A file that Chronicle takes as its own when it starts that cycle. */
  static Path preparedFile(Path directory, int cycle) {
    return directory.resolve(name(cycle) + ".precreated");
  }

  private static String name(int cycle) {
    return NAME.format(Instant.ofEpochMilli(timeOf(cycle)));
  }
}
