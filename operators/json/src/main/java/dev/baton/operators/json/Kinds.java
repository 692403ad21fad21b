package dev.baton.operators.json;

import dev.baton.operators.internal.Strings;
import dev.baton.operators.io.fields.Fields;
import org.apache.arrow.vector.types.pojo.ArrowType;

/** Kinds of JSON values, as bits, and which of them a column takes. */
final class Kinds {
  static final int NULL = 1;
  static final int BOOL = 2;
  static final int NUMBER = 4;
  static final int STRING = 8;
  static final int EMPTY_STRING = 16;
  static final int CONTAINER = 32;

  /** Strings that floats are written as that JSON has no numbers for. */
  static final int NO_NUMBER = 64;

  static final int ALL = NULL | BOOL | NUMBER | STRING | EMPTY_STRING | CONTAINER;

  private Kinds() {}

  /** The kind of a value by its first byte, and by its field if it is a string. */
  static int of(byte first, long field) {
    return switch (first) {
      case '"' -> Fields.length(field) == 0 ? EMPTY_STRING : STRING;
      case '{', '[' -> CONTAINER;
      case 't', 'f' -> BOOL;
      case 'n' -> NULL;
      default -> NUMBER;
    };
  }

  /** What a column takes: one of text everything, as it stands in the file if it is no string. */
  static int taken(ArrowType type) {
    return switch (type.getTypeID()) {
      case Int -> NULL | NUMBER;
      case FloatingPoint -> NULL | NUMBER | NO_NUMBER;
      case Bool -> NULL | BOOL;
      case Date, Timestamp -> NULL | STRING;
      default -> ALL;
    };
  }

  /** Whether a string is one of those of {@link #NO_NUMBER}. */
  static boolean isNoNumber(long base, long field) {
    if (!Fields.quoted(field) || Fields.length(field) > "-Infinity".length()) {
      return false;
    }
    return isNoNumber(Strings.of(base + Fields.start(field), Fields.length(field)));
  }

  static boolean isNoNumber(String text) {
    return text.equals("-Infinity") || JsonFormat.NO_NUMBERS.contains(text);
  }
}
