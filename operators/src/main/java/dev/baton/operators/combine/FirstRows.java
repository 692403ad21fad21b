package dev.baton.operators.combine;

import dev.baton.engine.batch.Batch;
import dev.baton.engine.operator.FitState;
import dev.baton.engine.operator.StateReader;
import dev.baton.engine.operator.StateWriter;
import dev.baton.engine.operator.Transform;
import dev.baton.operators.internal.KeyTable;
import dev.baton.operators.internal.Packed;
import dev.baton.operators.internal.RowKeys;
import java.util.BitSet;
import java.util.List;
import org.apache.arrow.vector.types.pojo.Field;

/** Which rows are the first with their key. */
public final class FirstRows implements FitState<FirstRows> {
  private final RowKeys rowKeys;
  private final KeyTable keys = new KeyTable();
  private int[] numbers = new int[0];

  /** A bit for each row: the keys have their numbers in the order of the bits that are set. */
  private BitSet firsts = new BitSet();

  private long rows;

  /** How many rows there are up to the end of each split merged. */
  private LongList splitEnds = new LongList();

  /** Nothing seen yet. */
  FirstRows(List<Field> fields) {
    rowKeys = new RowKeys(fields);
  }

  @Override
  public void observe(Batch batch) {
    if (numbers.length < batch.rows()) {
      numbers = new int[batch.rows()];
    }
    int known = keys.size();
    rowKeys.add(batch, keys, numbers);
    int first = grow(batch.rows());
    for (int row = 0; row < batch.rows(); row++) {
      if (numbers[row] == known) {
        firsts.set(first + row);
        known++;
      }
    }
  }

  /** Takes account of more rows; gives the number of the first of them. */
  private int grow(long more) {
    int first = (int) rows;
    rows += more;
    if (rows > Integer.MAX_VALUE) {
      throw new IllegalStateException(
          "more than 2,147,483,647 rows to find duplicates in; cut the input into parts");
    }
    return first;
  }

  @Override
  public void merge(FirstRows later) {
    int first = grow(later.rows);
    int number = 0;
    for (int row = later.firsts.nextSetBit(0); row >= 0; row = later.firsts.nextSetBit(row + 1)) {
      int known = keys.size();
      keys.add(later.keys, number++);
      if (keys.size() > known) {
        firsts.set(first + row);
      }
    }
    splitEnds.add(rows);
  }

  @Override
  public void write(StateWriter out) {
    keys.write(out);
    out.longs(firsts.toLongArray());
    out.longs(rows);
    out.longs(splitEnds.toArray());
  }

  @Override
  public void read(StateReader in) {
    keys.read(in);
    firsts = BitSet.valueOf(in.longs());
    rows = in.longs()[0];
    splitEnds = new LongList(in.longs());
  }

  /** The transform that keeps these rows. */
  Transform keep() {
    return new Deduplicated(
        Packed.of(
            out -> {
              out.longs(firsts.toLongArray());
              out.longs(splitEnds.toArray());
            }));
  }
}
