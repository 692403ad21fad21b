package dev.baton.operators.time;

import dev.baton.engine.operator.BindException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.Arrays;
import java.util.List;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;

/**
 * The offsets of a time zone from UTC. Transitions of the years 1900 to 2100 are kept in an array
 * and the interval of the last instant is remembered, so that an ordered column costs two
 * comparisons a row. Confined to one thread.
 */
final class Zone {
  private static final Instant FIRST = Instant.parse("1900-01-01T00:00:00Z");
  private static final Instant LAST = Instant.parse("2101-01-01T00:00:00Z");

  /** There is no such time, or two. */
  static final long UNCLEAR = Long.MIN_VALUE;

  /** Two offsets differ by at most 36 hours. */
  private static final long MARGIN = 36 * 3600;

  /** The seconds that a wall clock of the JDK can show, less two days. */
  private static final long FARTHEST = LocalDateTime.MAX.toEpochSecond(ZoneOffset.UTC) - 172_800;

  private final ZoneRules rules;
  private final long[] starts;
  private final int[] offsets;
  private long from = Long.MAX_VALUE;
  private long to = Long.MIN_VALUE;
  private int offset;

  Zone(ZoneId zone) {
    rules = zone.getRules();
    long[] starts = new long[64];
    int[] offsets = new int[64];
    int size = 0;
    starts[size] = FIRST.getEpochSecond();
    offsets[size++] = rules.getOffset(FIRST).getTotalSeconds();
    ZoneOffsetTransition next = rules.nextTransition(FIRST);
    while (next != null && next.getInstant().isBefore(LAST)) {
      if (size == starts.length) {
        starts = Arrays.copyOf(starts, 2 * size);
        offsets = Arrays.copyOf(offsets, 2 * size);
      }
      starts[size] = next.toEpochSecond();
      offsets[size++] = next.getOffsetAfter().getTotalSeconds();
      next = rules.nextTransition(next.getInstant());
    }
    this.starts = Arrays.copyOf(starts, size + 1);
    this.starts[size] = LAST.getEpochSecond();
    this.offsets = Arrays.copyOf(offsets, size);
  }

  /**
   * The zone to move values of a column to, or null when they are read as they stand.
   *
   * @param wanted the zone that a user wants, or null for the column's own
   */
  static ZoneId idOf(Field field, ZoneId wanted) {
    if (!(field.getType() instanceof ArrowType.Timestamp timestamp)) {
      return null;
    }
    if (wanted != null || timestamp.getTimezone() == null) {
      return wanted;
    }
    try {
      return ZoneId.of(timestamp.getTimezone());
    } catch (DateTimeException e) {
      throw new BindException(
          String.format(
              "column '%s' has the unknown time zone '%s'; set zone to one such as Europe/Paris",
              field.getName(), timestamp.getTimezone()));
    }
  }

  /** The same as a zone, or null. */
  static Zone of(Field field, ZoneId wanted) {
    ZoneId id = idOf(field, wanted);
    return id == null ? null : new Zone(id);
  }

  /** Turns seconds since the epoch in UTC into seconds of the wall clock, in place. */
  void toLocal(long[] seconds, int count) {
    for (int i = 0; i < count; i++) {
      seconds[i] = toLocal(seconds[i]);
    }
  }

  /** The seconds of the wall clock of seconds since the epoch in UTC. */
  long toLocal(long second) {
    if (second < from || second >= to) {
      seek(second);
    }
    return second + offset;
  }

  /**
   * Turns seconds of the wall clock into seconds since the epoch in UTC.
   *
   * @return {@link #UNCLEAR} when there is none or two of that time
   */
  long toUtc(long local) {
    if (!isFarFromChange(local - offset)) {
      seek(local - offset);
    }
    if (isFarFromChange(local - offset) || Math.abs(local) > FARTHEST) {
      return local - offset;
    }
    List<ZoneOffset> valid = rules.getValidOffsets(wallClock(local));
    return valid.size() == 1 ? local - valid.get(0).getTotalSeconds() : UNCLEAR;
  }

  /** Whether no other offset than the remembered one can be meant near there. */
  private boolean isFarFromChange(long second) {
    return from < to && second > from + MARGIN && second < to - MARGIN;
  }

  /**
   * The seconds since the epoch in UTC of a time that {@link #toUtc} refuses: moved on by the
   * length of the gap it falls into, or the earlier of two.
   */
  long toUtcAnyway(long local) {
    // Before a gap and at the first of two times the offset is the earlier one.
    return local - rules.getTransition(wallClock(local)).getOffsetBefore().getTotalSeconds();
  }

  /** Whether there are two of that time rather than none. */
  boolean isTwice(long local) {
    return rules.getTransition(wallClock(local)).isOverlap();
  }

  private static LocalDateTime wallClock(long local) {
    return LocalDateTime.ofEpochSecond(local, 0, ZoneOffset.UTC);
  }

  private void seek(long second) {
    if (second < starts[0] || second >= starts[starts.length - 1]) {
      long clamped =
          Math.max(Instant.MIN.getEpochSecond(), Math.min(second, Instant.MAX.getEpochSecond()));
      offset = rules.getOffset(Instant.ofEpochSecond(clamped)).getTotalSeconds();
      from = Long.MAX_VALUE;
      return;
    }
    int found = Arrays.binarySearch(starts, second);
    int index = found >= 0 ? found : -found - 2;
    from = starts[index];
    to = starts[index + 1];
    offset = offsets[index];
  }
}
