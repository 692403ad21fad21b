package dev.baton.operators.text;

import dev.baton.engine.batch.Batch;
import dev.baton.engine.batch.Memory;
import dev.baton.engine.batch.Validity;
import dev.baton.engine.batch.Vectors;
import dev.baton.engine.operator.ValueException;
import dev.baton.operators.internal.Doubles;
import dev.baton.operators.internal.Longs;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.complex.ListVector;

/** Reads the vectors of a column, dense or sparse, row by row. Confined to one thread. */
final class VectorReader {
  private FieldVector lists;
  private FieldVector elements;
  private FieldVector indexLists;
  private FieldVector indices;

  /** The features of the vector read last. */
  long[] features = new long[64];

  /** Their values. */
  double[] values = new double[64];

  /** Goes to the vectors of a batch. */
  void open(Batch batch, TfidfTransformer.Vector vector) {
    lists = batch.column(vector.values());
    elements = ((ListVector) lists).getDataVector();
    indexLists = vector.indices() == null ? null : batch.column(vector.indices());
    indices = indexLists == null ? null : ((ListVector) indexLists).getDataVector();
  }

  /** Where the values of a row begin. */
  int start(int row) {
    return Memory.getInt(Vectors.offsets(lists) + 4L * row);
  }

  /** Reads the vector of a row that is not null; returns how many values it has. */
  int read(int row) {
    int start = start(row);
    int count = start(row + 1) - start;
    if (count > values.length) {
      features = new long[Math.max(count, 2 * values.length)];
      values = new double[features.length];
    }
    if (count == 0) {
      return 0;
    }
    Doubles.load(elements, start, count, values);
    long validity = Validity.address(elements);
    for (int i = 0; i < count; i++) {
      features[i] = i;
      values[i] = Validity.isSet(validity, start + i) ? values[i] : 0;
    }
    if (indexLists != null) {
      readFeatures(row, count);
    }
    return count;
  }

  private void readFeatures(int row, int count) {
    long offset = Vectors.offsets(indexLists) + 4L * row;
    int start = Memory.getInt(offset);
    boolean valid = Validity.isSet(Validity.address(indexLists), row);
    int found = valid ? Memory.getInt(offset + 4) - start : 0;
    if (found != count) {
      throw new ValueException(
          indexLists.getName(),
          row,
          String.format(
              "expected as many indices as '%s' has values, %d, but there are %d",
              lists.getName(), count, found));
    }
    Longs.load(indices, start, count, features);
  }
}
