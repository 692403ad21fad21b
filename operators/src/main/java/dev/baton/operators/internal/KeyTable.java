package dev.baton.operators.internal;

import dev.baton.engine.operator.StateReader;
import dev.baton.engine.operator.StateWriter;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Distinct byte strings, numbered from 0 in the order they were added: an open-addressing hash
 * table without an object per key. Integers are keys of eight bytes.
 *
 * <p>{@code slots} holds the upper half of a key's hash and its number + 1, 0 where free. {@code
 * entries} holds two words per key: its first eight bytes (little-endian, padded with zeros), then
 * where the rest begins in {@code rest} (upper half) and its length in bytes (lower half). So a key
 * of at most eight bytes is found in two cache lines.
 *
 * <p>Any number of threads may search a table that nobody adds to.
 */
public final class KeyTable {
  private static final long HASH = 0xFFFFFFFF00000000L;
  private static final long FACTOR = 0x9E3779B97F4A7C15L;

  private long[] slots = new long[32];
  private long[] entries = new long[32];
  private long[] rest = new long[16];
  private int restSize;
  private int size;

  /** How many keys there are. */
  public int size() {
    return size;
  }

  /** The number of the key of {@code length} bytes at {@code address}, or -1. */
  public int find(long address, int length) {
    long first = Swar.word(address, length);
    int slot = search(first, address, length, hash(first, address, length));
    return slot < 0 ? -1 : (int) slots[slot] - 1;
  }

  /** The number of an integer key, or -1. */
  public int find(long value) {
    int slot = search(value, 0, 8, hash(value, 0, 8));
    return slot < 0 ? -1 : (int) slots[slot] - 1;
  }

  /** The number of the key of {@code length} bytes at {@code address}, added if it is new. */
  public int add(long address, int length) {
    long first = Swar.word(address, length);
    long hash = hash(first, address, length);
    int slot = search(first, address, length, hash);
    if (slot >= 0) {
      return (int) slots[slot] - 1;
    }
    int start = restSize;
    int words = restWords(length);
    reserve(words);
    for (int i = 1; i <= words; i++) {
      rest[restSize++] = Swar.word(address + 8L * i, length - 8 * i);
    }
    return insert(~slot, hash, first, start, length);
  }

  /** The number of an integer key, added if it is new. */
  public int add(long value) {
    long hash = hash(value, 0, 8);
    int slot = search(value, 0, 8, hash);
    return slot >= 0 ? (int) slots[slot] - 1 : insert(~slot, hash, value, restSize, 8);
  }

  /** The number here of key {@code number} of another table, added if it is new. */
  public int add(KeyTable other, int number) {
    return add(
        other.entries[2 * number], other.rest, other.restStart(number), other.length(number));
  }

  /** The number of a text key, added if it is new. */
  public int add(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    long[] words = new long[restWords(bytes.length) + 1];
    for (int i = 0; i < bytes.length; i++) {
      words[i >>> 3] |= (bytes[i] & 0xFFL) << ((i & 7) << 3);
    }
    return add(words[0], words, 1, bytes.length);
  }

  private int add(long first, long[] source, int sourceStart, int length) {
    long hash = hash(first, source, sourceStart, length);
    int slot = search(first, source, sourceStart, length, hash);
    if (slot >= 0) {
      return (int) slots[slot] - 1;
    }
    int start = restSize;
    int words = restWords(length);
    reserve(words);
    System.arraycopy(source, sourceStart, rest, start, words);
    restSize += words;
    return insert(~slot, hash, first, start, length);
  }

  /** The integer key of that number. */
  public long value(int number) {
    return entries[2 * number];
  }

  /** The key of that number as text. */
  public String text(int number) {
    byte[] bytes = new byte[length(number)];
    for (int i = 0; i < bytes.length; i++) {
      long word = i < 8 ? entries[2 * number] : rest[restStart(number) + (i >>> 3) - 1];
      bytes[i] = (byte) (word >>> ((i & 7) << 3));
    }
    return new String(bytes, StandardCharsets.UTF_8);
  }

  /** Orders two keys by their unsigned bytes, which for text is the order of its code points. */
  public int compareBytes(int a, int b) {
    int order = compareWords(entries[2 * a], entries[2 * b]);
    int words = Math.min(restWords(length(a)), restWords(length(b)));
    for (int i = 0; i < words && order == 0; i++) {
      order = compareWords(rest[restStart(a) + i], rest[restStart(b) + i]);
    }
    return order != 0 ? order : Integer.compare(length(a), length(b));
  }

