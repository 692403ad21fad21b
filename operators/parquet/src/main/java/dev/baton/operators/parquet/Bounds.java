package dev.baton.operators.parquet;

import dev.baton.operators.expression.Expression;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import org.apache.arrow.vector.types.TimeUnit;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.parquet.format.Statistics;
import org.apache.parquet.format.Type;

/**
 * What a file proves of the values of a column in a row group, or in some of its pages. Values are
 * as an {@link Expression.Literal} has them, in the units that a condition computes with, but texts
 * are their bytes in UTF-8.
 *
 * @param least no value is less, but NaN is in no order; null when not known
 * @param greatest no value is greater; null when {@code least} is
 * @param nulls how many values are null, or {@link #UNKNOWN}
 * @param rows how many values there are, with the nulls
 */
record Bounds(Object least, Object greatest, long nulls, long rows) {
  static final long UNKNOWN = -1;

  static Bounds of(ParquetColumn column, ParquetFile.Group group) {
    ParquetFile.Chunk chunk = group.chunks().get(column.leaf());
    Statistics statistics = chunk.statistics();
    if (chunk.fault() != null || column.refusal() != null || statistics == null) {
      return new Bounds(null, null, UNKNOWN, group.rows());
    }
    long nulls = statistics.isSetNull_count() ? statistics.getNull_count() : UNKNOWN;
    // What is cut off is a bound still, as the format has it: shorter, or raised behind the cut.
    byte[] least = statistics.isSetMin_value() ? statistics.getMin_value() : null;
    byte[] greatest = statistics.isSetMax_value() ? statistics.getMax_value() : null;
    return of(column, least, greatest, nulls, group.rows());
  }

  /**
   * Of least and greatest values as they are stored.
   *
   * @param nulls believed if it can be
   */
  static Bounds of(ParquetColumn column, byte[] min, byte[] max, long nulls, long rows) {
    Object least = value(column, min);
    Object greatest = value(column, max);
    boolean known = least != null && greatest != null && order(least, greatest) <= 0;
    return new Bounds(
        known ? least : null,
        known ? greatest : null,
        nulls >= 0 && nulls <= rows ? nulls : UNKNOWN,
        rows);
  }

  /** What is known of the values of both. */
  Bounds join(Bounds other) {
    boolean unknown = isUnknown() || other.isUnknown();
    return new Bounds(
        unknown ? null : extreme(least, other.least, -1),
        unknown ? null : extreme(greatest, other.greatest, 1),
        nulls == UNKNOWN || other.nulls == UNKNOWN ? UNKNOWN : nulls + other.nulls,
        rows + other.rows);
  }

  /** Whether there may be values of which nothing is known. */
  private boolean isUnknown() {
    return least == null && nulls != rows;
  }

  private static Object extreme(Object a, Object b, int sign) {
    if (a == null || b == null) {
      return a == null ? b : a;
    }
    return Integer.signum(order(a, b)) == sign ? a : b;
  }

  /** Null for what has no use as a bound: NaN, a wrong length, or a type without an order here. */
  private static Object value(ParquetColumn column, byte[] stored) {
    if (stored == null || (column.width() > 0 && stored.length != column.width())) {
      return null;
    }
    ByteBuffer bytes = ByteBuffer.wrap(stored).order(ByteOrder.LITTLE_ENDIAN);
    ArrowType type = column.field().getType();
    if (type instanceof ArrowType.Utf8) {
      return stored;
    } else if (type instanceof ArrowType.Bool) {
      return stored[0] == 0 ? Boolean.FALSE : stored[0] == 1 ? Boolean.TRUE : null;
    } else if (type instanceof ArrowType.Int integer && integer.getIsSigned()) {
      long value = column.physical() == Type.INT32 ? bytes.getInt(0) : bytes.getLong(0);
      // Beyond the bounds of a narrow type its values wrap when they are read.
      int unused = 64 - integer.getBitWidth();
      return value << unused >> unused == value ? (Object) value : null;
    } else if (column.physical() == Type.FLOAT || column.physical() == Type.DOUBLE) {
      double value = column.physical() == Type.FLOAT ? bytes.getFloat(0) : bytes.getDouble(0);
      return Double.isNaN(value) ? null : (Object) value;
    } else if (type instanceof ArrowType.Date) {
      return LocalDate.ofEpochDay(bytes.getInt(0));
    } else if (type instanceof ArrowType.Timestamp timestamp && column.physical() == Type.INT64) {
      return time(bytes.getLong(0), timestamp.getUnit());
    }
    return null;
  }

  /** Whole microseconds, as a condition sees them. */
  private static LocalDateTime time(long value, TimeUnit unit) {
    long perSecond =
        switch (unit) {
          case SECOND -> 1L;
          case MILLISECOND -> 1_000L;
          case MICROSECOND -> 1_000_000L;
          case NANOSECOND -> 1_000_000_000L;
        };
    long nanos = Math.floorMod(value, perSecond) * (1_000_000_000L / perSecond);
    return LocalDateTime.ofEpochSecond(
        Math.floorDiv(value, perSecond), (int) (nanos / 1000 * 1000), ZoneOffset.UTC);
  }

  /**
   * The sign of {@code bound} minus {@code value}, which is another bound or the value of a
   * literal, in the order of the expression language: an integer and a float compare as floats, a
   * date and a timestamp as timestamps, texts by their bytes.
   */
  static int order(Object bound, Object value) {
    if (bound instanceof byte[] text) {
      return Arrays.compareUnsigned(text, value instanceof byte[] other ? other : utf8(value));
    } else if (bound instanceof Boolean a) {
      return Boolean.compare(a, (Boolean) value);
    } else if (bound instanceof Long a && value instanceof Long b) {
      return Long.compare(a, b);
    } else if (bound instanceof Number a) {
      double x = a.doubleValue();
      double y = ((Number) value).doubleValue();
      // Not Double.compare: 0.0 and -0.0 are equal.
      return x < y ? -1 : x > y ? 1 : 0;
    }
    return time(bound).compareTo(time(value));
  }

  private static byte[] utf8(Object text) {
    return ((String) text).getBytes(StandardCharsets.UTF_8);
  }

  private static LocalDateTime time(Object value) {
    return value instanceof LocalDate date ? date.atStartOfDay() : (LocalDateTime) value;
  }
}
