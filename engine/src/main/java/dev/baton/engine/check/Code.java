package dev.baton.engine.check;

import java.util.ArrayList;
import java.util.List;

/** The instructions of a method, and where each goes on. JVM Specification, chapter 6. */
final class Code {
  static final int LDC = 18;
  static final int LDC_W = 19;
  static final int ALOAD_0 = 42;
  static final int ASTORE = 58;
  static final int ASTORE_0 = 75;
  static final int ASTORE_3 = 78;
  static final int DUP = 89;
  static final int GETSTATIC = 178;
  static final int PUTSTATIC = 179;
  static final int GETFIELD = 180;
  static final int PUTFIELD = 181;
  static final int MONITORENTER = 194;
  static final int MONITOREXIT = 195;

  private static final int JSR = 168;
  private static final int RET = 169;
  private static final int TABLESWITCH = 170;
  private static final int LOOKUPSWITCH = 171;
  private static final int ATHROW = 191;
  private static final int WIDE = 196;
  private static final int IINC = 132;

  private final byte[] code;

  /** The places of the instructions, in order. */
  private final List<Integer> places = new ArrayList<>();

  Code(byte[] code) {
    this.code = code;
    for (int at = 0; at < code.length; at += length(at)) {
      places.add(at);
    }
  }

  List<Integer> places() {
    return places;
  }

  int operation(int at) {
    return code[at] & 0xff;
  }

  int unsignedByte(int at) {
    return code[at] & 0xff;
  }

  int unsignedShort(int at) {
    return unsignedByte(at) << 8 | unsignedByte(at + 1);
  }

  private int integer(int at) {
    return unsignedShort(at) << 16 | unsignedShort(at + 2);
  }

  private static int padded(int at) {
    return (at + 4) & ~3;
  }

  private int length(int at) {
    int operation = operation(at);
    return switch (operation) {
      case TABLESWITCH -> {
        int table = padded(at);
        yield table - at + 12 + 4 * (integer(table + 8) - integer(table + 4) + 1);
      }
      case LOOKUPSWITCH -> {
        int table = padded(at);
        yield table - at + 8 + 8 * integer(table + 4);
      }
      case WIDE -> operation(at + 1) == IINC ? 6 : 4;
      default -> length(operation, at);
    };
  }

  private static int length(int operation, int at) {
    if (operation == 16
        || operation == LDC
        || operation >= 21 && operation <= 25
        || operation >= 54 && operation <= ASTORE
        || operation == RET
        || operation == 188) {
      return 2;
    }
    if (operation == 17
        || operation == LDC_W
        || operation == 20
        || operation == IINC
        || operation >= 153 && operation <= JSR
        || operation >= GETSTATIC && operation <= 184
        || operation == 187
        || operation == 189
        || operation == 192
        || operation == 193
        || operation == 198
        || operation == 199) {
      return 3;
    }
    if (operation == 197) {
      return 4;
    }
    if (operation == 185 || operation == 186 || operation == 200 || operation == 201) {
      return 5;
    }
    if (operation > 201) {
      throw new IllegalArgumentException("unknown instruction " + operation + " at " + at);
    }
    return 1;
  }

  /** Where it may go on after the instruction there, if that does not throw. */
  List<Integer> next(int at) {
    int operation = operation(at);
    if (operation == JSR || operation == RET || operation == 201) {
      throw new IllegalArgumentException("subroutines are not followed");
    }
    List<Integer> next = new ArrayList<>();
    if (operation >= 153 && operation <= 167 || operation == 198 || operation == 199) {
      next.add(at + (short) unsignedShort(at + 1));
    } else if (operation == 200) {
      next.add(at + integer(at + 1));
    } else if (operation == TABLESWITCH) {
      int table = padded(at);
      next.add(at + integer(table));
      for (int i = integer(table + 8) - integer(table + 4); i >= 0; i--) {
        next.add(at + integer(table + 12 + 4 * i));
      }
    } else if (operation == LOOKUPSWITCH) {
      int table = padded(at);
      next.add(at + integer(table));
      for (int i = integer(table + 4) - 1; i >= 0; i--) {
        next.add(at + integer(table + 12 + 8 * i));
      }
    }
    boolean ends =
        operation == 167
            || operation == 200
            || operation >= TABLESWITCH && operation <= 177
            || operation == ATHROW;
    if (!ends) {
      next.add(at + length(at));
    }
    return next;
  }
}
