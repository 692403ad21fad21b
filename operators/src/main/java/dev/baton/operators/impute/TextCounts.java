package dev.baton.operators.impute;

import dev.baton.engine.batch.Batch;
import dev.baton.engine.batch.Memory;
import dev.baton.engine.batch.Validity;
import dev.baton.engine.batch.Vectors;
import dev.baton.engine.operator.StateReader;
import dev.baton.engine.operator.StateWriter;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.apache.arrow.vector.FieldVector;

/**
 * How often a text column has each value: an open-addressing table of numbers of distinct values,
 * whose UTF-8 bytes lie one after the other in an array.
 */
final class TextCounts implements ImputerState.Collector<TextCounts> {
  private final String column;

  /** The number of a value plus one, or 0 in a free slot. */
  private int[] slots = new int[64];

  private int size;
  private int[] hashes = new int[32];
  private long[] counts = new long[32];

  /** Where each value begins, and where the last one ends. */
  private int[] starts = new int[33];

  private byte[] bytes = new byte[512];

  /** The value looked up, as off-heap bytes are compared on the heap. */
  private byte[] wanted = new byte[64];

  TextCounts(String column) {
    this.column = column;
  }

  @Override
  public void observe(Batch batch) {
    FieldVector vector = batch.column(column);
    int rows = batch.rows();
    long offsets = Vectors.offsets(vector);
    long data = Vectors.data(vector);
    for (int word = 0; word < Validity.words(rows); word++) {
      long valid = Validity.word(Validity.address(vector), word, rows);
      for (; valid != 0; valid &= valid - 1) {
        long at = offsets + 4 * (64L * word + Long.numberOfTrailingZeros(valid));
        int start = Memory.getInt(at);
        int length = Memory.getInt(at + 4) - start;
        if (length > wanted.length) {
          wanted = new byte[2 * length];
        }
        Memory.copyToArray(data + start, wanted, 0, length);
        add(wanted, 0, length, 1);
      }
    }
  }

  private void add(byte[] from, int start, int length, long count) {
    int hash = hash(from, start, length);
    int slot = hash & slots.length - 1;
    while (slots[slot] != 0) {
      int value = slots[slot] - 1;
      if (hashes[value] == hash
          && Arrays.equals(bytes, starts[value], starts[value + 1], from, start, start + length)) {
        counts[value] += count;
        return;
      }
      slot = slot + 1 & slots.length - 1;
    }
    slots[slot] = size + 1;
    append(from, start, length, hash, count);
    if (2 * size > slots.length) {
      grow();
    }
  }

  private static int hash(byte[] from, int start, int length) {
    int hash = length;
    for (int i = start; i < start + length; i++) {
      hash = 31 * hash + from[i];
    }
    hash *= 0x9E3779B9;
    return hash ^ hash >>> 15;
  }

  private void append(byte[] from, int start, int length, int hash, long count) {
    int end = starts[size];
    if (end + (long) length > Integer.MAX_VALUE - 8) {
      throw new IllegalStateException(
          "column '" + column + "' has more than 2 GiB of distinct texts; use strategy constant");
    }
    if (end + length > bytes.length) {
      long twice = Math.max(end + (long) length, 2L * bytes.length);
      bytes = Arrays.copyOf(bytes, (int) Math.min(twice, Integer.MAX_VALUE - 8));
    }
    if (size == counts.length) {
      counts = Arrays.copyOf(counts, 2 * size);
      hashes = Arrays.copyOf(hashes, 2 * size);
      starts = Arrays.copyOf(starts, 2 * size + 1);
    }
    System.arraycopy(from, start, bytes, end, length);
    counts[size] = count;
    hashes[size] = hash;
    size++;
    starts[size] = end + length;
  }

  private void grow() {
    slots = new int[2 * slots.length];
    for (int value = 0; value < size; value++) {
      int slot = hashes[value] & slots.length - 1;
      while (slots[slot] != 0) {
        slot = slot + 1 & slots.length - 1;
      }
      slots[slot] = value + 1;
    }
  }

  @Override
  public void merge(TextCounts later) {
    for (int value = 0; value < later.size; value++) {
      int start = later.starts[value];
      add(later.bytes, start, later.starts[value + 1] - start, later.counts[value]);
    }
  }

  @Override
  public void write(StateWriter out) {
    out.bytes(Arrays.copyOf(bytes, starts[size]));
    out.longs(Arrays.stream(starts, 0, size + 1).asLongStream().toArray());
    out.longs(Arrays.copyOf(counts, size));
  }

  @Override
  public void read(StateReader in) {
    byte[] texts = in.bytes();
    long[] begins = in.longs();
    long[] times = in.longs();
    for (int value = 0; value < times.length; value++) {
      int begin = (int) begins[value];
      add(texts, begin, (int) begins[value + 1] - begin, times[value]);
    }
  }

  /** The smallest by UTF-8 bytes, which is the order of code points. */
  @Override
  public String value() {
    int best = -1;
    for (int value = 0; value < size; value++) {
      if (best < 0
          || counts[value] > counts[best]
          || counts[value] == counts[best] && less(value, best)) {
        best = value;
      }
    }
    return best < 0
        ? null
        : new String(bytes, starts[best], starts[best + 1] - starts[best], StandardCharsets.UTF_8);
  }

  private boolean less(int a, int b) {
    return Arrays.compareUnsigned(bytes, starts[a], starts[a + 1], bytes, starts[b], starts[b + 1])
        < 0;
  }
}
