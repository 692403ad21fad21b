package dev.baton.operators.encode;

import dev.baton.engine.batch.Memory;
import dev.baton.engine.batch.Validity;
import dev.baton.engine.batch.Vectors;
import dev.baton.engine.operator.StateReader;
import dev.baton.engine.operator.StateWriter;
import dev.baton.engine.operator.TypeFamily;
import dev.baton.operators.internal.IntSort;
import dev.baton.operators.internal.KeyTable;
import dev.baton.operators.internal.Keys;
import dev.baton.operators.internal.Longs;
import java.util.List;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.types.pojo.Field;

/** The moments of a target for each category of one column. */
final class TargetColumn {
  final String name;
  final TypeFamily type;
  private final int folds;
  private final KeyTable keys = new KeyTable();

  /** Group 0 is that of nulls, and {@code n + 1} that of category {@code n}. */
  private final FoldedMoments moments;

  TargetColumn(Field field, int folds) {
    this.name = field.getName();
    this.type = Keys.family(field);
    this.folds = folds;
    this.moments = new FoldedMoments(folds);
  }

  /**
   * Takes account of {@code count} rows from row {@code first}.
   *
   * @param values their targets, NaN for rows to leave out
   * @param scratch room for as many
   * @param fold the fold of the first row
   */
  void observe(
      FieldVector vector, int first, int count, double[] values, long[] scratch, int fold) {
    long validity = Validity.address(vector);
    boolean text = type == TypeFamily.TEXT;
    if (!text) {
      Keys.load(type, vector, first, count, scratch);
    }
    int of = fold;
    for (int i = 0; i < count; i++) {
      if (!Double.isNaN(values[i])) {
        int group = 0;
        if (Validity.isSet(validity, first + i)) {
          group = 1 + (text ? addText(vector, first + i) : addKey(scratch[i]));
        }
        moments.add(group * folds + of, values[i]);
      }
      of = of + 1 == folds ? 0 : of + 1;
    }
  }

  private int addText(FieldVector vector, int row) {
    long offset = Vectors.offsets(vector) + 4L * row;
    int start = Memory.getInt(offset);
    return keys.add(Vectors.data(vector) + start, Memory.getInt(offset + 4) - start);
  }

  /** The number of a key, or -1 for NaN. */
  private int addKey(long key) {
    return type == TypeFamily.FLOATING && key == Longs.NAN ? -1 : keys.add(key);
  }

  void merge(TargetColumn later, int shift) {
    moments.merge(0, later.moments, 0, shift);
    for (int number = 0; number < later.keys.size(); number++) {
      moments.merge(1 + keys.add(later.keys, number), later.moments, 1 + number, shift);
    }
  }

  void write(StateWriter out) {
    keys.write(out);
    moments.write(out);
  }

  void read(StateReader in) {
    keys.read(in);
    moments.read(in);
  }

  /** The numbers of the categories in ascending order. */
  int[] sorted() {
    return IntSort.order(keys.size(), Keys.ascending(type, keys));
  }

  List<String> names(int... numbers) {
    return Keys.names(type, keys, numbers);
  }

  /** The moments of category {@code number}, or of nulls for -1, without those of a fold. */
  FoldedMoments.Sum without(int fold, int number) {
    return moments.without(fold, 1 + number);
  }
}
