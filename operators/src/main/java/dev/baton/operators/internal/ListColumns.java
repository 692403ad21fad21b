package dev.baton.operators.internal;

import dev.baton.engine.batch.Memory;
import dev.baton.engine.batch.Validity;
import dev.baton.engine.batch.Vectors;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.BaseFixedWidthVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.complex.ListVector;
import org.apache.arrow.vector.types.pojo.Field;

/** Makes list columns of exactly the size needed. */
public final class ListColumns {
  private ListColumns() {}

  /**
   * A column of lists of {@code offsets[rows]} fixed-width elements, all zero, for the caller to
   * write.
   *
   * @param offsets where each row's elements begin, and where the last row's end
   * @param source the column whose nulls it gets; without one no row is null
   */
  public static ListVector fixed(
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

  /** Allocates the lists, without their elements. */
  public static void lists(ListVector list, FieldVector source, int[] offsets, int rows) {
    list.setInitialCapacity(rows);
    list.getDataVector().setInitialCapacity(1);
    list.allocateNew();
    long to = Vectors.offsets(list);
    for (int i = 0; i <= rows; i++) {
      Memory.putInt(to + 4L * i, offsets[i]);
    }
    if (source == null) {
      Validity.setAll(Validity.address(list), rows);
    } else {
      Vectors.copyValidity(source, list);
    }
  }

  /** Ends the lists when their elements are there. */
  public static void close(ListVector list, int rows) {
    // Arrow would write offsets of its own for rows after the one it takes for the last.
    list.setLastSet(rows - 1);
    list.setValueCount(rows);
  }
}
