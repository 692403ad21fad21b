package dev.baton.operators.time;

import java.time.Instant;
import java.time.ZoneId;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.Arrays;

/**
 * The offsets of a time zone from UTC. Transitions of the years 1900 to 2100 are kept in an array
 * and the interval of the last instant is remembered, so that an ordered column costs two
 * comparisons a row. Confined to one thread.
 */
final class Zone {
  private static final Instant FIRST = Instant.parse("1900-01-01T00:00:00Z");
  private static final Instant LAST = Instant.parse("2101-01-01T00:00:00Z");

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

  /** Turns seconds since the epoch in UTC into seconds of the wall clock, in place. */
  void toLocal(long[] seconds, int count) {
    for (int i = 0; i < count; i++) {
      long second = seconds[i];
      if (second < from || second >= to) {
        seek(second);
      }
      seconds[i] = second + offset;
    }
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
