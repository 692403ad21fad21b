package dev.baton.operators.internal;

import dev.baton.engine.operator.StateReader;
import dev.baton.engine.operator.StateWriter;
import dev.baton.engine.operator.TypeFamily;
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

  /** Counts an integer key so many times. */
  public void add(long key, long times) {
    add(keys.add(key), times);
  }

  private void add(int number, long times) {
    if (number == counts.length) {
      counts = Arrays.copyOf(counts, 2 * number);
    }
    counts[number] += times;
  }

  /**
   * Counts the values of a column that are neither null nor NaN.
   *
   * @param type as {@link Keys#family} tells
   * @return how many are null or NaN
   */
  public long observe(TypeFamily type, FieldVector vector, int rows) {
    long[] scratch = new long[type == TypeFamily.TEXT ? 0 : Math.min(rows, Longs.BLOCK)];
    long missing = rows;
    for (int first = 0; first < rows; first += Longs.BLOCK) {
      int count = Math.min(Longs.BLOCK, rows - first);
      KeyBlock block = KeyBlock.ofThread().load(type, vector, first, count, scratch).add(keys);
      missing -= block.size();
      count(block);
    }
    return missing;
  }

  private void count(KeyBlock block) {
    if (keys.size() > counts.length) {
      counts = Arrays.copyOf(counts, Math.max(2 * counts.length, keys.size()));
    }
    for (int i = 0; i < block.size(); i++) {
      counts[block.number(i)]++;
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
