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
 * the last clear. Whether a value is new is no branch, as no processor could foretell it: the first
 * slot of a value is written in any case, and the number of keys grows by one or by nothing. Only a
 * slot that has another value is. Texts are not copied: a key is a place in the memory of the
 * caller.
 *
 * <pre>
 *  63 .. 54 | 53 ...................... 22 | 21 ... 0
 *  stamp    | 32 bits of value or its hash | number
 * </pre>
 */
final class DictionaryKeys {
  private static final int BLOCK = 512;
  private static final int NUMBER_BITS = 22;
  private static final int NUMBERS = (1 << NUMBER_BITS) - 1;
  private static final int STAMP_SHIFT = 32 + NUMBER_BITS;
  private static final int STAMPS = 1 << 10;
  private static final long FACTOR = 0x9E3779B97F4A7C15L;

  private long[] slots = new long[64];

  /** Values, or start and length of texts. */
  private long[] keys = new long[16];

  /** The first bytes of texts. */
  private long[] words = new long[16];

  /** Of the texts at hand: where they lie, a hash, and their first bytes. */
  private final int[] starts = new int[BLOCK];

  private final int[] lengths = new int[BLOCK];
  private final int[] prints = new int[BLOCK];
  private final long[] firsts = new long[BLOCK];
  private final boolean isFar;
  private int stamp = 1;
  private int size;

  /**
   * @param isFar whether many others are used by turns, so that the slots are in no near cache and
   *     those of a block of values are better fetched together before any is looked at
   */
  DictionaryKeys(boolean isFar) {
    this.isFar = isFar;
  }

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
      int end = Math.min(to, first + BLOCK);
      reserve(end - first);
      for (int i = first; isFar && i < end; i++) {
        numbers[i] = fetch(Memory.getInt(source + 4L * i));
      }
      ints(source, first, end, numbers, slots, keys);
    }
  }

  private void ints(long source, int from, int to, int[] numbers, long[] slots, long[] keys) {
    int count = size;
    for (int i = from; i < to; i++) {
      int value = Memory.getInt(source + 4L * i);
      long word = word(value, 0);
      int slot = home(value, slots.length);
      long found = slots[slot];
      long differs = (found ^ word) >>> NUMBER_BITS;
      if (isOther(differs)) {
        size = count;
        numbers[i] = search(value, value, 0);
        count = size;
        continue;
      }
      int isNew = isNew(differs);
      int number = number(found, count, isNew);
      slots[slot] = word | number;
      keys[count] = value;
      count += isNew;
      numbers[i] = number;
    }
    size = count;
  }

  /** The same for values of 64 bits. */
  void longs(long source, int from, int to, int[] numbers) {
    for (int first = from; first < to; first += BLOCK) {
      int end = Math.min(to, first + BLOCK);
      reserve(end - first);
      for (int i = first; isFar && i < end; i++) {
        numbers[i] = fetch(print(Memory.getLong(source + 8L * i)));
      }
      longs(source, first, end, numbers, slots, keys);
    }
  }

  private void longs(long source, int from, int to, int[] numbers, long[] slots, long[] keys) {
    int count = size;
    for (int i = from; i < to; i++) {
      long value = Memory.getLong(source + 8L * i);
      int print = print(value);
      long word = word(print, 0);
      int slot = home(print, slots.length);
      long found = slots[slot];
      long differs = (found ^ word) >>> NUMBER_BITS;
      int isNew = isNew(differs);
      int number = number(found, count, isNew);
      keys[count] = value;
      if (isOther(differs) || keys[number] != value) {
        size = count;
        numbers[i] = search(print, value, 0);
        count = size;
        continue;
      }
      slots[slot] = word | number;
      count += isNew;
      numbers[i] = number;
    }
    size = count;
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

  private void texts(long base, int some, int[] numbers, int at) {
    reserve(some);
    for (int i = 0; i < some; i++) {
      int length = lengths[i];
      long place = base + starts[i];
      long first = Swar.word(place, length);
      prints[i] =
          print(length <= 8 ? first + length * FACTOR : KeyTable.hash(first, place, length));
      firsts[i] = first;
    }
    for (int i = 0; isFar && i < some; i++) {
      numbers[at + i] = fetch(prints[i]);
    }
    texts(base, some, numbers, at, slots, keys, words);
  }

  private void texts(
      long base, int some, int[] numbers, int at, long[] slots, long[] keys, long[] words) {
    int count = size;
    for (int i = 0; i < some; i++) {
      int length = lengths[i];
      long key = (long) starts[i] << 32 | length;
      long first = firsts[i];
      int print = prints[i];
      long word = word(print, 0);
      int slot = home(print, slots.length);
      long found = slots[slot];
      long differs = (found ^ word) >>> NUMBER_BITS;
      int isNew = isNew(differs);
      int number = number(found, count, isNew);
      keys[count] = key;
      words[count] = first;
      long unlike = words[number] ^ first | (int) keys[number] ^ length;
      if (isOther(differs) || unlike != 0 || length > 8) {
        size = count;
        numbers[at + i] = search(print, key, base);
        count = size;
        continue;
      }
      slots[slot] = word | number;
      count += isNew;
      numbers[at + i] = number;
    }
    size = count;
  }

  /** Has the slot of a value come into a near cache; whoever asks has to keep what is returned. */
  private int fetch(int print) {
    return (int) slots[home(print, slots.length)];
  }

  private static int print(long value) {
    return (int) (value * FACTOR >>> 32);
  }

  private static int home(int print, int slots) {
    return (int) (print * FACTOR >>> 40) & slots - 1;
  }

  /**
   * Whether a slot is taken by a value of another print, by one comparison: whether {@code differs}
   * is from 1 to 2^32 - 1.
   *
   * @param differs the bits of stamp and print in which the slot is not what it were with the value
   */
  private static boolean isOther(long differs) {
    return differs - 1 + Long.MIN_VALUE < 0xFFFF_FFFFL + Long.MIN_VALUE;
  }

  /** 1 if the slot is not taken by a value of that print, or else 0. */
  private static int isNew(long differs) {
    return (int) (-differs >>> 63);
  }

  /** The number in a slot, or the next one if the value is new. */
  private static int number(long found, int next, int isNew) {
    int there = number(found);
    return there + (next - there & -isNew);
  }

  private boolean isTaken(long found) {
    return (int) (found >>> STAMP_SHIFT) == stamp;
  }

  private static int number(long found) {
    return (int) found & NUMBERS;
  }

  private long word(int print, int number) {
    return (long) stamp << STAMP_SHIFT | (print & 0xFFFF_FFFFL) << NUMBER_BITS | number;
  }

  /** Goes through the slots of a key until it is found, or a free one, which it takes. */
  private int search(int print, long key, long base) {
    int mask = slots.length - 1;
    for (int slot = home(print, slots.length); ; slot = slot + 1 & mask) {
      long found = slots[slot];
      if (!isTaken(found)) {
        slots[slot] = word(print, size);
        keys[size] = key;
        if (base != 0) {
          words[size] = Swar.word(base + (key >>> 32), (int) key);
        }
        return size++;
      } else if ((found ^ word(print, 0)) >>> NUMBER_BITS == 0 && same(number(found), key, base)) {
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
        int slot = home((int) (old[i] >>> NUMBER_BITS), slots.length);
        while (slots[slot] != 0) {
          slot = slot + 1 & mask;
        }
        slots[slot] = old[i];
      }
    }
  }
}
