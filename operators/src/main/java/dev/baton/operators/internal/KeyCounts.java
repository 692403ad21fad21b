package dev.baton.operators.internal;

import dev.baton.engine.batch.Batch;
import dev.baton.engine.batch.Memory;
import dev.baton.engine.batch.TextDictionary;
import dev.baton.engine.batch.Validity;
import dev.baton.engine.batch.Vectors;
import dev.baton.engine.operator.StateReader;
import dev.baton.engine.operator.StateWriter;
import dev.baton.engine.operator.TypeFamily;
import java.util.Arrays;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.IntVector;
import org.apache.arrow.vector.VarCharVector;

/** How often each of some keys occurs. Confined to one thread. */
public final class KeyCounts {
  private final KeyTable keys = new KeyTable();
  private long[] counts = new long[16];

  /** The dictionary whose texts were counted last, or null. */
  private TextDictionary dictionary;

  /** How often each of them was counted, which {@link #settle} adds to the counts of their keys. */
  private int[] seen;

  private int[] keyOf;

  /** Rows counted in {@code seen} and those that were null. */
  private long pending;

  /** The keys counted, whose numbers {@link #count} takes; not to be added to. */
  public KeyTable keys() {
    return keys;
  }

  /** How often the key of that number has occurred. */
  public long count(int number) {
    settle();
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
    makeRoom();
    counts[number] += times;
  }

  /**
   * Counts the values of a column that are neither null nor NaN; where it has a dictionary the
   * numbers of its texts, of which each is searched once.
   *
   * @param type as {@link Keys#family} tells
   * @return how many are null or NaN
   */
  public long observe(TypeFamily type, Batch batch, String column) {
    TextDictionary from = batch.dictionary(column);
    return from == null
        ? observe(type, batch.column(column), batch.rows())
        : observe(from, batch.numbers(column));
  }

  private long observe(TextDictionary from, IntVector numbers) {
    int rows = numbers.getValueCount();
    if (from != dictionary || pending + rows > Integer.MAX_VALUE) {
      settle();
      dictionary = from;
      seen = new int[from.size()];
      keyOf = new int[from.size()];
    }
    pending += rows;
    int[] found = new int[Math.min(rows, Longs.BLOCK)];
    int news = 0;
    long source = Vectors.data(numbers);
    long validity = Validity.address(numbers);
    long missing = rows;
    for (int start = 0; start < rows; start += 64) {
      long valid = Validity.word(validity, start >>> 6, rows);
      missing -= Long.bitCount(valid);
      for (; valid != 0; valid &= valid - 1) {
        int number = Memory.getInt(source + 4L * (start + Long.numberOfTrailingZeros(valid)));
        if (seen[number]++ == 0) {
          found[news++] = number;
          if (news == found.length) {
            add(from.texts(), found, news);
            news = 0;
          }
        }
      }
    }
    add(from.texts(), found, news);
    return missing;
  }

  private void add(VarCharVector texts, int[] numbers, int count) {
    KeyBlock block = KeyBlock.ofThread().load(texts, numbers, count).add(keys);
    for (int i = 0; i < count; i++) {
      keyOf[block.row(i)] = block.number(i);
    }
  }

  /** Adds what was counted of the texts of a dictionary to the counts of their keys. */
  private void settle() {
    if (dictionary == null) {
      return;
    }
    makeRoom();
    for (int number = 0; number < seen.length; number++) {
      if (seen[number] > 0) {
        counts[keyOf[number]] += seen[number];
      }
    }
    dictionary = null;
    seen = null;
    keyOf = null;
    pending = 0;
  }

  private void makeRoom() {
    if (keys.size() > counts.length) {
      counts = Arrays.copyOf(counts, Math.max(2 * counts.length, keys.size()));
    }
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
    makeRoom();
    for (int i = 0; i < block.size(); i++) {
      counts[block.number(i)]++;
    }
  }

  /** Adds what another has counted. */
  public void merge(KeyCounts later) {
    later.settle();
    KeyBlock block = KeyBlock.ofThread();
    for (int first = 0; first < later.keys.size(); first += Longs.BLOCK) {
      int count = Math.min(Longs.BLOCK, later.keys.size() - first);
      if (block.load(later.keys, first, count)) {
        block.add(keys);
        makeRoom();
        for (int i = 0; i < count; i++) {
          counts[block.number(i)] += later.counts[first + i];
        }
      } else {
        for (int number = first; number < first + count; number++) {
          add(keys.add(later.keys, number), later.counts[number]);
        }
      }
    }
  }

  /** Writes all keys and counts, for {@link #read} of a new object. */
  public void write(StateWriter out) {
    settle();
    keys.write(out);
    out.longs(Arrays.copyOf(counts, keys.size()));
  }

  public void read(StateReader in) {
    keys.read(in);
    long[] sent = in.longs();
    counts = Arrays.copyOf(sent, Math.max(16, sent.length));
  }
}
