package dev.baton.operators.parquet;

import dev.baton.engine.batch.Memory;
import dev.baton.operators.internal.KeyTable;
import dev.baton.operators.internal.Swar;
import java.util.Arrays;

/**
 * Distinct values, numbered in the order in which they come first: of a piece, or of a column of a
 * row group. One object serves many of them one after the other, as {@link #clear} costs nothing.
 *
 * <p>Open addressing, where each slot is one word and tells by its stamp whether it was taken since
 * the last clear. The slots of a block of values are fetched before any is searched, so that the
 * processor waits for many at once. Texts are not copied: a key is a place in the memory of the
 * caller.
 *
 * <pre>
 *  63 ...................... 32 | 31 .. 22 | 21 ... 0
 *  32 bits of value or its hash | stamp    | number
 * </pre>
 */
final class DictionaryKeys {
  private static final int BLOCK = 512;
  private static final int NUMBER_BITS = 22;
  private static final int NUMBERS = (1 << NUMBER_BITS) - 1;
  private static final int STAMPS = 1 << 10;
  private static final long FACTOR = 0x9E3779B97F4A7C15L;

  private long[] slots = new long[64];

  /** Values, or start and length of texts. */
  private long[] keys = new long[16];

  /** The first bytes of texts. */
  private long[] words = new long[16];

  /**
   * Of the values at hand: 32 bits that tell them apart or a hash, and what lies in their slots.
   */
  private final int[] prints = new int[BLOCK];

  private final long[] found = new long[BLOCK];

  /** Of the texts at hand also where they lie, and their first bytes. */
  private final int[] starts = new int[BLOCK];

  private final int[] lengths = new int[BLOCK];
  private final long[] firsts = new long[BLOCK];
  private int stamp = 1;
  private int size;

  /** Forgets all keys. */
  void clear() {
    size = 0;
    stamp++;
    if (stamp == STAMPS) {
      stamp = 1;
      Arrays.fill(slots, 0);
    }
  }

  int size() {
    return size;
  }

  /** The value of that number, which is no text. */
  long value(int number) {
    return keys[number];
  }

  /** Where the text of that number lies, from the base that was told when it was added. */
  int start(int number) {
    return (int) (keys[number] >>> 32);
  }

  /** Says that the text of that number lies elsewhere now. */
  void move(int number, int start) {
    keys[number] = (long) start << 32 | length(number);
  }

  /** How many bytes the text of that number has. */
  int length(int number) {
    return (int) keys[number];
  }

  /** Writes to {@code numbers}, at the same places, the numbers of some values of 32 bits. */
  void ints(long source, int from, int to, int[] numbers) {
    for (int first = from; first < to; first += BLOCK) {
      int count = Math.min(BLOCK, to - first);
      for (int i = 0; i < count; i++) {
        prints[i] = Memory.getInt(source + 4L * (first + i));
      }
      probe(count);
      for (int i = 0; i < count; i++) {
        int value = prints[i];
        numbers[first + i] = has(found[i], value) ? number(found[i]) : search(value, value, 0);
      }
    }
  }

  /** The same for values of 64 bits. */
  void longs(long source, int from, int to, int[] numbers) {
    for (int first = from; first < to; first += BLOCK) {
      int count = Math.min(BLOCK, to - first);
      for (int i = 0; i < count; i++) {
        prints[i] = print(Memory.getLong(source + 8L * (first + i)));
      }
      probe(count);
      for (int i = 0; i < count; i++) {
        long value = Memory.getLong(source + 8L * (first + i));
        int number = number(found[i]);
        boolean here = has(found[i], prints[i]) && keys[number] == value;
        numbers[first + i] = here ? number : search(prints[i], value, 0);
      }
    }
  }

  /**
   * The same for the texts of some rows.
   *
   * @param base of the starts of all texts since the last clear
   * @param rows the rows of the values; those {@code from} to {@code to} are added
   * @param offsets where the text of each row starts and, four bytes further, ends
   */
  void texts(long base, long offsets, int[] rows, int from, int to, int[] numbers) {
    for (int first = from; first < to; first += BLOCK) {
      int count = Math.min(BLOCK, to - first);
      for (int i = 0; i < count; i++) {
        long place = Memory.getLong(offsets + 4L * rows[first + i]);
        starts[i] = (int) place;
        lengths[i] = (int) (place >>> 32) - (int) place;
      }
      texts(base, count, numbers, first);
    }
  }

