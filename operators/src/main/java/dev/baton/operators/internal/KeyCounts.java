package dev.baton.operators.internal;

import dev.baton.engine.batch.Memory;
import dev.baton.engine.batch.Validity;
import dev.baton.engine.batch.Vectors;
import dev.baton.engine.operator.StateReader;
import dev.baton.engine.operator.StateWriter;
import java.util.Arrays;
import org.apache.arrow.vector.FieldVector;

/** How often each of some keys occurs. Confined to one thread. */
public final class KeyCounts {
  private final KeyTable keys = new KeyTable();
  private long[] counts = new long[16];

  /** The keys counted, whose numbers {@link #count} takes; not to be added to. */
  public KeyTable keys() {
    return keys;
  }

  /** How often the key of that number has occurred. */
  public long count(int number) {
    return counts[number];
  }

  /** Counts an integer key once. */
  public void add(long key) {
    add(keys.add(key), 1);
  }

  private void add(int number, long times) {
    if (number == counts.length) {
      counts = Arrays.copyOf(counts, 2 * number);
    }
    counts[number] += times;
  }

  /** Counts the values of a text column that are not null. */
  public void observeText(FieldVector vector, int rows) {
    long data = Vectors.data(vector);
    long offsets = Vectors.offsets(vector);
    for (int word = 0; word < Validity.words(rows); word++) {
      long valid = Validity.word(Validity.address(vector), word, rows);
      for (; valid != 0; valid &= valid - 1) {
        long at = offsets + 4 * (64L * word + Long.numberOfTrailingZeros(valid));
        int start = Memory.getInt(at);
        add(keys.add(data + start, Memory.getInt(at + 4) - start), 1);
      }
    }
  }

  /** Counts the values of an integer or boolean column that are not null. */
  public void observeIntegers(FieldVector vector, int rows) {
    long[] block = new long[Math.min(rows, Longs.BLOCK)];
    for (int first = 0; first < rows; first += Longs.BLOCK) {
      int count = Math.min(Longs.BLOCK, rows - first);
      Longs.load(vector, first, count, block);
      for (int start = 0; start < count; start += 64) {
        long valid = Validity.word(Validity.address(vector), (first + start) >>> 6, rows);
        for (; valid != 0; valid &= valid - 1) {
          add(block[start + Long.numberOfTrailingZeros(valid)]);
        }
      }
    }
  }

  /** Adds what another has counted. */
  public void merge(KeyCounts later) {
    for (int number = 0; number < later.keys.size(); number++) {
      add(keys.add(later.keys, number), later.counts[number]);
    }
  }

  /** Writes all keys and counts, for {@link #read} of a new object. */
  public void write(StateWriter out) {
    keys.write(out);
    out.longs(Arrays.copyOf(counts, keys.size()));
  }

  public void read(StateReader in) {
    keys.read(in);
    // Room for the next key, as adding one expects.
    long[] sent = in.longs();
    counts = Arrays.copyOf(sent, Math.max(16, sent.length));
  }
}
