package dev.baton.engine.batch;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.arrow.vector.types.DateUnit;
import org.apache.arrow.vector.types.FloatingPointPrecision;
import org.apache.arrow.vector.types.TimeUnit;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.FieldType;

/** The column types operators produce, by the names users write in files and read in messages. */
public final class Types {
  public static final ArrowType BOOL = ArrowType.Bool.INSTANCE;
  public static final ArrowType INT8 = new ArrowType.Int(8, true);
  public static final ArrowType INT16 = new ArrowType.Int(16, true);
  public static final ArrowType INT32 = new ArrowType.Int(32, true);
  public static final ArrowType INT64 = new ArrowType.Int(64, true);
  public static final ArrowType FLOAT32 =
      new ArrowType.FloatingPoint(FloatingPointPrecision.SINGLE);
  public static final ArrowType FLOAT64 =
      new ArrowType.FloatingPoint(FloatingPointPrecision.DOUBLE);
  public static final ArrowType UTF8 = ArrowType.Utf8.INSTANCE;
  public static final ArrowType BINARY = ArrowType.Binary.INSTANCE;
  public static final ArrowType DATE = new ArrowType.Date(DateUnit.DAY);

  /** Microseconds since 1970-01-01T00:00:00 without a time zone. */
  public static final ArrowType TIMESTAMP = new ArrowType.Timestamp(TimeUnit.MICROSECOND, null);

  private static final List<String> NAMES =
      List.of(
          "bool",
          "int8",
          "int16",
          "int32",
          "int64",
          "float32",
          "float64",
          "utf8",
          "binary",
          "date",
          "timestamp");
  private static final List<ArrowType> TYPES =
      List.of(BOOL, INT8, INT16, INT32, INT64, FLOAT32, FLOAT64, UTF8, BINARY, DATE, TIMESTAMP);

  private Types() {}

  /**
   * The type of that name.
   *
   * @throws IllegalArgumentException naming the nearest valid name
   */
  public static ArrowType parse(String name) {
    int index = NAMES.indexOf(name);
    if (index < 0) {
      throw new IllegalArgumentException("unknown type '" + name + "'" + Names.hint(name, NAMES));
    }
    return TYPES.get(index);
  }

  /**
   * Checks types that are declared by column.
   *
   * @param parameter what declares them
   * @param rule throws {@link IllegalArgumentException} for the name of a type that may not be
   * @throws IllegalArgumentException naming all that are wrong
   */
  public static void checkEach(String parameter, Map<String, String> types, Consumer<String> rule) {
    List<String> wrong = new ArrayList<>();
    types.forEach(
        (column, type) -> {
          try {
            rule.accept(type);
          } catch (IllegalArgumentException e) {
            wrong.add(parameter + ", column '" + column + "': " + e.getMessage());
          }
        });
    if (!wrong.isEmpty()) {
      throw new IllegalArgumentException(String.join("\n  ", wrong));
    }
  }

  /** The name {@link #parse} understands, or Arrow's own description of any other type. */
  public static String name(ArrowType type) {
    int index = TYPES.indexOf(type);
    return index < 0 ? type.toString() : NAMES.get(index);
  }

  /** All names {@link #parse} understands. */
  public static List<String> names() {
    return NAMES;
  }

  /** A nullable column. */
  public static Field field(String name, ArrowType type) {
    return new Field(name, FieldType.nullable(type), null);
  }

  /** A nullable column of lists, whose elements are never null. */
  public static Field listField(String name, ArrowType element) {
    Field child = new Field("item", FieldType.notNullable(element), null);
    return new Field(name, FieldType.nullable(ArrowType.List.INSTANCE), List.of(child));
  }
}
