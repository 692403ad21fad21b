package dev.baton.ipc.transport;

import java.util.Properties;

/**
 * How payloads travel between the parent and one worker, and how much disk that may take.
 *
 * @param kind where payloads lie
 * @param slots payloads in flight in each direction, 1 to 64: a sender waits for a slot when the
 *     receiver holds that many
 * @param slotBytes the largest payload of the regular path, rounded up to whole pages, at most 512
 *     MiB, and 128 MiB for {@code QUEUE}; a larger payload travels in parts, which costs two more
 *     copies
 * @param rollBytes a queue file is closed, and deleted once read, after so many bytes
 * @param keep whether queue files that were read are kept, so that what crossed can be replayed;
 *     disk use is then unbounded
 */
public record TransportOptions(Kind kind, int slots, int slotBytes, long rollBytes, boolean keep) {

  /** Where payloads lie. */
  public enum Kind {
    /** In slots of a shared file that are used again and again: the fast one. */
    SLAB,
    /** In the queue document: what crossed can be kept and replayed. */
    QUEUE
  }

  /** The largest header of a message. */
  public static final int MAX_HEADER_BYTES = 64 << 10;

  private static final int MIB = 1 << 20;
  private static final int PAGE = 4096;
  private static final int MAX_SLAB_SLOT = 512 * MIB;
  private static final int MAX_QUEUE_SLOT = 128 * MIB;

  public TransportOptions {
    require(kind != null, "kind must be SLAB or QUEUE");
    require(slots >= 1 && slots <= 64, "slots must be from 1 to 64 but is " + slots);
    int most = kind == Kind.QUEUE ? MAX_QUEUE_SLOT : MAX_SLAB_SLOT;
    require(
        slotBytes >= 1 && slotBytes <= most,
        "slotBytes must be from 1 byte to %d MiB for %s but is %d; larger payloads travel in parts"
            .formatted(most / MIB, kind, slotBytes));
    slotBytes = (slotBytes + PAGE - 1) / PAGE * PAGE;
    require(
        rollBytes >= MIB / 4 && rollBytes <= 1024L * MIB,
        "rollBytes must be from 256 KiB to 1 GiB but is " + rollBytes);
  }

  /** Four slots of 4 MiB, and files that suit the kind. */
  public TransportOptions(Kind kind) {
    this(kind, 4, 4 * MIB, kind == Kind.QUEUE ? 16 * MIB : 2 * MIB, false);
  }

  /**
   * The same with smaller slots, if need be, so that those of both directions together take no more
   * than so many bytes.
   */
  public TransportOptions within(long bytes) {
    long fitting = bytes / 2 / slots / PAGE * PAGE;
    require(fitting >= PAGE, "%d slots of a page do not fit in %d bytes".formatted(slots, bytes));
    return new TransportOptions(kind, slots, (int) Math.min(slotBytes, fitting), rollBytes, keep);
  }

  /** The same, with the queue files kept. */
  public TransportOptions kept() {
    return new TransportOptions(kind, slots, slotBytes, rollBytes, true);
  }

  /** Slab, 4 slots of 4 MiB. */
  public static TransportOptions defaults() {
    return new TransportOptions(Kind.SLAB);
  }

  /** The bytes of the slab of one direction. */
  long slabBytes() {
    return kind == Kind.SLAB ? (long) slots * slotBytes : 0;
  }

  /** The largest queue document. */
  long documentBytes() {
    return (kind == Kind.QUEUE ? slotBytes : 0L) + MAX_HEADER_BYTES + PAGE;
  }

  /** The bytes of disk one queue file takes up: it rolls before the last document starts. */
  long cycleBytes() {
    return rollBytes + documentBytes() + MIB / 4;
  }

  /** The mapped piece of a queue file; Chronicle wants four times the largest document. */
  long blockBytes() {
    return Math.max(MIB, 4 * documentBytes());
  }

  /**
   * The disk that a connection takes up at the most, both directions together, unless files are
   * kept.
   */
  public long diskBytes() {
    // The file being written, the file being read, and those that payloads in flight still lie in.
    long held = kind == Kind.QUEUE ? slots : 0;
    return 2 * (slabBytes() + (2 + held) * cycleBytes()) + MIB;
  }

  Properties toProperties() {
    Properties properties = new Properties();
    properties.setProperty("kind", kind.name());
    properties.setProperty("slots", Integer.toString(slots));
    properties.setProperty("slotBytes", Long.toString(slotBytes));
    properties.setProperty("rollBytes", Long.toString(rollBytes));
    properties.setProperty("keep", Boolean.toString(keep));
    return properties;
  }

  static TransportOptions fromProperties(Properties properties) {
    return new TransportOptions(
        Kind.valueOf(properties.getProperty("kind", "")),
        Integer.parseInt(properties.getProperty("slots", "")),
        Integer.parseInt(properties.getProperty("slotBytes", "")),
        Long.parseLong(properties.getProperty("rollBytes", "")),
        Boolean.parseBoolean(properties.getProperty("keep", "")));
  }

  private static void require(boolean condition, String message) {
    if (!condition) {
      throw new IllegalArgumentException("transport: " + message);
    }
  }
}
