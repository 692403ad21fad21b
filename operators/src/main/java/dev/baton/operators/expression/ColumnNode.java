package dev.baton.operators.expression;

import dev.baton.engine.batch.Memory;
import dev.baton.engine.batch.Validity;
import dev.baton.engine.batch.Vectors;
import dev.baton.operators.internal.Doubles;
import dev.baton.operators.internal.Longs;
import dev.baton.operators.internal.TimeUnits;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.types.DateUnit;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;

/** Reads a column, widening its values; those of a text stay where they are. */
final class ColumnNode extends Node {
  private static final long MILLIS_PER_DAY = 86_400_000L;

  final String name;

  /** What the 64-bit value of a date or timestamp is multiplied with, or else divided by. */
  private final long multiplier;

  private final long divisor;
  private Block readBlock;
  private int readFirst;

  ColumnNode(Expression source, Field field) {
    super(source, Kind.of(field.getType()), plain(field.getType()));
    this.name = field.getName();
    this.multiplier = multiplier(field.getType());
    this.divisor = divisor(field.getType());
  }

  /** Results have dates in days and timestamps in microseconds, whatever the column has. */
  private static ArrowType plain(ArrowType type) {
    Kind kind = Kind.of(type);
    return kind.isTime() ? kind.type : type;
  }

  private static long multiplier(ArrowType type) {
    return type instanceof ArrowType.Timestamp timestamp
        ? Math.max(1, 1_000_000 / TimeUnits.perSecond(timestamp))
        : 1;
  }

  private static long divisor(ArrowType type) {
    if (type instanceof ArrowType.Timestamp timestamp) {
      return Math.max(1, TimeUnits.perSecond(timestamp) / 1_000_000);
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
    switch (kind) {
      case BOOL -> {
        long data = Vectors.data(column) + (block.first >>> 3);
        for (int w = 0; w < block.words; w++) {
          bits[w] = Validity.word(data, w, block.rows);
        }
      }
      case FLOAT -> Doubles.load(column, block.first, block.rows, doubles);
      case TEXT -> readViews(column, block);
      default -> Longs.load(column, block.first, block.rows, longs);
    }
    if (multiplier != 1 || divisor != 1) {
      changeUnit(block);
    }
  }

  private void readViews(FieldVector column, Block block) {
    long data = Vectors.data(column);
    long offsets = Vectors.offsets(column) + 4L * block.first;
    long[] to = longs;
    int[] sizes = lengths;
    int start = Memory.getInt(offsets);
    for (int i = 0; i < block.rows; i++) {
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
