package dev.baton.operators.io.arrow;

import dev.baton.engine.batch.Types;
import java.util.List;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.DictionaryEncoding;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.FieldType;

/** Which columns can be read, as what, and how many buffers they have in a record batch. */
final class ArrowTypes {
  private ArrowTypes() {}

  /** The column that is made of a column as written: nullable, and not dictionary-encoded. */
  static Field read(Field written) {
    ArrowType type = type(written.getType());
    List<Field> children =
        written.getChildren().stream()
            .map(
                c ->
                    new Field(
                        c.getName(),
                        new FieldType(c.isNullable(), type(c.getType()), c.getDictionary()),
                        read(c).getChildren()))
            .toList();
    return new Field(written.getName(), FieldType.nullable(type), children);
  }

  private static ArrowType type(ArrowType written) {
    return switch (written.getTypeID()) {
      case LargeUtf8, Null -> Types.UTF8;
      case LargeBinary -> Types.BINARY;
      default -> written;
    };
  }

  /** Why a column as written cannot be read, or null when it can. */
  static String refusal(Field written, boolean top) {
    switch (written.getType().getTypeID()) {
      case Null:
        return top && written.getDictionary() == null ? null : "a nested column of type null";
      case Union, RunEndEncoded, Utf8View, BinaryView, ListView, LargeListView, LargeList, NONE:
        return "type " + written.getType();
      default:
        break;
    }
    if (written.getDictionary() != null) {
      return !top
          ? "a dictionary inside another column"
          : written.getChildren().isEmpty() ? null : "a dictionary of nested values";
    }
    for (Field child : written.getChildren()) {
      String refusal = refusal(child, false);
      if (refusal != null) {
        return refusal;
      }
    }
    return null;
  }

  /** The type of the values in the record batch itself: of the indices, with a dictionary. */
  static ArrowType stored(Field written) {
    DictionaryEncoding dictionary = written.getDictionary();
    if (dictionary == null) {
      return written.getType();
    }
    ArrowType.Int index = dictionary.getIndexType();
    return index == null ? Types.INT32 : index;
  }

  /** Buffers of the column itself, without those of its children and of views' data. */
  static int buffers(Field written) {
    return switch (stored(written).getTypeID()) {
      case Null, RunEndEncoded -> 0;
      case Struct, FixedSizeList -> 1;
      case Utf8, Binary, LargeUtf8, LargeBinary, ListView, LargeListView -> 3;
      case Union -> ((ArrowType.Union) written.getType()).getMode().ordinal() + 1;
      default -> 2;
    };
  }

  static boolean isView(Field written) {
    return switch (stored(written).getTypeID()) {
      case Utf8View, BinaryView -> true;
      default -> false;
    };
  }

  /** The children that have nodes and buffers of their own in a record batch. */
  static List<Field> children(Field written) {
    return written.getDictionary() == null ? written.getChildren() : List.of();
  }
}
