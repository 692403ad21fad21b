package dev.baton.engine.batch;

import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.BaseFixedWidthVector;
import org.apache.arrow.vector.BaseVariableWidthVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.complex.ListVector;

/**
 * Copies chosen rows of a column into a new one, for every Arrow type: by straight loops over
 * addresses for the common types, by whole blocks for a run of consecutive rows, else value by
 * value. The slots of nulls receive whatever theirs held.
 */
final class Gather {
  private Gather() {}

  /** The first {@code count} of {@code selected} are row numbers; the caller closes the result. */
  static FieldVector take(
      FieldVector source, int[] selected, int count, BufferAllocator allocator) {
    if (count == 0 || !fast(source)) {
      return generic(source, selected, count, allocator);
    }
    FieldVector target = source.getField().createVector(allocator);
    try {
      boolean run = isRun(selected, count);
      if (source instanceof BaseFixedWidthVector fixed) {
        GatherFixed.take(fixed, (BaseFixedWidthVector) target, selected, count, run);
      } else if (source instanceof BaseVariableWidthVector bytes) {
        GatherVariable.bytes(bytes, (BaseVariableWidthVector) target, selected, count, run);
      } else {
        GatherVariable.list((ListVector) source, (ListVector) target, selected, count, run);
      }
      return target;
    } catch (Throwable e) {
      target.close();
      throw e;
    }
  }

  private static boolean fast(FieldVector source) {
    return source instanceof BaseVariableWidthVector
        || GatherFixed.supports(source)
        // Exactly this class: a map is a list too, of structs.
        || source.getClass() == ListVector.class
            && GatherFixed.supports(((ListVector) source).getDataVector());
  }

  private static boolean isRun(int[] selected, int count) {
    for (int i = 1; i < count; i++) {
      if (selected[i] != selected[0] + i) {
        return false;
      }
    }
    return true;
  }

  /** Any type, through Arrow's own copying. */
  static FieldVector generic(
      FieldVector source, int[] selected, int count, BufferAllocator allocator) {
    FieldVector target = source.getField().createVector(allocator);
    try {
      target.setInitialCapacity(count);
      target.allocateNew();
      for (int i = 0; i < count; i++) {
        target.copyFromSafe(selected[i], i, source);
      }
      target.setValueCount(count);
      return target;
    } catch (Throwable e) {
      target.close();
      throw e;
    }
  }
}
