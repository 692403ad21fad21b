package dev.baton.operators.combine;

import dev.baton.engine.batch.Memory;
import dev.baton.engine.batch.Types;
import dev.baton.engine.batch.Validity;
import dev.baton.engine.batch.Vectors;
import dev.baton.operators.combine.Scan.Keep;
import dev.baton.operators.internal.Doubles;
import dev.baton.operators.internal.KeyTable;
import dev.baton.operators.internal.Longs;
import java.util.Arrays;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;

/**
 * The values of one column in the slots of {@link Rings}, each a word and whether it is there. The
 * word of a text is its number in a table or, while the batch it came with is at hand, {@code
 * ~row}.
 */
final class RingColumn {
  private final Field field;
  private final Keep keep;
  private final boolean isText;
  private KeyTable texts = new KeyTable();

  /** The words in the slots, and whether each holds a value. */
  long[] words = new long[0];

  boolean[] has = new boolean[0];

  /** The same of the rows of the batch at hand. */
  long[] in = new long[0];

  boolean[] hasIn = new boolean[0];

  /** The same for what is to come out. */
  long[] out = new long[0];

  boolean[] hasOut = new boolean[0];

  RingColumn(Field field, Keep keep) {
    this.field = field;
    this.keep = keep;
    this.isText = field.getType() instanceof ArrowType.Utf8;
  }

  Field field() {
    return field;
  }

  boolean isText() {
    return isText;
  }

  /** The texts whose numbers are words. */
  KeyTable texts() {
    return texts;
  }

  void clear() {
    Arrays.fill(has, false);
    if (isText) {
      texts = new KeyTable();
    }
  }

  void reserve(int slots) {
    if (slots > words.length) {
      words = Arrays.copyOf(words, Math.max(slots, 2 * words.length));
      has = Arrays.copyOf(has, words.length);
    }
  }

  /** Puts what was learned of another row into a slot. */
  void put(int slot, Tails.Column from, int entry) {
    has[slot] = from.has.get(entry);
    if (has[slot]) {
      long word = from.words.get(entry);
      words[slot] = isText ? texts.add(from.texts, (int) word) : word;
    }
  }

  /** Reads the rows of a batch. */
  void load(FieldVector vector, int rows) {
    if (in.length < rows) {
      in = new long[rows];
      hasIn = new boolean[rows];
      out = new long[rows];
      hasOut = new boolean[rows];
    }
    long validity = Validity.address(vector);
    for (int row = 0; row < rows; row++) {
      hasIn[row] = Validity.isSet(validity, row);
    }
    if (isText) {
      for (int row = 0; row < rows; row++) {
        in[row] = ~row;
      }
    } else if (keep == Keep.DOUBLES) {
      loadDoubles(vector, rows);
    } else {
      Longs.load(vector, 0, rows, in);
      if (keep == Keep.VALUES) {
        refuseNan(rows);
      }
    }
  }

  private void loadDoubles(FieldVector vector, int rows) {
    double[] block = new double[Math.min(rows, Doubles.BLOCK)];
    for (int first = 0; first < rows; first += Doubles.BLOCK) {
      int count = Math.min(Doubles.BLOCK, rows - first);
      Doubles.load(vector, first, count, block);
      for (int i = 0; i < count; i++) {
        in[first + i] = Double.doubleToRawLongBits(block[i]);
        hasIn[first + i] &= !Double.isNaN(block[i]);
      }
    }
  }

  private void refuseNan(int rows) {
    if (field.getType().equals(Types.FLOAT64)) {
      for (int row = 0; row < rows; row++) {
        hasIn[row] &= !Double.isNaN(Double.longBitsToDouble(in[row]));
      }
    } else if (field.getType().equals(Types.FLOAT32)) {
      for (int row = 0; row < rows; row++) {
        hasIn[row] &= !Float.isNaN(Float.intBitsToFloat((int) in[row]));
      }
    }
  }

  /** Puts the rows at hand into their slots; what they find there comes out. */
  void shift(int[] slots, int rows, boolean backwards) {
    for (int n = 0; n < rows; n++) {
      int row = backwards ? rows - 1 - n : n;
      int slot = slots[row];
      out[row] = words[slot];
      hasOut[row] = has[slot];
      words[slot] = in[row];
      has[slot] = hasIn[row];
    }
  }

  /** Puts the values at hand into their slots; what is in them then comes out. */
  void fill(int[] slots, int rows, boolean backwards) {
    for (int n = 0; n < rows; n++) {
      int row = backwards ? rows - 1 - n : n;
      int slot = slots[row];
      if (hasIn[row]) {
        words[slot] = in[row];
        has[slot] = true;
      }
      out[row] = words[slot];
      hasOut[row] = has[slot];
    }
  }

  /** The column that comes out; the caller closes it. */
  FieldVector output(Field as, FieldVector source, int rows, BufferAllocator allocator) {
    return isText
        ? Outputs.texts(as, out, hasOut, rows, source, texts, allocator)
        : Outputs.words(as, out, hasOut, rows, allocator);
  }

  /** Keeps the texts of a batch that are in slots, before the batch goes. */
  void settle(FieldVector vector, int[] slots, int rows) {
    for (int row = 0; isText && row < rows; row++) {
      int slot = slots[row];
      if (has[slot] && words[slot] < 0) {
        words[slot] = number(vector, ~words[slot]);
      }
    }
  }

  /** Keeps all texts of the batch at hand. */
  void settle(FieldVector vector, int rows) {
    for (int row = 0; isText && row < rows; row++) {
      in[row] = hasIn[row] ? number(vector, row) : 0;
    }
  }

  private int number(FieldVector vector, long row) {
    long offset = Vectors.offsets(vector) + 4 * row;
    int start = Memory.getInt(offset);
    return texts.add(Vectors.data(vector) + start, Memory.getInt(offset + 4) - start);
  }
}
