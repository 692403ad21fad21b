package dev.baton.operators.expression;

import dev.baton.engine.batch.Memory;
import dev.baton.engine.batch.Validity;
import dev.baton.engine.batch.Vectors;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.types.DateUnit;
import org.apache.arrow.vector.types.FloatingPointPrecision;
import org.apache.arrow.vector.types.TimeUnit;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;

/** Reads a column, widening its values; those of a text stay where they are. */
final class ColumnNode extends Node {
  private static final long MILLIS_PER_DAY = 86_400_000L;

  final String name;

  /** How one value is laid out in the column. */
  private enum Layout {
    BITS,
    INT8,
    INT16,
    INT32,
    INT64,
    FLOAT32,
    FLOAT64,
    TEXT
  }

  private final Layout layout;

  /** What the 64-bit value of a date or timestamp is multiplied with, or else divided by. */
  private final long multiplier;

  private final long divisor;
  private Block readBlock;
  private int readFirst;

  ColumnNode(Expression source, Field field) {
    super(source, Kind.of(field.getType()), plain(field.getType()));
    this.name = field.getName();
    this.layout = layout(field.getType());
    this.multiplier = multiplier(field.getType());
    this.divisor = divisor(field.getType());
  }

  /** Results have dates in days and timestamps in microseconds, whatever the column has. */
  private static ArrowType plain(ArrowType type) {
    Kind kind = Kind.of(type);
    return kind.isTime() ? kind.type : type;
  }

  private static Layout layout(ArrowType type) {
    if (type instanceof ArrowType.Int number) {
      return switch (number.getBitWidth()) {
        case 8 -> Layout.INT8;
        case 16 -> Layout.INT16;
        case 32 -> Layout.INT32;
        default -> Layout.INT64;
      };
    }
    if (type instanceof ArrowType.FloatingPoint number) {
      return number.getPrecision() == FloatingPointPrecision.SINGLE
          ? Layout.FLOAT32
          : Layout.FLOAT64;
    }
    if (type instanceof ArrowType.Date date) {
      return date.getUnit() == DateUnit.DAY ? Layout.INT32 : Layout.INT64;
    }
    if (type instanceof ArrowType.Bool) {
      return Layout.BITS;
    }
    return type instanceof ArrowType.Timestamp ? Layout.INT64 : Layout.TEXT;
  }

  private static long multiplier(ArrowType type) {
    if (type instanceof ArrowType.Timestamp timestamp) {
      return timestamp.getUnit() == TimeUnit.SECOND
          ? 1_000_000
          : timestamp.getUnit() == TimeUnit.MILLISECOND ? 1000 : 1;
    }
    return 1;
  }

  private static long divisor(ArrowType type) {
    if (type instanceof ArrowType.Timestamp timestamp) {
      return timestamp.getUnit() == TimeUnit.NANOSECOND ? 1000 : 1;
    }
    return type instanceof ArrowType.Date date && date.getUnit() == DateUnit.MILLISECOND
        ? MILLIS_PER_DAY
        : 1;
  }

  @Override
  void run(Block block, long[] active) {
    // The same node serves every mention of the column.
    if (block != readBlock || block.first != readFirst) {
      compute(block, active);
      readBlock = block;
      readFirst = block.first;
    }
  }

  @Override
  void compute(Block block, long[] active) {
    FieldVector column = block.batch.column(name);
    long bitmap = Validity.address(column) + (block.first >>> 3);
    for (int w = 0; w < block.words; w++) {
      valid[w] = Validity.word(bitmap, w, block.rows);
    }
    long data = Vectors.data(column);
    long first = block.first;
    int rows = block.rows;
    switch (layout) {
      case BITS -> {
        for (int w = 0; w < block.words; w++) {
          bits[w] = Validity.word(data + (first >>> 3), w, rows);
        }
      }
      case INT8 -> readBytes(data + first, rows);
      case INT16 -> readShorts(data + 2 * first, rows);
      case INT32 -> readInts(data + 4 * first, rows);
      case INT64 -> readLongs(data + 8 * first, rows);
      case FLOAT32 -> readFloats(data + 4 * first, rows);
      case FLOAT64 -> readDoubles(data + 8 * first, rows);
      case TEXT -> readViews(Vectors.offsets(column) + 4 * first, data, rows);
    }
    if (multiplier != 1 || divisor != 1) {
      changeUnit(block);
    }
  }

  private void readBytes(long from, int rows) {
    long[] to = longs;
    for (int i = 0; i < rows; i++) {
      to[i] = Memory.getByte(from + i);
    }
  }

  private void readShorts(long from, int rows) {
    long[] to = longs;
    for (int i = 0; i < rows; i++) {
      to[i] = Memory.getShort(from + 2L * i);
    }
  }

  private void readInts(long from, int rows) {
    long[] to = longs;
    for (int i = 0; i < rows; i++) {
      to[i] = Memory.getInt(from + 4L * i);
    }
  }

  private void readLongs(long from, int rows) {
    long[] to = longs;
    for (int i = 0; i < rows; i++) {
      to[i] = Memory.getLong(from + 8L * i);
    }
  }

  private void readFloats(long from, int rows) {
    double[] to = doubles;
    for (int i = 0; i < rows; i++) {
      to[i] = Memory.getFloat(from + 4L * i);
    }
  }

  private void readDoubles(long from, int rows) {
    double[] to = doubles;
    for (int i = 0; i < rows; i++) {
      to[i] = Memory.getDouble(from + 8L * i);
    }
  }

  private void readViews(long offsets, long data, int rows) {
    long[] to = longs;
    int[] sizes = lengths;
    int start = Memory.getInt(offsets);
    for (int i = 0; i < rows; i++) {
      int end = Memory.getInt(offsets + 4L * (i + 1));
      to[i] = data + start;
      sizes[i] = end - start;
      start = end;
    }
  }

  private void changeUnit(Block block) {
    long[] values = longs;
    for (int i = 0; i < block.rows; i++) {
      long value = Math.floorDiv(values[i], divisor);
      long scaled = value * multiplier;
      if (Math.multiplyHigh(value, multiplier) != scaled >> 63 && isSet(valid, i)) {
        throw bad(block, i, "is beyond the years a timestamp in microseconds can tell: " + value);
      }
      values[i] = scaled;
    }
  }
}
