package dev.baton.operators.io.jdbc;

import dev.baton.engine.batch.Types;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.sql.JDBCType;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Locale;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.BitVector;
import org.apache.arrow.vector.DateDayVector;
import org.apache.arrow.vector.DecimalVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.Float4Vector;
import org.apache.arrow.vector.Float8Vector;
import org.apache.arrow.vector.IntVector;
import org.apache.arrow.vector.SmallIntVector;
import org.apache.arrow.vector.TimeStampVector;
import org.apache.arrow.vector.TinyIntVector;
import org.apache.arrow.vector.VarBinaryVector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.types.TimeUnit;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;

/**
 * A column of a result as a column of Arrow. Values are set one by one: what the driver does for
 * each costs many times more.
 */
record JdbcColumn(String name, ArrowType type) {
  private static final int MOST_DIGITS = 38;
  private static final int MICROSECONDS = 6;

  /** The column at a position from 1. */
  static JdbcColumn of(ResultSetMetaData meta, int position) throws SQLException {
    return new JdbcColumn(meta.getColumnLabel(position), type(meta, position));
  }

  private static ArrowType type(ResultSetMetaData meta, int position) throws SQLException {
    JDBCType type = jdbcType(meta.getColumnType(position));
    String name = String.valueOf(meta.getColumnTypeName(position)).toLowerCase(Locale.ROOT);
    return switch (type) {
      case BOOLEAN -> Types.BOOL;
      case BIT -> meta.getPrecision(position) > 1 ? Types.UTF8 : Types.BOOL;
      case TINYINT -> meta.isSigned(position) ? Types.INT8 : Types.INT16;
      case SMALLINT -> meta.isSigned(position) ? Types.INT16 : Types.INT32;
      case INTEGER -> meta.isSigned(position) ? Types.INT32 : Types.INT64;
      case BIGINT -> meta.isSigned(position) ? Types.INT64 : new ArrowType.Decimal(20, 0, 128);
      case REAL -> Types.FLOAT32;
      case FLOAT, DOUBLE -> Types.FLOAT64;
      case NUMERIC, DECIMAL -> decimal(meta.getPrecision(position), meta.getScale(position));
      case DATE -> Types.DATE;
      case TIMESTAMP -> timestamp(meta.getScale(position), name.equals("timestamptz"));
      case TIMESTAMP_WITH_TIMEZONE -> timestamp(meta.getScale(position), true);
      // Some databases call a UUID binary.
      case BINARY, VARBINARY, LONGVARBINARY, BLOB ->
          name.equals("uuid") ? Types.UTF8 : Types.BINARY;
      default -> Types.UTF8;
    };
  }

  /** Databases have types of their own, whose values are text here. */
  private static JDBCType jdbcType(int code) {
    try {
      return JDBCType.valueOf(code);
    } catch (IllegalArgumentException e) {
      return JDBCType.OTHER;
    }
  }

  private static ArrowType decimal(int precision, int scale) {
    boolean fits = precision >= 1 && precision <= MOST_DIGITS && scale >= 0 && scale <= precision;
    return fits ? new ArrowType.Decimal(precision, scale, 128) : Types.UTF8;
  }

  private static ArrowType timestamp(int scale, boolean zone) {
    TimeUnit unit = scale > MICROSECONDS ? TimeUnit.NANOSECOND : TimeUnit.MICROSECOND;
    return new ArrowType.Timestamp(unit, zone ? "UTC" : null);
  }

  Field field() {
    return Types.field(name, type);
  }

  /** Whether all its values are whole numbers. */
  boolean isWhole() {
    return type instanceof ArrowType.Int
        || type instanceof ArrowType.Decimal decimal && decimal.getScale() == 0;
  }

  /** An empty vector with room for so many rows, which the caller closes. */
  FieldVector vector(int rows, BufferAllocator allocator) {
    FieldVector vector = field().createVector(allocator);
    try {
      vector.setInitialCapacity(rows);
      vector.allocateNew();
      return vector;
    } catch (Throwable e) {
      vector.close();
      throw e;
    }
  }

  /** Copies the value of the result's row at hand, in its column {@code position}, into a row. */
  void copy(ResultSet result, int position, FieldVector to, int row) throws SQLException {
    switch (to.getMinorType()) {
      case BIT -> {
        boolean value = result.getBoolean(position);
        if (!result.wasNull()) {
          ((BitVector) to).setSafe(row, value ? 1 : 0);
        }
      }
      case TINYINT, SMALLINT, INT, BIGINT -> {
        long value = result.getLong(position);
        if (!result.wasNull()) {
          setWhole(to, row, value);
        }
      }
      case FLOAT4 -> {
        float value = result.getFloat(position);
        if (!result.wasNull()) {
          ((Float4Vector) to).setSafe(row, value);
        }
      }
      case FLOAT8 -> {
        double value = result.getDouble(position);
        if (!result.wasNull()) {
          ((Float8Vector) to).setSafe(row, value);
        }
      }
      case DECIMAL -> {
        BigDecimal value = result.getBigDecimal(position);
        if (value != null) {
          ((DecimalVector) to).setSafe(row, value.setScale(((ArrowType.Decimal) type).getScale()));
        }
      }
      case DATEDAY -> {
        LocalDate value = result.getObject(position, LocalDate.class);
        if (value != null) {
          ((DateDayVector) to).setSafe(row, Math.toIntExact(value.toEpochDay()));
        }
      }
      case TIMESTAMPMICRO, TIMESTAMPNANO, TIMESTAMPMICROTZ, TIMESTAMPNANOTZ -> {
        LocalDateTime value = time(result, position);
        if (value != null) {
          ((TimeStampVector) to).setSafe(row, count(value));
        }
      }
      case VARBINARY -> {
        byte[] value = result.getBytes(position);
        if (value != null) {
          ((VarBinaryVector) to).setSafe(row, value);
        }
      }
      default -> {
        String value = result.getString(position);
        if (value != null) {
          ((VarCharVector) to).setSafe(row, value.getBytes(StandardCharsets.UTF_8));
        }
      }
    }
  }

  private static void setWhole(FieldVector to, int row, long value) {
    switch (to.getMinorType()) {
      case TINYINT -> ((TinyIntVector) to).setSafe(row, (byte) value);
      case SMALLINT -> ((SmallIntVector) to).setSafe(row, (short) value);
      case INT -> ((IntVector) to).setSafe(row, (int) value);
      default -> ((BigIntVector) to).setSafe(row, value);
    }
  }

  private LocalDateTime time(ResultSet result, int position) throws SQLException {
    if (((ArrowType.Timestamp) type).getTimezone() == null) {
      return result.getObject(position, LocalDateTime.class);
    }
    OffsetDateTime value = result.getObject(position, OffsetDateTime.class);
    return value == null ? null : value.withOffsetSameInstant(ZoneOffset.UTC).toLocalDateTime();
  }

  /**
   * Its units since 1970.
   *
   * @throws ArithmeticException when those are too many, as for an infinite one
   */
  private long count(LocalDateTime time) {
    boolean nanos = ((ArrowType.Timestamp) type).getUnit() == TimeUnit.NANOSECOND;
    long perSecond = nanos ? 1_000_000_000 : 1_000_000;
    long seconds = Math.multiplyExact(time.toEpochSecond(ZoneOffset.UTC), perSecond);
    return Math.addExact(seconds, time.getNano() / (1_000_000_000 / perSecond));
  }
}