  private static int compareWords(long a, long b) {
    return Long.compareUnsigned(Long.reverseBytes(a), Long.reverseBytes(b));
  }

  /** Writes all keys in the order of their numbers. */
  void write(StateWriter out) {
    out.longs(Arrays.copyOf(entries, 2 * size));
    out.longs(Arrays.copyOf(rest, restSize));
  }

  /** Takes over the keys that another table wrote, with their numbers; for a new table. */
  void read(StateReader in) {
    long[] keys = in.longs();
    long[] rests = in.longs();
    size = keys.length / 2;
    restSize = rests.length;
    entries = Arrays.copyOf(keys, Math.max(32, keys.length));
    rest = Arrays.copyOf(rests, Math.max(16, rests.length));
    rehash(Math.max(32, Integer.highestOneBit(Math.max(1, 2 * size)) << 1));
  }

  /** The slot of a key in memory, or the complement of the free slot where it belongs. */
  private int search(long first, long address, int length, long hash) {
    int mask = slots.length - 1;
    for (int slot = (int) hash & mask; ; slot = slot + 1 & mask) {
      long found = slots[slot];
      if (found == 0) {
        return ~slot;
      }
      if (((found ^ hash) & HASH) == 0) {
        int number = (int) found - 1;
        if (entries[2 * number] == first
            && length(number) == length
            && (length <= 8 || restEquals(number, address, length))) {
          return slot;
        }
      }
    }
  }

  private boolean restEquals(int number, long address, int length) {
    int start = restStart(number) - 1;
    for (int i = 1; i <= restWords(length); i++) {
      if (rest[start + i] != Swar.word(address + 8L * i, length - 8 * i)) {
        return false;
      }
    }
    return true;
  }

  private int search(long first, long[] source, int sourceStart, int length, long hash) {
    int mask = slots.length - 1;
    int words = restWords(length);
    for (int slot = (int) hash & mask; ; slot = slot + 1 & mask) {
      long found = slots[slot];
      if (found == 0) {
        return ~slot;
      }
      int number = (int) found - 1;
      if (((found ^ hash) & HASH) == 0
          && entries[2 * number] == first
          && length(number) == length) {
        int start = restStart(number);
        if (Arrays.equals(rest, start, start + words, source, sourceStart, sourceStart + words)) {
          return slot;
        }
      }
    }
  }

  private int insert(int slot, long hash, long first, int restStart, int length) {
    if (2 * size == entries.length) {
      entries = Arrays.copyOf(entries, 2 * entries.length);
    }
    entries[2 * size] = first;
    entries[2 * size + 1] = (long) restStart << 32 | length;
    slots[slot] = hash & HASH | ++size;
    if (2 * size > slots.length) {
      rehash(2 * slots.length);
    }
    return size - 1;
  }

  private void rehash(int length) {
    slots = new long[length];
    int mask = length - 1;
    for (int number = 0; number < size; number++) {
      long again = hash(value(number), rest, restStart(number), length(number));
      int free = (int) again & mask;
      while (slots[free] != 0) {
        free = (free + 1) & mask;
      }
      slots[free] = again & HASH | number + 1;
    }
  }

  private void reserve(int words) {
    if (restSize + words > rest.length) {
      rest = Arrays.copyOf(rest, Math.max(2 * rest.length, restSize + words));
    }
  }

  private int length(int number) {
    return (int) entries[2 * number + 1];
  }

  private int restStart(int number) {
    return (int) (entries[2 * number + 1] >>> 32);
  }

  /** Words of a key after its first. */
  private static int restWords(int length) {
    return length <= 8 ? 0 : length - 1 >>> 3;
  }

  private static long hash(long first, long address, int length) {
    long hash = start(first, length);
    for (int i = 1; i <= restWords(length); i++) {
      hash = mix(hash, Swar.word(address + 8L * i, length - 8 * i));
    }
    return end(hash);
  }

  private static long hash(long first, long[] rest, int restStart, int length) {
    long hash = start(first, length);
    for (int i = 0; i < restWords(length); i++) {
      hash = mix(hash, rest[restStart + i]);
    }
    return end(hash);
  }

  private static long start(long first, int length) {
    return mix(length, first);
  }

  private static long mix(long hash, long word) {
    long mixed = (hash ^ word) * FACTOR;
    return mixed ^ mixed >>> 32;
  }

  private static long end(long hash) {
    long mixed = hash * FACTOR;
    return mixed ^ mixed >>> 29;
  }
}
