package dev.baton.operators.internal;

import dev.baton.engine.batch.Memory;
import dev.baton.engine.operator.StateReader;
import dev.baton.engine.operator.StateWriter;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Distinct byte strings, numbered from 0 in the order they were added: an open-addressing hash
 * table without an object per key. Integers are keys of eight bytes.
 *
 * <p>{@code entries} holds two words per key: its first eight bytes (little-endian, padded with
 * zeros), then where the rest begins in {@code rest} (upper half) and its length in bytes (lower
 * half). {@code slots} holds two words per place: the first eight bytes of the key there if that is
 * all of it, else its hash; then its length (upper half) and its number + 1, 0 where free. So a key
 * of at most eight bytes is found in one cache line.
 *
 * <p>Any number of threads may search a table that nobody adds to.
 */
public final class KeyTable {
  private static final long FACTOR = 0x9E3779B97F4A7C15L;

  /** Words of slots up to which searching keys one by one is faster: half of a first cache. */
  private static final int SMALL = 2048;

  private long[] slots = new long[64];
  private long[] entries = new long[32];
  private long[] rest = new long[16];
  private int restSize;
  private int size;

  /** How many keys there are. */
  public int size() {
    return size;
  }

  /** Whether all slots fit into the first cache of a processor beside other things. */
  boolean isSmall() {
    return slots.length <= SMALL;
  }

  /** The number of the key of {@code length} bytes at {@code address}, or -1. */
  public int find(long address, int length) {
    return find(Swar.word(address, length), address, length);
  }

  /** The same for a key whose first word is known. */
  int find(long first, long address, int length) {
    return find(first, address, length, hash(first, address, length));
  }

  /** The same for a key whose first word and hash are known. */
  int find(long first, long address, int length, long hash) {
    int slot = search(first, address, length, hash);
    return slot < 0 ? -1 : number(slot);
  }

  /** The number of an integer key, or -1. */
  public int find(long value) {
    return find(value, 0, 8, hash(value, 0, 8));
  }

  /** The number here of key {@code number} of another table, or -1. */
  public int find(KeyTable other, int number) {
    return find(
        other.entries[2 * number], other.rest, other.restStart(number), other.length(number));
  }

  private int find(long first, long[] source, int sourceStart, int length) {
    int slot = search(first, source, sourceStart, length, hash(first, source, sourceStart, length));
    return slot < 0 ? -1 : number(slot);
  }

  /** The number of the key of {@code length} bytes in little-endian words, or -1. */
  public int find(long[] words, int length) {
    return find(words[0], words, 1, length);
  }

  /** The number of the key of {@code length} bytes at {@code address}, added if it is new. */
  public int add(long address, int length) {
    return add(Swar.word(address, length), address, length);
  }

  /** The same for a key whose first word is known. */
  int add(long first, long address, int length) {
    return add(first, address, length, hash(first, address, length));
  }

  /** The same for a key whose first word and hash are known. */
  int add(long first, long address, int length, long hash) {
    int slot = search(first, address, length, hash);
    return slot >= 0 ? number(slot) : insert(~slot, first, address, length, hash);
  }

  private int insert(int slot, long first, long address, int length, long hash) {
    int start = restSize;
    int words = restWords(length);
    reserve(words);
    for (int i = 1; i <= words; i++) {
      rest[restSize++] = Swar.word(address + 8L * i, length - 8 * i);
    }
    return insert(slot, hash, first, start, length);
  }

  /** The number of an integer key, added if it is new. */
  public int add(long value) {
    return add(value, 0, 8, hash(value, 0, 8));
  }

  /** The number here of key {@code number} of another table, added if it is new. */
  public int add(KeyTable other, int number) {
    return add(
        other.entries[2 * number], other.rest, other.restStart(number), other.length(number));
  }

