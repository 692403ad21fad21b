package dev.baton.operators.sample;

import dev.baton.engine.batch.Batch;
import dev.baton.engine.operator.Binder;
import dev.baton.engine.operator.Columns;
import dev.baton.operators.internal.Mixing;
import dev.baton.operators.internal.RowKeys;
import java.util.List;
import org.apache.arrow.vector.types.pojo.Field;

/**
 * A random number for each row that depends on nothing but a seed and either the values of some
 * columns or the place of the row: its split, and its number in that.
 */
final class RowHashes {
  private final RowKeys keys;
  private final long seed;
  private long split;
  private long next;
  private long[] hashes = new long[0];

  /** By these columns, or by place when there are none. */
  RowHashes(List<Field> by, long seed) {
    this.keys = by.isEmpty() ? null : new RowKeys(by);
    this.seed = Mixing.mix(seed);
  }

  /** Reads the columns to hash; none when {@code by} is null. */
  static List<Field> bind(Columns by, Binder binder) {
    return by == null ? List.of() : binder.read(by, RowKeys.types());
  }

  /** Says that the rows from now on belong to that split. */
  void start(long split) {
    this.split = Mixing.mix(seed ^ split);
    this.next = 0;
  }

  /** The hash of each row of a batch, valid until the next call. */
  long[] of(Batch batch) {
    int rows = batch.rows();
    if (hashes.length < rows) {
      hashes = new long[rows];
    }
    if (keys != null) {
      keys.hash(batch, seed, hashes);
    } else {
      for (int row = 0; row < rows; row++) {
        hashes[row] = Mixing.mix(split ^ next++);
      }
    }
    return hashes;
  }

  /** A number from 0 to less than 1, of 53 bits. */
  static double unit(long hash) {
    return (hash >>> 11) * 0x1p-53;
  }
}
