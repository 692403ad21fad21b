package dev.baton.operators.impute;

import dev.baton.engine.batch.Batch;
import dev.baton.engine.batch.Validity;
import dev.baton.engine.operator.Binder;
import dev.baton.engine.operator.BoundTransform;
import dev.baton.engine.operator.Columns;
import dev.baton.engine.operator.Transform;
import dev.baton.operators.internal.Missing;
import java.util.Arrays;
import java.util.List;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.types.pojo.Field;

/**
 * Drops rows with missing values: nulls, and NaN in columns of floats.
 *
 * <p>Cost: one look at the nulls of each column and at the values of floats; a copy of all columns
 * when rows are dropped.
 *
 * <p>Like: Spark ML na.drop (of DataFrames); NVTabular Filter; feature-engine DropMissingData (the
 * threshold is a share of the columns).
 *
 * @param columns columns to look at; any type
 * @param how which rows to drop: those where {@code any} value is missing, or {@code all}
 * @param atLeast when more than 0, a row is kept if it has at least so many values, whatever {@code
 *     how} says
 */
public record DropNulls(Columns columns, How how, int atLeast) implements Transform {
  /** How many values must be missing. */
  public enum How {
    ANY,
    ALL
  }

  public DropNulls {
    if (atLeast < 0) {
      throw new IllegalArgumentException("atLeast must be 0 or more but was " + atLeast);
    }
  }

  /** Drops rows where any value is missing. */
  public DropNulls(Columns columns) {
    this(columns, How.ANY, 0);
  }

  @Override
  public BoundTransform bind(Binder binder) {
    List<String> names = binder.read(columns).stream().map(Field::getName).toList();
    binder.changesRows();
    int wanted = atLeast > 0 ? atLeast : how == How.ALL ? 1 : names.size();
    return binder.transform(
        context ->
            batch -> {
              int[] kept = new int[batch.rows()];
              int count =
                  wanted == names.size()
                      ? Missing.completeRows(batch, names, kept)
                      : select(batch, names, wanted, kept);
              if (count < batch.rows()) {
                batch.take(kept, count, context.allocator());
              }
            });
  }

  /** The rows with at least {@code wanted} values. */
  private static int select(Batch batch, List<String> names, int wanted, int[] kept) {
    FieldVector[] vectors = names.stream().map(batch::column).toArray(FieldVector[]::new);
    int rows = batch.rows();
    int[] present = new int[64];
    int count = 0;
    for (int word = 0; word < Validity.words(rows); word++) {
      Arrays.fill(present, 0);
      for (FieldVector vector : vectors) {
        long values = ~Missing.word(vector, word);
        for (int i = 0; i < 64; i++) {
          present[i] += (int) (values >>> i) & 1;
        }
      }
      for (int i = 0; i < Math.min(64, rows - 64 * word); i++) {
        kept[count] = 64 * word + i;
        count += present[i] >= wanted ? 1 : 0;
      }
    }
    return count;
  }
}
