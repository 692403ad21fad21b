package dev.baton.operators.internal;

import dev.baton.engine.batch.Memory;
import dev.baton.engine.batch.TextDictionary;
import dev.baton.engine.batch.Validity;
import dev.baton.engine.batch.Vectors;
import java.util.Arrays;
import org.apache.arrow.vector.IntVector;
import org.apache.arrow.vector.VarCharVector;

/**
 * The 32-bit integers that are made of the texts of a dictionary: each is made when the first batch
 * has its text. One for a column, of whose batches many have the same dictionary. Confined to one
 * thread at a time.
 */
public final class DictionaryMap {
  /** What of a text is not made yet; if this is what is made of one, it is made again. */
  private static final int UNMADE = Integer.MIN_VALUE + 2;

  /** Makes something of some texts. */
  @FunctionalInterface
  public interface Maker {
    /**
     * Makes it of {@code count} texts.
     *
     * @param made where to write it, at the numbers of the texts
     */
    void make(VarCharVector texts, int[] numbers, int count, int[] made);
  }

  private TextDictionary dictionary;
  private int[] made;

  /** Texts that are to be made something of. */
  private final int[] open = new int[Longs.BLOCK];

  /**
   * Writes four bytes for each row to {@code target}.
   *
   * @param numbers of texts of {@code from}
   * @param missing what nulls get
   */
  public void write(TextDictionary from, IntVector numbers, int missing, Maker maker, long target) {
    if (from != dictionary) {
      made = new int[from.size()];
      Arrays.fill(made, UNMADE);
      dictionary = from;
    }
    try {
      make(from, numbers, maker);
    } catch (Throwable e) {
      // Some texts count as made that are not: the next batch begins anew.
      dictionary = null;
      throw e;
    }
    int rows = numbers.getValueCount();
    long source = Vectors.data(numbers);
    long validity = Validity.address(numbers);
    for (int start = 0; start < rows; start += 64) {
      long valid = Validity.word(validity, start >>> 6, rows);
      int end = Math.min(rows, start + 64);
      for (int row = start; row < end; row++) {
        int value = made[Memory.getInt(source + 4L * row)];
        // All ones for a null.
        int isNull = (int) (valid >>> row & 1) - 1;
        Memory.putInt(target + 4L * row, value & ~isNull | missing & isNull);
      }
    }
  }

  /** Makes what is missing of texts that rows have. */
  private void make(TextDictionary from, IntVector numbers, Maker maker) {
    int rows = numbers.getValueCount();
    long source = Vectors.data(numbers);
    long validity = Validity.address(numbers);
    int count = 0;
    for (int start = 0; start < rows; start += 64) {
      long valid = Validity.word(validity, start >>> 6, rows);
      for (; valid != 0; valid &= valid - 1) {
        int number = Memory.getInt(source + 4L * (start + Long.numberOfTrailingZeros(valid)));
        if (made[number] == UNMADE) {
          // Not to be listed twice.
          made[number] = 0;
          open[count++] = number;
          if (count == open.length) {
            maker.make(from.texts(), open, count, made);
            count = 0;
          }
        }
      }
    }
    maker.make(from.texts(), open, count, made);
  }
}
