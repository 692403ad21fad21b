package dev.baton.operators.encode;

import dev.baton.engine.batch.Memory;
import dev.baton.engine.batch.Validity;
import dev.baton.engine.batch.Vectors;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.types.pojo.ArrowType;

/** Reads integer columns of any width, and bool columns as 0 and 1. */
final class Integers {
  /** Rows worked on at a time, so that scratch arrays stay in the first-level cache. */
  static final int BLOCK = 1024;

  private Integers() {}

  /** Reads {@code count} values from row {@code first}; nulls become junk. */
  static void load(FieldVector vector, int first, int count, long[] target) {
    ArrowType type = vector.getField().getType();
    long data = Vectors.data(vector);
    switch (type instanceof ArrowType.Int integer ? integer.getBitWidth() : 1) {
      case 1 -> {
        for (int i = 0; i < count; i++) {
          target[i] = Validity.isSet(data, first + i) ? 1 : 0;
        }
      }
      case 8 -> {
        for (int i = 0; i < count; i++) {
          target[i] = Memory.getByte(data + first + i);
        }
      }
      case 16 -> {
        for (int i = 0; i < count; i++) {
          target[i] = Memory.getShort(data + 2L * (first + i));
        }
      }
      case 32 -> {
        for (int i = 0; i < count; i++) {
          target[i] = Memory.getInt(data + 4L * (first + i));
        }
      }
      default -> {
        for (int i = 0; i < count; i++) {
          target[i] = Memory.getLong(data + 8L * (first + i));
        }
      }
    }
  }
}
