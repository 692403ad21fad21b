package dev.baton.operators.text;

import dev.baton.engine.batch.Memory;
import dev.baton.engine.batch.Validity;
import dev.baton.engine.batch.Vectors;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.BaseFixedWidthVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.complex.ListVector;
import org.apache.arrow.vector.types.pojo.Field;

/** Makes list columns of exactly the size needed from what a kernel gathered on the heap. */
final class Lists {
  private Lists() {}

  /**
   * A column of lists of {@code offsets[rows]} fixed-width elements, all zero, for the caller to
   * write.
   *
   * @param offsets where each row's elements begin, and where the last row's end
   * @param source the column whose nulls it gets
   */
  static ListVector fixed(
      Field field, FieldVector source, int[] offsets, int rows, BufferAllocator allocator) {
    ListVector list = (ListVector) field.createVector(allocator);
    try {
      BaseFixedWidthVector elements = (BaseFixedWidthVector) list.getDataVector();
      int total = offsets[rows];
      lists(list, source, offsets, rows);
      elements.allocateNew(total);
      close(list, rows);
      Validity.setAll(Validity.address(elements), total);
      return list;
    } catch (Throwable e) {
      list.close();
      throw e;
    }
  }

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
      byte[] bytes,
      int[] ends,
      BufferAllocator allocator) {
    ListVector list = (ListVector) field.createVector(allocator);
    try {
      VarCharVector elements = (VarCharVector) list.getDataVector();
      int total = offsets[rows];
      int size = total == 0 ? 0 : ends[total - 1];
      lists(list, source, offsets, rows);
      elements.allocateNew(size, total);
      if (total > 0) {
        long to = Vectors.offsets(elements);
        Memory.putInt(to, 0);
        for (int i = 0; i < total; i++) {
          Memory.putInt(to + 4L * i + 4, ends[i]);
        }
        Memory.copyFromArray(bytes, 0, Vectors.data(elements), size);
        Validity.setAll(Validity.address(elements), total);
      }
      elements.setLastSet(total - 1);
      close(list, rows);
      return list;
    } catch (Throwable e) {
      list.close();
      throw e;
    }
  }

  private static void lists(ListVector list, FieldVector source, int[] offsets, int rows) {
    list.setInitialCapacity(rows);
    list.getDataVector().setInitialCapacity(1);
    list.allocateNew();
    long to = Vectors.offsets(list);
    for (int i = 0; i <= rows; i++) {
      Memory.putInt(to + 4L * i, offsets[i]);
    }
    Vectors.copyValidity(source, list);
  }

  private static void close(ListVector list, int rows) {
    // Arrow would write offsets of its own for rows after the one it takes for the last.
    list.setLastSet(rows - 1);
    list.setValueCount(rows);
  }
}
