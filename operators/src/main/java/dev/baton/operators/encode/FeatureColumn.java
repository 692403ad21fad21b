package dev.baton.operators.encode;

import dev.baton.engine.batch.Memory;
import dev.baton.engine.batch.Validity;
import dev.baton.engine.batch.Vectors;
import dev.baton.engine.operator.TypeFamily;
import dev.baton.operators.internal.Doubles;
import dev.baton.operators.internal.Longs;
import dev.baton.operators.internal.Murmur3;
import java.nio.charset.StandardCharsets;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.types.pojo.Field;

/** Reads one column as hashed features. Confined to one thread. */
final class FeatureColumn {
  final String name;
  private final boolean text;
  private final boolean bool;
  private final Murmur3 prefix;
  private final int nameHash;
  private final double[] numbers = new double[Longs.BLOCK];
  private final long[] scratch = new long[Longs.BLOCK];
  private long validity;
  private long offsets;
  private long data;
  private int first;

  /** The hash of the feature that {@link #read} has found. */
  int hash;

  /** What it adds, not zero. */
  double value;

  FeatureColumn(Field field) {
    this.name = field.getName();
    this.text = TypeFamily.TEXT.accepts(field.getType());
    this.bool = TypeFamily.BOOLEAN.accepts(field.getType());
    this.prefix = new Murmur3((name + "=").getBytes(StandardCharsets.UTF_8));
    this.nameHash = new Murmur3(name.getBytes(StandardCharsets.UTF_8)).hash(0, 0);
  }

  /** Gets ready for {@code count} rows, at most a block, from row {@code from}. */
  void open(FieldVector vector, int from, int count) {
    first = from;
    validity = Validity.address(vector);
    data = Vectors.data(vector);
    if (text) {
      offsets = Vectors.offsets(vector);
    } else if (bool) {
      Longs.load(vector, from, count, scratch);
      for (int i = 0; i < count; i++) {
        numbers[i] = scratch[i];
      }
    } else {
      Doubles.load(vector, from, count, numbers);
    }
  }

  /** Goes to the feature of a row; false when it has none or adds nothing. */
  boolean read(int row) {
    if (!Validity.isSet(validity, row)) {
      return false;
    }
    if (text) {
      int start = Memory.getInt(offsets + 4L * row);
      hash = prefix.hash(data + start, Memory.getInt(offsets + 4L * row + 4) - start);
      value = 1;
      return true;
    }
    hash = nameHash;
    value = numbers[row - first];
    return value != 0 && !Double.isNaN(value);
  }
}
