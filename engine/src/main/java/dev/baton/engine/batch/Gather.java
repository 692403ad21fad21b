package dev.baton.engine.batch;

import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.FieldVector;

/** Copies chosen rows of a column into a new one, for every Arrow type. */
final class Gather {
  private Gather() {}

  static FieldVector take(
      FieldVector source, int[] selected, int count, BufferAllocator allocator) {
    return generic(source, selected, count, allocator);
  }

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
