package dev.baton.operators.parquet;

import dev.baton.engine.batch.Memory;

/** Booleans, as bytes of 0 and 1. */
final class BooleanValues {
  private static final int PIECE = 56;

  private BooleanValues() {}

  private static void spread(long bits, int count, long target) {
    for (int i = 0; i < count; i++) {
      Memory.putByte(target + i, (byte) (bits >>> i & 1));
    }
  }

  /** A bit for each. */
  static final class Plain implements FixedValues {
    private final long end;
    private long bit;

    Plain(long from, long to) {
      this.bit = from << 3;
      this.end = to << 3;
    }

    @Override
    public void read(int count, long target) throws CorruptException {
      if (count > end - bit) {
        throw FixedValues.cutOff(count, end - bit);
      }
      for (int done = 0; done < count; done += PIECE) {
        int some = Math.min(PIECE, count - done);
        spread(Bits.get(bit, some), some, target + done);
        bit += some;
      }
    }
  }

  /** Runs, behind their length in bytes. */
  static final class Runs implements FixedValues {
    private final RunReader runs = new RunReader();

    Runs(long from, long to) throws CorruptException {
      int length = to - from < 4 ? -1 : Memory.getInt(from);
      if (length < 0 || length > to - from - 4) {
        throw new CorruptException(
            "the runs of a page claim " + length + " of " + (to - from) + " bytes");
      }
      runs.start(from + 4, from + 4 + length, 1);
    }

    @Override
    public void read(int count, long target) throws CorruptException {
      // Bits first, in the room of the bytes; from the last to the first none is overwritten
      // unread.
      Memory.fill(target, ((count + 7) >>> 3) + 8L, (byte) 0);
      runs.bits(count, target, 0);
      for (int i = (count - 1) / PIECE * PIECE; i >= 0; i -= PIECE) {
        int some = Math.min(PIECE, count - i);
        if (some > 0) {
          spread(Bits.get((target << 3) + i, some), some, target + i);
        }
      }
    }
  }
}
