package dev.baton.operators.parquet;

import dev.baton.engine.batch.Types;
import org.apache.arrow.vector.types.FloatingPointPrecision;
import org.apache.arrow.vector.types.TimeUnit;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.parquet.format.ConvertedType;
import org.apache.parquet.format.IntType;
import org.apache.parquet.format.LogicalType;
import org.apache.parquet.format.SchemaElement;
import org.apache.parquet.format.TimestampType;
import org.apache.parquet.format.Type;

/** The Arrow type of a stored type; the logical type decides, else the older converted type. */
final class ParquetTypes {
  static final ArrowType FLOAT16 = new ArrowType.FloatingPoint(FloatingPointPrecision.HALF);
  private static final int MOST_DIGITS = 76;

  private ParquetTypes() {}

  /** Bytes of a stored value, 0 where they differ. */
  static int width(Type physical, int typeLength) {
    return switch (physical) {
      case BOOLEAN -> 1;
      case INT32, FLOAT -> 4;
      case INT64, DOUBLE -> 8;
      case INT96 -> 12;
      case FIXED_LEN_BYTE_ARRAY -> typeLength;
      case BYTE_ARRAY -> 0;
    };
  }

  /** Null when there is none. */
  static ArrowType arrow(SchemaElement element) {
    LogicalType logical = element.getLogicalType();
    ConvertedType converted = element.getConverted_type();
    return switch (element.getType()) {
      case BOOLEAN -> Types.BOOL;
      case FLOAT -> Types.FLOAT32;
      case DOUBLE -> Types.FLOAT64;
      case INT96 -> Types.TIMESTAMP;
      case INT32 -> int32(element, logical, converted);
      case INT64 -> int64(element, logical, converted);
      case BYTE_ARRAY -> bytes(element, logical, converted);
      case FIXED_LEN_BYTE_ARRAY -> fixed(element, logical, converted);
    };
  }

  private static ArrowType int32(SchemaElement element, LogicalType logical, ConvertedType old) {
    if (isDecimal(logical, old)) {
      return decimal(element, logical);
    } else if (logical != null && logical.isSetDATE() || old == ConvertedType.DATE) {
      return Types.DATE;
    } else if (logical != null && logical.isSetTIME() || old == ConvertedType.TIME_MILLIS) {
      return new ArrowType.Time(TimeUnit.MILLISECOND, 32);
    }
    return integer(logical, old, 32);
  }

  private static ArrowType int64(SchemaElement element, LogicalType logical, ConvertedType old) {
    if (isDecimal(logical, old)) {
      return decimal(element, logical);
    } else if (logical != null && logical.isSetTIMESTAMP()) {
      TimestampType timestamp = logical.getTIMESTAMP();
      return new ArrowType.Timestamp(
          unit(timestamp.getUnit()), timestamp.isIsAdjustedToUTC() ? "UTC" : null);
    } else if (logical != null && logical.isSetTIME()) {
      return new ArrowType.Time(unit(logical.getTIME().getUnit()), 64);
    } else if (old == ConvertedType.TIMESTAMP_MILLIS) {
      return new ArrowType.Timestamp(TimeUnit.MILLISECOND, "UTC");
    } else if (old == ConvertedType.TIMESTAMP_MICROS) {
      return new ArrowType.Timestamp(TimeUnit.MICROSECOND, "UTC");
    } else if (old == ConvertedType.TIME_MICROS) {
      return new ArrowType.Time(TimeUnit.MICROSECOND, 64);
    }
    return integer(logical, old, 64);
  }

  private static ArrowType integer(LogicalType logical, ConvertedType old, int stored) {
    if (logical != null && logical.isSetINTEGER()) {
      IntType type = logical.getINTEGER();
      int bits = type.getBitWidth();
      boolean fits = bits == stored || stored == 32 && (bits == 8 || bits == 16);
      return fits ? new ArrowType.Int(bits, type.isIsSigned()) : null;
    }
    boolean wide = stored == 64;
    if (old == null) {
      return new ArrowType.Int(stored, true);
    }
    return switch (old) {
      case INT_8 -> new ArrowType.Int(8, true);
      case INT_16 -> new ArrowType.Int(16, true);
      case UINT_8 -> new ArrowType.Int(8, false);
      case UINT_16 -> new ArrowType.Int(16, false);
      case UINT_32, UINT_64 -> new ArrowType.Int(wide ? 64 : 32, false);
      default -> new ArrowType.Int(stored, true);
    };
  }

  private static ArrowType bytes(SchemaElement element, LogicalType logical, ConvertedType old) {
    if (isDecimal(logical, old)) {
      return decimal(element, logical);
    }
    boolean text =
        logical != null && (logical.isSetSTRING() || logical.isSetENUM() || logical.isSetJSON())
            || old == ConvertedType.UTF8
            || old == ConvertedType.ENUM
            || old == ConvertedType.JSON;
    return text ? Types.UTF8 : Types.BINARY;
  }

  private static ArrowType fixed(SchemaElement element, LogicalType logical, ConvertedType old) {
    if (isDecimal(logical, old)) {
      return element.getType_length() > 32 ? null : decimal(element, logical);
    } else if (logical != null && logical.isSetFLOAT16() && element.getType_length() == 2) {
      return FLOAT16;
    }
    return new ArrowType.FixedSizeBinary(element.getType_length());
  }

  private static boolean isDecimal(LogicalType logical, ConvertedType old) {
    return logical != null && logical.isSetDECIMAL() || old == ConvertedType.DECIMAL;
  }

  private static ArrowType decimal(SchemaElement element, LogicalType logical) {
    boolean modern = logical != null && logical.isSetDECIMAL();
    int precision = modern ? logical.getDECIMAL().getPrecision() : element.getPrecision();
    int scale = modern ? logical.getDECIMAL().getScale() : element.getScale();
    if (precision < 1 || precision > MOST_DIGITS || scale < 0 || scale > precision) {
      return null;
    }
    return new ArrowType.Decimal(precision, scale, precision > 38 ? 256 : 128);
  }

  private static TimeUnit unit(org.apache.parquet.format.TimeUnit unit) {
    return unit.isSetMILLIS()
        ? TimeUnit.MILLISECOND
        : unit.isSetMICROS() ? TimeUnit.MICROSECOND : TimeUnit.NANOSECOND;
  }
}
