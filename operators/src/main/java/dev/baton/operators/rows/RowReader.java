package dev.baton.operators.rows;

import dev.baton.engine.batch.Batch;
import dev.baton.engine.batch.Memory;
import dev.baton.engine.batch.Validity;
import dev.baton.engine.batch.Vectors;
import dev.baton.operators.internal.Strings;
import java.util.List;
import org.apache.arrow.vector.FieldVector;

/**
 * The current row, by the position of a column among those given to {@link MapRows}. A value that
 * is null reads as anything: ask {@link #isNull} first.
 */
public final class RowReader {
  private final List<String> names;
  private final Slot[] slots;
  private final long[] validity;
  private final long[] data;
  private final long[] offsets;
  private int row;

  RowReader(List<String> names, Slot[] slots) {
    this.names = names;
    this.slots = slots;
    this.validity = new long[slots.length];
    this.data = new long[slots.length];
    this.offsets = new long[slots.length];
  }

  void open(Batch batch) {
    for (int i = 0; i < slots.length; i++) {
      FieldVector column = batch.column(names.get(i));
      validity[i] = Validity.address(column);
      data[i] = Vectors.data(column);
      offsets[i] = slots[i] == Slot.TEXT ? Vectors.offsets(column) : 0;
    }
  }

  void row(int to) {
    row = to;
  }

  /** The number of this row in its batch, which says nothing of its place in the table. */
  public int row() {
    return row;
  }

  public boolean isNull(int column) {
    return !Validity.isSet(validity[column], row);
  }

  /** A number of any type, or a boolean as 0 or 1, as a double. */
  public double getDouble(int column) {
    return switch (slots[column]) {
      case FLOAT64 -> Memory.getDouble(data[column] + 8L * row);
      case FLOAT32 -> Memory.getFloat(data[column] + 4L * row);
      default -> getLong(column);
    };
  }

  /**
   * An integer, a boolean as 0 or 1, days since 1970 of a date, or the count of a timestamp in its
   * unit.
   */
  public long getLong(int column) {
    return switch (slots[column]) {
      case INT64 -> Memory.getLong(data[column] + 8L * row);
      case INT32 -> Memory.getInt(data[column] + 4L * row);
      case INT16 -> Memory.getShort(data[column] + 2L * row);
      case INT8 -> Memory.getByte(data[column] + row);
      case BOOL -> Validity.isSet(data[column], row) ? 1 : 0;
      default -> throw wrong(column, "a whole number");
    };
  }

  public boolean getBoolean(int column) {
    if (slots[column] != Slot.BOOL) {
      throw wrong(column, "a boolean");
    }
    return Validity.isSet(data[column], row);
  }

  /** A text, which is copied. */
  public String getString(int column) {
    if (slots[column] != Slot.TEXT) {
      throw wrong(column, "a text");
    }
    long at = offsets[column] + 4L * row;
    int start = Memory.getInt(at);
    return Strings.of(data[column] + start, Memory.getInt(at + 4) - start);
  }

  private IllegalArgumentException wrong(int column, String wanted) {
    return new IllegalArgumentException(
        String.format("column '%s' is not %s but %s", names.get(column), wanted, slots[column]));
  }
}
