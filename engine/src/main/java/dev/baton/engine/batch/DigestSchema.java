package dev.baton.engine.batch;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import org.apache.arrow.vector.types.FloatingPointPrecision;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;

/** The canonical text of a schema, as {@link Digest} sees it, and the kinds of values it knows. */
final class DigestSchema {
  private DigestSchema() {}

  /** How a column's values become 64-bit codes. */
  enum Kind {
    BIT,
    INT8,
    INT16,
    INT32,
    INT64,
    UINT8,
    UINT16,
    UINT32,
    FLOAT16,
    FLOAT32,
    FLOAT64,
    BYTES,
    LARGE_BYTES,
    FIXED_BYTES,
    LIST,
    FIXED_LIST,
    STRUCT
  }

  static long hash(Schema schema) {
    StringBuilder text = new StringBuilder();
    for (Field field : schema.getFields()) {
      column(field, field.getName(), text);
    }
    byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
    long state = DigestHash.start(bytes.length);
    for (int i = 0; i < bytes.length; i += 8) {
      long word = 0;
      for (int j = i; j < Math.min(i + 8, bytes.length); j++) {
        word |= (bytes[j] & 0xFFL) << (8 * (j - i));
      }
      state = DigestHash.next(state, word);
    }
    return DigestHash.mix(state);
  }

  /** {@code LENGTH:NAME:TYPE;} with the length of the name in UTF-8 bytes. */
  private static void column(Field field, String path, StringBuilder text) {
    String name = field.getName();
    text.append(name.getBytes(StandardCharsets.UTF_8).length).append(':').append(name).append(':');
    type(field, path, text);
    text.append(';');
  }

  private static void type(Field field, String path, StringBuilder text) {
    ArrowType type = field.getType();
    List<Field> children = field.getChildren();
    switch (kind(field, path)) {
      case LIST -> {
        text.append("list<");
        type(children.get(0), path + "[]", text);
        text.append('>');
      }
      case FIXED_LIST -> {
        int size = ((ArrowType.FixedSizeList) type).getListSize();
        text.append("fixed_list[").append(size).append("]<");
        type(children.get(0), path + "[]", text);
        text.append('>');
      }
      case STRUCT -> {
        text.append("struct<");
        for (Field child : children) {
          column(child, path + "." + child.getName(), text);
        }
        text.append('>');
      }
      default -> text.append(leaf(type));
    }
  }

  private static String leaf(ArrowType type) {
    if (type instanceof ArrowType.Bool) {
      return "bool";
    } else if (type instanceof ArrowType.Int integer) {
      return (integer.getIsSigned() ? "int" : "uint") + integer.getBitWidth();
    } else if (type instanceof ArrowType.FloatingPoint floating) {
      return switch (floating.getPrecision()) {
        case HALF -> "float16";
        case SINGLE -> "float32";
        case DOUBLE -> "float64";
      };
    } else if (type instanceof ArrowType.Utf8) {
      return "utf8";
    } else if (type instanceof ArrowType.LargeUtf8) {
      return "large_utf8";
    } else if (type instanceof ArrowType.Binary) {
      return "binary";
    } else if (type instanceof ArrowType.LargeBinary) {
      return "large_binary";
    } else if (type instanceof ArrowType.FixedSizeBinary binary) {
      return "fixed_binary[" + binary.getByteWidth() + "]";
    } else if (type instanceof ArrowType.Date date) {
      return "date[" + unit(date.getUnit()) + "]";
    } else if (type instanceof ArrowType.Time time) {
      return "time[" + unit(time.getUnit()) + "]";
    } else if (type instanceof ArrowType.Timestamp timestamp) {
      String zone = timestamp.getTimezone();
      return "timestamp[" + unit(timestamp.getUnit()) + (zone == null ? "" : "," + zone) + "]";
    } else if (type instanceof ArrowType.Duration duration) {
      return "duration[" + unit(duration.getUnit()) + "]";
    }
    ArrowType.Decimal decimal = (ArrowType.Decimal) type;
    return "decimal%d[%d,%d]"
        .formatted(decimal.getBitWidth(), decimal.getPrecision(), decimal.getScale());
  }

  private static String unit(Enum<?> unit) {
    return unit.name().toLowerCase(Locale.ROOT);
  }

  /** The kind of a column; {@code path} names it in the error of a type that has none. */
  static Kind kind(Field field, String path) {
    ArrowType type = field.getType();
    Kind kind = field.getDictionary() == null ? kind(type) : null;
    if (kind == null) {
      throw new IllegalArgumentException(
          "column '%s': %s has no digest; cast or drop the column"
              .formatted(path, field.getDictionary() == null ? type : "a dictionary of " + type));
    }
    return kind;
  }

  private static Kind kind(ArrowType type) {
    if (type instanceof ArrowType.Bool) {
      return Kind.BIT;
    } else if (type instanceof ArrowType.Int integer) {
      boolean signed = integer.getIsSigned();
      return switch (integer.getBitWidth()) {
        case 8 -> signed ? Kind.INT8 : Kind.UINT8;
        case 16 -> signed ? Kind.INT16 : Kind.UINT16;
        case 32 -> signed ? Kind.INT32 : Kind.UINT32;
        default -> Kind.INT64;
      };
    } else if (type instanceof ArrowType.FloatingPoint floating) {
      FloatingPointPrecision precision = floating.getPrecision();
      return switch (precision) {
        case HALF -> Kind.FLOAT16;
        case SINGLE -> Kind.FLOAT32;
        case DOUBLE -> Kind.FLOAT64;
      };
    } else if (type instanceof ArrowType.Utf8 || type instanceof ArrowType.Binary) {
      return Kind.BYTES;
    } else if (type instanceof ArrowType.LargeUtf8 || type instanceof ArrowType.LargeBinary) {
      return Kind.LARGE_BYTES;
    } else if (type instanceof ArrowType.FixedSizeBinary || type instanceof ArrowType.Decimal) {
      return Kind.FIXED_BYTES;
    } else if (type instanceof ArrowType.Date date) {
      return switch (date.getUnit()) {
        case DAY -> Kind.INT32;
        case MILLISECOND -> Kind.INT64;
      };
    } else if (type instanceof ArrowType.Time time) {
      return time.getBitWidth() == 32 ? Kind.INT32 : Kind.INT64;
    } else if (type instanceof ArrowType.Timestamp || type instanceof ArrowType.Duration) {
      return Kind.INT64;
    } else if (type instanceof ArrowType.List) {
      return Kind.LIST;
    } else if (type instanceof ArrowType.FixedSizeList) {
      return Kind.FIXED_LIST;
    } else if (type instanceof ArrowType.Struct) {
      return Kind.STRUCT;
    }
    return null;
  }
}