  /**
   * The same for {@code count} texts that have their length, of four bytes, before them.
   *
   * @param places where the length of each lies, from {@code start} on, and where the last one ends
   */
  void texts(long base, int start, int[] places, int count, int[] numbers) {
    for (int first = 0; first < count; first += BLOCK) {
      int some = Math.min(BLOCK, count - first);
      for (int i = 0; i < some; i++) {
        starts[i] = start + places[first + i] + 4;
        lengths[i] = places[first + i + 1] - places[first + i] - 4;
      }
      texts(base, some, numbers, first);
    }
  }

  private void texts(long base, int count, int[] numbers, int at) {
    for (int i = 0; i < count; i++) {
      int length = lengths[i];
      long word = Swar.word(base + starts[i], length);
      firsts[i] = word;
      prints[i] =
          print(
              length <= 8 ? word + length * FACTOR : KeyTable.hash(word, base + starts[i], length));
    }
    probe(count);
    for (int i = 0; i < count; i++) {
      int number = number(found[i]);
      boolean here =
          has(found[i], prints[i])
              && lengths[i] <= 8
              && words[number] == firsts[i]
              && length(number) == lengths[i];
      numbers[at + i] =
          here ? number : search(prints[i], (long) starts[i] << 32 | lengths[i], base);
    }
  }

  /** Makes room for a block of keys, and fetches what lies where they belong. */
  private void probe(int count) {
    reserve(count);
    long[] slots = this.slots;
    for (int i = 0; i < count; i++) {
      found[i] = slots[home(prints[i])];
    }
  }

  private static int print(long value) {
    return (int) (value * FACTOR >>> 32);
  }

  private int home(int print) {
    return (int) (print * FACTOR >>> 40) & slots.length - 1;
  }

  /** Whether a slot is taken by a value with that print. */
  private boolean has(long found, int print) {
    return (found ^ word(print, 0)) >>> NUMBER_BITS == 0;
  }

  private boolean isTaken(long found) {
    return (int) found >>> NUMBER_BITS == stamp;
  }

  private static int number(long found) {
    return (int) found & NUMBERS;
  }

  private long word(int print, int number) {
    return (long) print << 32 | (stamp << NUMBER_BITS | number) & 0xFFFF_FFFFL;
  }

  /** Goes through the slots of a key until it is found, or a free one, which it takes. */
  private int search(int print, long key, long base) {
    int mask = slots.length - 1;
    for (int slot = home(print); ; slot = slot + 1 & mask) {
      long found = slots[slot];
      if (!isTaken(found)) {
        slots[slot] = word(print, size);
        keys[size] = key;
        if (base != 0) {
          words[size] = Swar.word(base + (key >>> 32), (int) key);
        }
        return size++;
      } else if (has(found, print) && same(number(found), key, base)) {
        return number(found);
      }
    }
  }

  /** Whether a key is that of a number; {@code base} is 0 for those that are no texts. */
  private boolean same(int number, long key, long base) {
    return base == 0 ? keys[number] == key : sameText(number, key, base);
  }

  private boolean sameText(int number, long key, long base) {
    int length = (int) key;
    if (length(number) != length) {
      return false;
    }
    long a = base + start(number);
    long b = base + (int) (key >>> 32);
    for (int i = 0; i < length; i += 8) {
      if (Swar.word(a + i, length - i) != Swar.word(b + i, length - i)) {
        return false;
      }
    }
    return true;
  }

  /** Makes room for so many keys more. */
  private void reserve(int more) {
    int needed = size + more;
    if (needed >= keys.length) {
      keys = Arrays.copyOf(keys, Math.max(needed + 1, 2 * keys.length));
      words = Arrays.copyOf(words, keys.length);
    }
    if (4L * size > slots.length || 2L * needed > slots.length) {
      grow(Math.max(4L * size, 2L * needed));
    }
  }

  private void grow(long least) {
    long[] old = slots;
    slots = new long[(int) Long.highestOneBit(least - 1) << 1];
    int mask = slots.length - 1;
    for (int i = 0; size > 0 && i < old.length; i++) {
      if (isTaken(old[i])) {
        int slot = home((int) (old[i] >>> 32));
        while (slots[slot] != 0) {
          slot = slot + 1 & mask;
        }
        slots[slot] = old[i];
      }
    }
  }
}
