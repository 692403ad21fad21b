package dev.baton.operators.text;

import dev.baton.engine.batch.Memory;
import dev.baton.engine.batch.Validity;
import dev.baton.engine.batch.Vectors;
import dev.baton.operators.internal.ListColumns;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.complex.ListVector;
import org.apache.arrow.vector.types.pojo.Field;

/** Makes list columns of exactly the size needed from what a kernel gathered on the heap. */
final class Lists {
  private Lists() {}

  /**
   * A column of lists of texts.
   *
   * @param bytes the texts one after the other
   * @param ends where each text ends in {@code bytes}
   */
  static ListVector texts(
      Field field,
      FieldVector source,
      int[] offsets,
      int rows,
      Scratch bytes,
      int[] ends,
      BufferAllocator allocator) {
    ListVector list = (ListVector) field.createVector(allocator);
    try {
      VarCharVector elements = (VarCharVector) list.getDataVector();
      int total = offsets[rows];
      int size = total == 0 ? 0 : ends[total - 1];
      ListColumns.lists(list, source, offsets, rows);
      elements.allocateNew(size, total);
      if (total > 0) {
        long to = Vectors.offsets(elements);
        Memory.putInt(to, 0);
        for (int i = 0; i < total; i++) {
          Memory.putInt(to + 4L * i + 4, ends[i]);
        }
        Memory.copy(bytes.base(), Vectors.data(elements), size);
        Validity.setAll(Validity.address(elements), total);
      }
      elements.setLastSet(total - 1);
      ListColumns.close(list, rows);
      return list;
    } catch (Throwable e) {
      list.close();
      throw e;
    }
  }
}
