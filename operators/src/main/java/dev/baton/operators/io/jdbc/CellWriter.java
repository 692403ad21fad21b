package dev.baton.operators.io.jdbc;

import dev.baton.engine.batch.Memory;
import dev.baton.engine.batch.Validity;
import dev.baton.engine.batch.Vectors;
import dev.baton.operators.io.fields.FieldWriter;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.vector.BaseFixedWidthVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Schema;

/** Writes the values of a column as a {@link Cell}. */
final class CellWriter extends FieldWriter {
  /** What stands for a missing value. */
  static final String MISSING = "\0";

  private final ArrowType type;
  private final int size;

  /** Bytes of a value in its column. */
  private int width;

  private long offsets;

  private CellWriter(String name, Cell cell) {
    super(name);
    this.type = cell.type();
    this.size = cell.size();
  }

  static List<CellWriter> of(Schema schema) throws IOException {
    List<Cell> cells = Cell.of(schema);
    List<CellWriter> writers = new ArrayList<>();
    for (int i = 0; i < cells.size(); i++) {
      writers.add(new CellWriter(schema.getFields().get(i).getName(), cells.get(i)));
    }
    return writers;
  }

  @Override
  public void bind(FieldVector column) {
    super.bind(column);
    if (size == Cell.VARIABLE) {
      offsets = Vectors.offsets(column);
    } else if (!(type instanceof ArrowType.Bool)) {
      width = ((BaseFixedWidthVector) column).getTypeWidth();
    }
  }

  private int start(int row) {
    return Memory.getInt(offsets + 4L * row);
  }

  @Override
  public long room(int row) {
    return size == Cell.VARIABLE ? start(row + 1) - start(row) : 0;
  }

  @Override
  public long write(long at, int row) {
    Memory.putByte(at++, (byte) 1);
    if (size == Cell.VARIABLE) {
      int length = start(row + 1) - start(row);
      Memory.putInt(at, length);
      Memory.copy(data + start(row), at + 4, length);
      return at + 4 + length;
    }
    if (type instanceof ArrowType.Decimal) {
      Memory.copy(data + (long) size * row, at, size);
    } else {
      Memory.putLong(at, value(row));
    }
    return at + size;
  }

  private long value(int row) {
    if (type instanceof ArrowType.Bool) {
      return Validity.isSet(data, row) ? 1 : 0;
    }
    return switch (width) {
      case 8 -> Memory.getLong(data + 8L * row);
      case 4 -> Memory.getInt(data + 4L * row);
      case 2 -> Memory.getShort(data + 2L * row);
      default -> Memory.getByte(data + row);
    };
  }
}
