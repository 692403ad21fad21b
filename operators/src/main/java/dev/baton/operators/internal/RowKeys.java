package dev.baton.operators.internal;

import dev.baton.engine.batch.Batch;
import dev.baton.engine.batch.Memory;
import dev.baton.engine.batch.Types;
import dev.baton.engine.batch.Validity;
import dev.baton.engine.batch.Vectors;
import dev.baton.engine.operator.TypeFamily;
import java.util.Arrays;
import java.util.List;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;

/**
 * The values of some columns as keys of a {@link KeyTable}, a number for each row. A null is a
 * value like any other; 0.0 and -0.0 are one value, and all NaNs are one. Confined to one thread.
 *
 * <p>One column is a key as it is. Several are put together in words: a bit for each that is null,
 * then a word for each number, and for each text its length and its bytes.
 */
public final class RowKeys {
  /** No UTF-8 text has these bytes. */
  private static final long[] NULL_TEXT = {-1, 0xFF};

  private final List<Field> columns;
  private final long[][] blocks;
  private long[] words = new long[16];

  /** Keys of these columns, at least one. */
  public RowKeys(List<Field> columns) {
    this.columns = List.copyOf(columns);
    this.blocks = new long[columns.size()][];
    for (int i = 0; i < blocks.length; i++) {
      blocks[i] = isText(columns.get(i)) ? null : new long[Longs.BLOCK];
    }
  }

  /** The types of which keys can be made. */
  public static TypeFamily[] types() {
    return new TypeFamily[] {
      TypeFamily.NUMERIC, TypeFamily.TEXT, TypeFamily.BOOLEAN, TypeFamily.TEMPORAL
    };
  }

  private static boolean isText(Field column) {
    return column.getType() instanceof ArrowType.Utf8;
  }

  /** The numbers of all rows of a batch, whose keys are added where they are new. */
  public void add(Batch batch, KeyTable table, int[] numbers) {
    number(batch, table, true, numbers);
  }

  /** The numbers of all rows of a batch, -1 where the table has no such key. */
  public void find(Batch batch, KeyTable table, int[] numbers) {
    number(batch, table, false, numbers);
  }

  /** A hash of the key of each row, which depends on nothing but its values and the seed. */
  public void hash(Batch batch, long seed, long[] hashes) {
    Arrays.fill(hashes, 0, batch.rows(), seed);
    for (int c = 0; c < blocks.length; c++) {
      FieldVector vector = batch.column(columns.get(c).getName());
      for (int first = 0; first < batch.rows(); first += Longs.BLOCK) {
        int count = Math.min(Longs.BLOCK, batch.rows() - first);
        if (blocks[c] == null) {
          hashTexts(vector, first, count, hashes);
        } else {
          load(vector, first, count, blocks[c]);
          hashWords(vector, first, count, blocks[c], hashes);
        }
      }
    }
  }

  private static void hashWords(
      FieldVector vector, int first, int count, long[] block, long[] hashes) {
    long validity = Validity.address(vector);
    for (int i = 0; i < count; i++) {
      long value = Validity.isSet(validity, first + i) ? Mixing.mix(block[i]) : 0;
      hashes[first + i] = Mixing.mix(hashes[first + i] ^ value);
    }
  }

  private static void hashTexts(FieldVector vector, int first, int count, long[] hashes) {
    long data = Vectors.data(vector);
    long offsets = Vectors.offsets(vector);
    long validity = Validity.address(vector);
    for (int row = first; row < first + count; row++) {
      long hash = hashes[row];
      if (Validity.isSet(validity, row)) {
        int start = Memory.getInt(offsets + 4L * row);
        int length = Memory.getInt(offsets + 4L * row + 4) - start;
        hash = Mixing.mix(hash ^ Mixing.mix(length));
        for (int at = 0; at < length; at += 8) {
          hash = Mixing.mix(hash ^ Swar.word(data + start + at, length - at));
        }
      }
      hashes[row] = Mixing.mix(hash);
    }
  }