  /** The number of the key of {@code length} bytes in little-endian words, added if it is new. */
  public int add(long[] words, int length) {
    return add(words[0], words, 1, length);
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
      return number(slot);
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

  /** Writes the key of that number to memory with room for its bytes, rounded up to words. */
  public void copy(int number, long address) {
    Memory.putLong(address, entries[2 * number]);
    int start = restStart(number);
    for (int i = 0; i < restWords(length(number)); i++) {
      Memory.putLong(address + 8L * (i + 1), rest[start + i]);
    }
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
  public void write(StateWriter out) {
    out.longs(Arrays.copyOf(entries, 2 * size));
    out.longs(Arrays.copyOf(rest, restSize));
  }

  /** Takes over the keys that another table wrote, with their numbers; for a new table. */
  public void read(StateReader in) {
    long[] keys = in.longs();
    long[] rests = in.longs();
    size = keys.length / 2;
    restSize = rests.length;
    entries = Arrays.copyOf(keys, Math.max(32, keys.length));
    rest = Arrays.copyOf(rests, Math.max(16, rests.length));
    slots = new long[Math.max(64, Integer.highestOneBit(Math.max(1, 4 * size)) << 1)];
    for (int number = 0; number < size; number++) {
      long first = value(number);
      int length = length(number);
      long hash = hash(first, rest, restStart(number), length);
      put(free(hash), mark(first, length, hash), length, number);
    }
  }

  /**
   * Looks for keys where they belong first, and nowhere else: gives {@code numbers} to those found
   * there, and writes which are not to {@code open}. Keys of more than eight bytes never are.
   *
   * @return how many are not
   */
  int probe(long[] firsts, int[] lengths, long[] hashes, int count, int[] numbers, int[] open) {
    long[] slots = this.slots;
    int mask = slots.length - 1;
    int left = 0;
    for (int i = 0; i < count; i++) {
      int slot = (int) hashes[i] << 1 & mask;
      long info = slots[slot + 1];
      int length = lengths[i];
      int number = (int) info - 1;
      // All ones where the slot is free or the key too long.
      int never = (number >> 31) | ((8 - length) >> 31);
      long other = (slots[slot] ^ firsts[i]) | ((info >>> 32) ^ length) | never;
      numbers[i] = number;
      open[left] = i;
      left += other == 0 ? 0 : 1;
    }
    return left;
  }

  private int number(int slot) {
    return (int) slots[slot + 1] - 1;
  }

  private static long mark(long first, int length, long hash) {
    return length <= 8 ? first : hash;
  }

  /** The slot of a key in memory, or the complement of the free slot where it belongs. */
  private int search(long first, long address, int length, long hash) {
    int mask = slots.length - 1;
    long mark = mark(first, length, hash);
    for (int slot = (int) hash << 1 & mask; ; slot = slot + 2 & mask) {
      long info = slots[slot + 1];
      if (info == 0) {
        return ~slot;
      }
      if (slots[slot] == mark
          && info >>> 32 == length
          && (length <= 8 || equals((int) info - 1, first, address, length))) {
        return slot;
      }
    }
  }

  private boolean equals(int number, long first, long address, int length) {
    return entries[2 * number] == first && restEquals(number, address, length);
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
    long mark = mark(first, length, hash);
    for (int slot = (int) hash << 1 & mask; ; slot = slot + 2 & mask) {
      long info = slots[slot + 1];
      if (info == 0) {
        return ~slot;
      }
      if (slots[slot] == mark && info >>> 32 == length) {
        int number = (int) info - 1;
        int start = restStart(number);
        if (entries[2 * number] == first
            && Arrays.equals(
                rest, start, start + words, source, sourceStart, sourceStart + words)) {
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
    put(slot, mark(first, length, hash), length, size);
    size++;
    if (4 * size > slots.length) {
      grow();
    }
    return size - 1;
  }

  private void put(int slot, long mark, int length, int number) {
    slots[slot] = mark;
    slots[slot + 1] = (long) length << 32 | number + 1;
  }

  private void grow() {
    long[] old = slots;
    slots = new long[2 * old.length];
    for (int slot = 0; slot < old.length; slot += 2) {
      long mark = old[slot];
      long info = old[slot + 1];
      if (info != 0) {
        int length = (int) (info >>> 32);
        put(free(length <= 8 ? hash(mark, length) : mark), mark, length, (int) info - 1);
      }
    }
  }

  private int free(long hash) {
    int mask = slots.length - 1;
    int free = (int) hash << 1 & mask;
    while (slots[free + 1] != 0) {
      free = free + 2 & mask;
    }
    return free;
  }

  private void reserve(int words) {
    if (restSize + words > rest.length) {
      rest = Arrays.copyOf(rest, Math.max(2 * rest.length, restSize + words));
    }
  }

  /** The bytes of the key of that number. */
  public int length(int number) {
    return (int) entries[2 * number + 1];
  }

  private int restStart(int number) {
    return (int) (entries[2 * number + 1] >>> 32);
  }

  /** Words of a key after its first. */
  private static int restWords(int length) {
    return length <= 8 ? 0 : length - 1 >>> 3;
  }

  /** The hash of the key of {@code length} bytes at {@code address}, whose first word is known. */
  public static long hash(long first, long address, int length) {
    long hash = start(first, length);
    for (int i = 1; i <= restWords(length); i++) {
      hash = mix(hash, Swar.word(address + 8L * i, length - 8 * i));
    }
    return end(hash);
  }

  /** The hash of a key of at most eight bytes. */
  private static long hash(long first, int length) {
    return end(start(first, length));
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
