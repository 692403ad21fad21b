package dev.baton.operators.parquet;

import org.apache.parquet.format.ConvertedType;
import org.apache.parquet.format.IntType;
import org.apache.parquet.format.LogicalType;
import org.apache.parquet.format.SchemaElement;
import org.apache.parquet.format.TimeUnit;

/** The converted type, which readers look at that do not know logical types. */
final class OlderTypes {
  private OlderTypes() {}

  /** Sets the one that means the same, if there is one. */
  static void set(SchemaElement element, LogicalType logical) {
    if (logical.isSetDECIMAL()) {
      element.setScale(logical.getDECIMAL().getScale());
      element.setPrecision(logical.getDECIMAL().getPrecision());
    }
    ConvertedType older = of(logical);
    if (older != null) {
      element.setConverted_type(older);
    }
  }

  private static ConvertedType of(LogicalType logical) {
    if (logical.isSetSTRING()) {
      return ConvertedType.UTF8;
    } else if (logical.isSetDECIMAL()) {
      return ConvertedType.DECIMAL;
    } else if (logical.isSetDATE()) {
      return ConvertedType.DATE;
    } else if (logical.isSetINTEGER()) {
      return integer(logical.getINTEGER());
    } else if (logical.isSetTIMESTAMP() && logical.getTIMESTAMP().isIsAdjustedToUTC()) {
      TimeUnit unit = logical.getTIMESTAMP().getUnit();
      return unit.isSetMILLIS()
          ? ConvertedType.TIMESTAMP_MILLIS
          : unit.isSetMICROS() ? ConvertedType.TIMESTAMP_MICROS : null;
    }
    // The older times and timestamps are always in UTC.
    return null;
  }

  private static ConvertedType integer(IntType type) {
    return switch (type.getBitWidth()) {
      case 8 -> type.isIsSigned() ? ConvertedType.INT_8 : ConvertedType.UINT_8;
      case 16 -> type.isIsSigned() ? ConvertedType.INT_16 : ConvertedType.UINT_16;
      case 32 -> type.isIsSigned() ? ConvertedType.INT_32 : ConvertedType.UINT_32;
      default -> type.isIsSigned() ? ConvertedType.INT_64 : ConvertedType.UINT_64;
    };
  }
}
