package dev.baton.operators.io.jdbc;

import dev.baton.engine.batch.Memory;
import dev.baton.engine.batch.Types;
import dev.baton.operators.internal.Strings;
import dev.baton.operators.internal.TimeUnits;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.vector.types.DateUnit;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;

/**
 * How the values of a column travel from a worker to the database: a byte that is 0 for a missing
 * value, then one of a fixed size, or a length of four bytes and as many bytes.
 */
record Cell(ArrowType type) {
  /** The size of a value of which only the length that precedes it tells. */
  static final int VARIABLE = -1;

  private static final int DECIMAL_BYTES = 16;

  /**
   * The cells of all columns.
   *
   * @throws IOException naming a column that cannot be written
   */
  static List<Cell> of(Schema schema) throws IOException {
    if (schema.getFields().isEmpty()) {
      throw new IOException("cannot write rows without columns to a database");
    }
    List<Cell> cells = new ArrayList<>();
    for (Field field : schema.getFields()) {
      if (sql(field.getType(), "") == null) {
        throw new IOException(
            String.format(
                "cannot write column '%s' of type %s to a database; drop or cast it before",
                field.getName(), Types.name(field.getType())));
      }
      cells.add(new Cell(field.getType()));
    }
    return cells;
  }

  /**
   * The type of a column to create, or null when there is none.
   *
   * @param database its product's name
   */
  static String sql(ArrowType type, String database) {
    if (type instanceof ArrowType.Bool) {
      return "BOOLEAN";
    } else if (type instanceof ArrowType.Int integer && integer.getIsSigned()) {
      int bits = integer.getBitWidth();
      return bits == 64 ? "BIGINT" : bits == 32 ? "INTEGER" : "SMALLINT";
    } else if (type.equals(Types.FLOAT32)) {
      return "REAL";
    } else if (type.equals(Types.FLOAT64)) {
      return "DOUBLE PRECISION";
    } else if (type instanceof ArrowType.Decimal decimal && decimal.getBitWidth() == 128) {
      return "NUMERIC(" + decimal.getPrecision() + ", " + decimal.getScale() + ")";
    } else if (type instanceof ArrowType.Utf8) {
      return "VARCHAR";
    } else if (type instanceof ArrowType.Binary) {
      return database.equals("PostgreSQL") ? "BYTEA" : "VARBINARY";
    } else if (type instanceof ArrowType.Date date && date.getUnit() == DateUnit.DAY) {
      return "DATE";
    } else if (type instanceof ArrowType.Timestamp timestamp) {
      return timestamp.getTimezone() == null ? "TIMESTAMP" : "TIMESTAMP WITH TIME ZONE";
    }
    return null;
  }

  /** Bytes of a value, or {@link #VARIABLE}. */
  int size() {
    return switch (type.getTypeID()) {
      case Utf8, Binary -> VARIABLE;
      case Decimal -> DECIMAL_BYTES;
      default -> Long.BYTES;
    };
  }

  /** Hands the value at an address over, for parameter {@code position}; returns the next one. */
  long set(PreparedStatement statement, int position, int sqlType, long at) throws SQLException {
    boolean missing = Memory.getByte(at++) == 0;
    if (missing) {
      statement.setNull(position, sqlType);
      return at;
    }
    if (size() == VARIABLE) {
      int length = Memory.getInt(at);
      setBytes(statement, position, at + 4, length);
      return at + 4 + length;
    }
    setFixed(statement, position, at);
    return at + size();
  }

  private void setBytes(PreparedStatement statement, int position, long at, int length)
      throws SQLException {
    if (type instanceof ArrowType.Utf8) {
      statement.setString(position, Strings.of(at, length));
    } else {
      byte[] bytes = new byte[length];
      Memory.copyToArray(at, bytes, 0, length);
      statement.setBytes(position, bytes);
    }
  }

  private void setFixed(PreparedStatement statement, int position, long at) throws SQLException {
    long value = Memory.getLong(at);
    switch (type.getTypeID()) {
      case Bool -> statement.setBoolean(position, value != 0);
      case Int -> {
        if (((ArrowType.Int) type).getBitWidth() == 64) {
          statement.setLong(position, value);
        } else {
          statement.setInt(position, (int) value);
        }
      }
      case FloatingPoint -> {
        if (type.equals(Types.FLOAT32)) {
          statement.setFloat(position, Float.intBitsToFloat((int) value));
        } else {
          statement.setDouble(position, Double.longBitsToDouble(value));
        }
      }
      case Decimal -> statement.setBigDecimal(position, decimal(at));
      case Date -> statement.setObject(position, LocalDate.ofEpochDay(value));
      default -> {
        LocalDateTime time = time(value);
        boolean zone = ((ArrowType.Timestamp) type).getTimezone() != null;
        statement.setObject(position, zone ? time.atOffset(ZoneOffset.UTC) : time);
      }
    }
  }

  private BigDecimal decimal(long at) {
    byte[] bytes = new byte[DECIMAL_BYTES];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = Memory.getByte(at + DECIMAL_BYTES - 1 - i);
    }
    return new BigDecimal(new BigInteger(bytes), ((ArrowType.Decimal) type).getScale());
  }

  private LocalDateTime time(long value) {
    long perSecond = TimeUnits.perSecond((ArrowType.Timestamp) type);
    return LocalDateTime.ofEpochSecond(
        Math.floorDiv(value, perSecond),
        (int) (Math.floorMod(value, perSecond) * (1_000_000_000 / perSecond)),
        ZoneOffset.UTC);
  }
}
