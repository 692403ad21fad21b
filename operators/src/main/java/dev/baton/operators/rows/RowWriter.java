package dev.baton.operators.rows;

import dev.baton.engine.batch.Batch;
import dev.baton.engine.batch.Memory;
import dev.baton.engine.batch.Validity;
import dev.baton.engine.batch.Vectors;
import dev.baton.operators.internal.TextBuilder;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.types.pojo.Field;

/**
 * The new columns of the current row, by their position among the outputs of {@link MapRows}. What
 * is not set is null.
 */
public final class RowWriter implements AutoCloseable {
  private final List<Field> fields;
  private final Slot[] slots;
  private final FieldVector[] vectors;
  private final TextBuilder[] builders;
  private final String[] texts;
  private final long[] validity;
  private final long[] data;
  private int row;

  RowWriter(List<Field> fields, Slot[] slots) {
    this.fields = fields;
    this.slots = slots;
    this.vectors = new FieldVector[slots.length];
    this.builders = new TextBuilder[slots.length];
    this.texts = new String[slots.length];
    this.validity = new long[slots.length];
    this.data = new long[slots.length];
  }

  void open(int rows, BufferAllocator allocator) {
    for (int i = 0; i < slots.length; i++) {
      if (slots[i] == Slot.TEXT) {
        builders[i] = new TextBuilder(fields.get(i).getName(), rows, 16L * rows, allocator);
      } else {
        vectors[i] = Vectors.fixed(fields.get(i), rows, allocator);
        validity[i] = Validity.address(vectors[i]);
        data[i] = Vectors.data(vectors[i]);
      }
    }
  }

  void row(int to) {
    row = to;
  }

  void endRow() {
    for (int i = 0; i < slots.length; i++) {
      if (texts[i] != null) {
        builders[i].append(texts[i]);
        texts[i] = null;
      } else if (slots[i] == Slot.TEXT) {
        builders[i].appendNull();
      }
    }
  }

  void putInto(Batch batch) {
    for (int i = 0; i < slots.length; i++) {
      if (builders[i] != null) {
        vectors[i] = builders[i].finish();
      }
      FieldVector finished = vectors[i];
      vectors[i] = null;
      batch.put(finished);
    }
  }

  public void setNull(int column) {
    if (slots[column] == Slot.TEXT) {
      texts[column] = null;
    } else {
      Validity.clear(validity[column], row);
    }
  }

  /** Sets a value of a column of floats. */
  public void setDouble(int column, double value) {
    switch (slots[column]) {
      case FLOAT64 -> Memory.putDouble(data[column] + 8L * row, value);
      case FLOAT32 -> Memory.putFloat(data[column] + 4L * row, (float) value);
      default -> throw wrong(column, "a float");
    }
    Validity.set(validity[column], row);
  }

  /** Sets an integer that fits its column, or what {@link RowReader#getLong} says of dates. */
  public void setLong(int column, long value) {
    long stored =
        switch (slots[column]) {
          case INT64 -> value;
          case INT32 -> (int) value;
          case INT16 -> (short) value;
          case INT8 -> (byte) value;
          default -> throw wrong(column, "a whole number");
        };
    if (stored != value) {
      throw new IllegalArgumentException(
          String.format(
              "%d does not fit column '%s', which is %s",
              value, fields.get(column).getName(), slots[column]));
    }
    switch (slots[column]) {
      case INT64 -> Memory.putLong(data[column] + 8L * row, value);
      case INT32 -> Memory.putInt(data[column] + 4L * row, (int) value);
      case INT16 -> Memory.putShort(data[column] + 2L * row, (short) value);
      default -> Memory.putByte(data[column] + row, (byte) value);
    }
    Validity.set(validity[column], row);
  }

  public void setBoolean(int column, boolean value) {
    if (slots[column] != Slot.BOOL) {
      throw wrong(column, "a boolean");
    }
    if (value) {
      Validity.set(data[column], row);
    } else {
      Validity.clear(data[column], row);
    }
    Validity.set(validity[column], row);
  }

  /** Sets a text; null is null. */
  public void setString(int column, String value) {
    if (slots[column] != Slot.TEXT) {
      throw wrong(column, "a text");
    }
    texts[column] = value;
  }

  private IllegalArgumentException wrong(int column, String given) {
    return new IllegalArgumentException(
        String.format(
            "column '%s' is %s and cannot hold %s",
            fields.get(column).getName(), slots[column], given));
  }

  /** Releases columns not yet put into a batch. */
  @Override
  public void close() {
    for (int i = 0; i < slots.length; i++) {
      texts[i] = null;
      if (builders[i] != null) {
        builders[i].close();
        builders[i] = null;
      }
      if (vectors[i] != null) {
        vectors[i].close();
        vectors[i] = null;
      }
    }
  }
}