  private void number(Batch batch, KeyTable table, boolean add, int[] numbers) {
    FieldVector[] vectors = new FieldVector[blocks.length];
    for (int i = 0; i < vectors.length; i++) {
      vectors[i] = batch.column(columns.get(i).getName());
    }
    for (int first = 0; first < batch.rows(); first += Longs.BLOCK) {
      int count = Math.min(Longs.BLOCK, batch.rows() - first);
      for (int i = 0; i < vectors.length; i++) {
        if (blocks[i] != null) {
          load(vectors[i], first, count, blocks[i]);
        }
      }
      if (vectors.length > 1) {
        several(vectors, first, count, table, add, numbers);
      } else if (blocks[0] == null) {
        texts(vectors[0], first, count, table, add, numbers);
      } else {
        words(vectors[0], first, count, table, add, numbers);
      }
    }
  }

  /** Loads values so that those which are equal have equal words. */
  private static void load(FieldVector vector, int first, int count, long[] into) {
    Longs.load(vector, first, count, into);
    ArrowType type = vector.getField().getType();
    if (type.equals(Types.FLOAT64)) {
      for (int i = 0; i < count; i++) {
        into[i] = Double.doubleToLongBits(Double.longBitsToDouble(into[i]) + 0.0);
      }
    } else if (type.equals(Types.FLOAT32)) {
      for (int i = 0; i < count; i++) {
        into[i] = Float.floatToIntBits(Float.intBitsToFloat((int) into[i]) + 0.0f);
      }
    }
  }

  private void words(
      FieldVector vector, int first, int count, KeyTable table, boolean add, int[] numbers) {
    long[] block = blocks[0];
    long validity = Validity.address(vector);
    boolean valid = Validity.nulls(vector) == 0;
    for (int i = 0; i < count; i++) {
      if (valid || Validity.isSet(validity, first + i)) {
        numbers[first + i] = add ? table.add(block[i]) : table.find(block[i]);
      } else {
        words[0] = 0;
        numbers[first + i] = add ? table.add(words, 0) : table.find(words, 0);
      }
    }
  }

  private static void texts(
      FieldVector vector, int first, int count, KeyTable table, boolean add, int[] numbers) {
    long data = Vectors.data(vector);
    long offsets = Vectors.offsets(vector);
    long validity = Validity.address(vector);
    boolean valid = Validity.nulls(vector) == 0;
    for (int row = first; row < first + count; row++) {
      if (valid || Validity.isSet(validity, row)) {
        int start = Memory.getInt(offsets + 4L * row);
        int length = Memory.getInt(offsets + 4L * row + 4) - start;
        numbers[row] = add ? table.add(data + start, length) : table.find(data + start, length);
      } else {
        numbers[row] = add ? table.add(NULL_TEXT, 9) : table.find(NULL_TEXT, 9);
      }
    }
  }

  private void several(
      FieldVector[] vectors, int first, int count, KeyTable table, boolean add, int[] numbers) {
    long[] validity = new long[vectors.length];
    for (int c = 0; c < vectors.length; c++) {
      validity[c] = Validity.address(vectors[c]);
    }
    int masks = Validity.words(vectors.length);
    reserve(masks);
    for (int i = 0; i < count; i++) {
      Arrays.fill(words, 0, masks, 0);
      int used = masks;
      for (int c = 0; c < vectors.length; c++) {
        boolean valid = Validity.isSet(validity[c], first + i);
        words[c >>> 6] |= (valid ? 0L : 1L) << c;
        if (blocks[c] == null) {
          used = valid ? append(vectors[c], first + i, used) : used;
        } else {
          reserve(used + 1);
          words[used++] = valid ? blocks[c][i] : 0;
        }
      }
      numbers[first + i] = add ? table.add(words, 8 * used) : table.find(words, 8 * used);
    }
  }

  private int append(FieldVector text, int row, int used) {
    long offset = Vectors.offsets(text) + 4L * row;
    int start = Memory.getInt(offset);
    int length = Memory.getInt(offset + 4) - start;
    long data = Vectors.data(text) + start;
    reserve(used + 2 + (length >>> 3));
    words[used] = length;
    int at = used + 1;
    for (int i = 0; i < length; i += 8) {
      words[at++] = Swar.word(data + i, length - i);
    }
    return at;
  }

  private void reserve(int size) {
    if (size > words.length) {
      words = Arrays.copyOf(words, Math.max(size, 2 * words.length));
    }
  }
}
