package dev.baton.operators.parquet;

import dev.baton.engine.batch.Types;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.vector.types.DateUnit;
import org.apache.arrow.vector.types.FloatingPointPrecision;
import org.apache.arrow.vector.types.TimeUnit;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;
import org.apache.parquet.format.DateType;
import org.apache.parquet.format.DecimalType;
import org.apache.parquet.format.FieldRepetitionType;
import org.apache.parquet.format.Float16Type;
import org.apache.parquet.format.IntType;
import org.apache.parquet.format.LogicalType;
import org.apache.parquet.format.MicroSeconds;
import org.apache.parquet.format.MilliSeconds;
import org.apache.parquet.format.NanoSeconds;
import org.apache.parquet.format.SchemaElement;
import org.apache.parquet.format.StringType;
import org.apache.parquet.format.TimeType;
import org.apache.parquet.format.TimestampType;
import org.apache.parquet.format.Type;

/**
 * How a column is written.
 *
 * @param arrowWidth bytes of a value in the Arrow column; 0 where they differ, and for bits
 * @param width bytes of a stored value; 0 where they differ, and for bits
 * @param order how least and greatest values are found
 */
record WrittenColumn(
    String name,
    Type physical,
    LogicalType logical,
    int arrowWidth,
    int width,
    boolean isDecimal,
    ValueOrder order) {
  /** The columns of a schema. */
  static List<WrittenColumn> of(Schema schema) throws IOException {
    List<WrittenColumn> columns = new ArrayList<>();
    for (Field field : schema.getFields()) {
      WrittenColumn column = of(field.getName(), field.getType());
      if (column == null) {
        throw new IOException(
            String.format(
                "cannot write column '%s' of type %s as Parquet; drop or cast it before, or write"
                    + " Arrow",
                field.getName(), Types.name(field.getType())));
      }
      columns.add(column);
    }
    return List.copyOf(columns);
  }

  SchemaElement element() {
    SchemaElement element = new SchemaElement(name);
    element.setType(physical);
    element.setRepetition_type(FieldRepetitionType.OPTIONAL);
    if (physical == Type.FIXED_LEN_BYTE_ARRAY) {
      element.setType_length(width);
    }
    if (logical != null) {
      element.setLogicalType(logical);
      OlderTypes.set(element, logical);
    }
    return element;
  }

  private static WrittenColumn of(String name, ArrowType type) {
    if (type instanceof ArrowType.Int integer) {
      return integer(name, integer);
    } else if (type instanceof ArrowType.FloatingPoint floating) {
      return floating(name, floating.getPrecision());
    } else if (type instanceof ArrowType.Decimal decimal) {
      return decimal(name, decimal);
    } else if (type instanceof ArrowType.Date date) {
      LogicalType logical = LogicalType.DATE(new DateType());
      return date.getUnit() == DateUnit.DAY
          ? fixed(name, Type.INT32, logical, 4, ValueOrder.INT32)
          : null;
    } else if (type instanceof ArrowType.Time time) {
      return time(name, time);
    } else if (type instanceof ArrowType.Timestamp timestamp) {
      org.apache.parquet.format.TimeUnit unit = unit(timestamp.getUnit());
      boolean utc = timestamp.getTimezone() != null;
      return unit == null
          ? null
          : fixed(
              name,
              Type.INT64,
              LogicalType.TIMESTAMP(new TimestampType(utc, unit)),
              8,
              ValueOrder.INT64);
    } else if (type instanceof ArrowType.Bool) {
      return new WrittenColumn(name, Type.BOOLEAN, null, 0, 0, false, ValueOrder.BYTES);
    } else if (type instanceof ArrowType.Utf8) {
      LogicalType logical = LogicalType.STRING(new StringType());
      return new WrittenColumn(name, Type.BYTE_ARRAY, logical, 0, 0, false, ValueOrder.BYTES);
    } else if (type instanceof ArrowType.Binary) {
      return new WrittenColumn(name, Type.BYTE_ARRAY, null, 0, 0, false, ValueOrder.BYTES);
    } else if (type instanceof ArrowType.FixedSizeBinary binary) {
      int width = binary.getByteWidth();
      return fixed(name, Type.FIXED_LEN_BYTE_ARRAY, null, width, ValueOrder.BYTES);
    }
    return null;
  }

  private static WrittenColumn fixed(
      String name, Type physical, LogicalType logical, int width, ValueOrder order) {
    return new WrittenColumn(name, physical, logical, width, width, false, order);
  }

  private static WrittenColumn integer(String name, ArrowType.Int type) {
    int bits = type.getBitWidth();
    boolean signed = type.getIsSigned();
    LogicalType logical =
        signed && bits >= 32 ? null : LogicalType.INTEGER(new IntType((byte) bits, signed));
    if (bits == 64) {
      ValueOrder order = signed ? ValueOrder.INT64 : ValueOrder.UINT64;
      return fixed(name, Type.INT64, logical, 8, order);
    }
    ValueOrder order = signed ? ValueOrder.INT32 : ValueOrder.UINT32;
    return new WrittenColumn(name, Type.INT32, logical, bits / 8, 4, false, order);
  }

  private static WrittenColumn floating(String name, FloatingPointPrecision precision) {
    return switch (precision) {
      case HALF -> {
        LogicalType logical = LogicalType.FLOAT16(new Float16Type());
        yield fixed(name, Type.FIXED_LEN_BYTE_ARRAY, logical, 2, ValueOrder.NONE);
      }
      case SINGLE -> fixed(name, Type.FLOAT, null, 4, ValueOrder.FLOAT);
      case DOUBLE -> fixed(name, Type.DOUBLE, null, 8, ValueOrder.DOUBLE);
    };
  }

  private static WrittenColumn decimal(String name, ArrowType.Decimal type) {
    int width = type.getBitWidth() / 8;
    LogicalType logical =
        LogicalType.DECIMAL(new DecimalType(type.getScale(), type.getPrecision()));
    boolean fits = type.getScale() >= 0 && type.getScale() <= type.getPrecision() && width >= 16;
    return fits
        ? new WrittenColumn(
            name, Type.FIXED_LEN_BYTE_ARRAY, logical, width, width, true, ValueOrder.DECIMAL)
        : null;
  }

  private static WrittenColumn time(String name, ArrowType.Time type) {
    org.apache.parquet.format.TimeUnit unit = unit(type.getUnit());
    if (unit == null) {
      return null;
    }
    LogicalType logical = LogicalType.TIME(new TimeType(false, unit));
    return type.getBitWidth() == 32
        ? fixed(name, Type.INT32, logical, 4, ValueOrder.INT32)
        : fixed(name, Type.INT64, logical, 8, ValueOrder.INT64);
  }

  private static org.apache.parquet.format.TimeUnit unit(TimeUnit unit) {
    return switch (unit) {
      case SECOND -> null;
      case MILLISECOND -> org.apache.parquet.format.TimeUnit.MILLIS(new MilliSeconds());
      case MICROSECOND -> org.apache.parquet.format.TimeUnit.MICROS(new MicroSeconds());
      case NANOSECOND -> org.apache.parquet.format.TimeUnit.NANOS(new NanoSeconds());
    };
  }
}
