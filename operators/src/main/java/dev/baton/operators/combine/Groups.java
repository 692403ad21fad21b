package dev.baton.operators.combine;

import dev.baton.engine.batch.Batch;
import dev.baton.operators.internal.KeyTable;
import dev.baton.operators.internal.RowKeys;
import java.util.List;
import org.apache.arrow.vector.types.pojo.Field;

/** Numbers the groups that rows belong to, from 0 in the order they appear. */
final class Groups {
  private final RowKeys keys;
  private KeyTable table = new KeyTable();
  private int[] numbers = new int[0];

  /** Groups by the values of these columns; all rows are one group when there are none. */
  Groups(List<Field> by) {
    keys = by.isEmpty() ? null : new RowKeys(by);
  }

  /** Forgets all groups. */
  void clear() {
    table = new KeyTable();
  }

  /** How many groups there are. */
  int size() {
    return keys == null ? 1 : table.size();
  }

  /** Their keys, without any where all rows are one group. */
  KeyTable table() {
    return table;
  }

  /** The group of each row of a batch, valid until the next call; new groups are added. */
  int[] number(Batch batch) {
    if (numbers.length < batch.rows()) {
      numbers = new int[batch.rows()]; // all zero, and staying so where all rows are one group
    }
    if (keys != null) {
      keys.add(batch, table, numbers);
    }
    return numbers;
  }
}
