package dev.baton.engine.batch;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Random;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.compare.VectorEqualsVisitor;
import org.apache.arrow.vector.types.pojo.Field;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GatherTest {
  private final BufferAllocator allocator = new RootAllocator();

  @AfterEach
  void nothing_leaks() {
    allocator.close();
  }

  private void check(FieldVector source, int[] selected) {
    try (FieldVector expected = Gather.generic(source, selected, selected.length, allocator);
        FieldVector taken = Gather.take(source, selected, selected.length, allocator)) {
      String what = source.getField() + " " + selected.length + " of " + source.getValueCount();
      assertEquals(selected.length, taken.getValueCount(), what);
      assertEquals(expected.getNullCount(), taken.getNullCount(), what);
      assertTrue(VectorEqualsVisitor.vectorEquals(expected, taken), what);
      assertEquals(source.getField(), taken.getField());
      // Still whole where Arrow itself looks: a slice of the last half equals that of the oracle.
      int half = selected.length / 2;
      var a = expected.getTransferPair(expected.getField(), allocator);
      var b = taken.getTransferPair(taken.getField(), allocator);
      a.splitAndTransfer(half, selected.length - half);
      b.splitAndTransfer(half, selected.length - half);
      try (var left = a.getTo();
          var right = b.getTo()) {
        assertTrue(VectorEqualsVisitor.vectorEquals(left, right), what);
      }
    }
  }

  private static int[] run(int first, int count) {
    int[] selected = new int[count];
    for (int i = 0; i < count; i++) {
      selected[i] = first + i;
    }
    return selected;
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 0.3, 1})
  void any_choice_of_rows_of_any_type_equals_arrows_own_copy(double nulls) {
    Random random = new Random(7);
    for (Field field : RandomColumns.everyType()) {
      for (int rows : new int[] {1, 8, 63, 64, 65, 300}) {
        try (FieldVector source = RandomColumns.column(field, rows, nulls, random, allocator)) {
          check(source, new int[0]);
          check(source, run(0, rows));
          check(source, run(rows / 3, rows - rows / 3));
          check(source, new int[] {rows - 1});
          for (int count : new int[] {2, 64, 65, 500}) {
            check(source, random.ints(count, 0, rows).toArray());
          }
        }
      }
    }
  }

  @Test
  void rows_of_a_slice_equal_arrows_own_copy() {
    Random random = new Random(9);
    for (Field field : RandomColumns.everyType()) {
      try (Batch whole = RandomColumns.batch(List.of(field), 200, 0.2, 4, allocator)) {
        for (int first : new int[] {1, 8, 77, 130}) {
          try (Batch slice = whole.slice(first, 70, allocator)) {
            check(slice.column(0), run(0, 70));
            check(slice.column(0), run(5, 65));
            check(slice.column(0), random.ints(90, 0, 70).toArray());
          }
        }
      }
    }
  }

  @Test
  void runs_start_at_any_bit_of_a_bitmap() {
    Random random = new Random(3);
    Field field = Types.field("b", Types.BOOL);
    try (FieldVector source = RandomColumns.column(field, 200, 0.5, random, allocator)) {
      for (int first = 0; first < 130; first++) {
        check(source, run(first, 1));
        check(source, run(first, 63));
        check(source, run(first, 64));
        check(source, run(first, 200 - first));
      }
    }
  }

  @Test
  void long_and_short_texts_keep_their_bytes() {
    try (VarCharVector source = new VarCharVector("t", allocator)) {
      source.allocateNew();
      for (int i = 0; i < 100; i++) {
        source.setSafe(i, "xyz".repeat(i).substring(0, 2 * i).getBytes(US_ASCII));
      }
      source.setValueCount(100);
      check(source, new int[] {99, 0, 31, 32, 33, 1, 99, 3, 64, 99});
    }
  }

  @Test
  void only_the_counted_part_of_the_selection_is_used() {
    Field field = Types.field("x", Types.INT32);
    try (FieldVector source = RandomColumns.column(field, 5, 0, new Random(1), allocator);
        FieldVector taken = Gather.take(source, new int[] {4, 2, 1_000_000}, 2, allocator)) {
      assertEquals(2, taken.getValueCount());
      assertEquals(source.getObject(4), taken.getObject(0));
    }
  }
}
