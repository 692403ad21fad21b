package dev.baton.engine.batch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.BaseFixedWidthVector;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.Float4Vector;
import org.apache.arrow.vector.Float8Vector;
import org.apache.arrow.vector.IntVector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.complex.ListVector;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DigestTest {
  private final BufferAllocator allocator = new RootAllocator();

  @AfterEach
  void nothing_leaks() {
    allocator.close();
  }

  private static void flip(long address, int bit) {
    long at = address + (bit >>> 3);
    Memory.putByte(at, (byte) (Memory.getByte(at) ^ 1 << (bit & 7)));
  }

  private static Digest take(Batch batch) {
    try (batch) {
      return Digest.of(batch);
    }
  }

  private Digest doubles(Double... values) {
    Float8Vector column = Vectors.fixed(Types.field("x", Types.FLOAT64), values.length, allocator);
    for (int i = 0; i < values.length; i++) {
      if (values[i] != null) {
        column.set(i, values[i]);
      }
    }
    return take(Batch.of(values.length, List.of(column)));
  }

  private Digest texts(String name, String... values) {
    VarCharVector column = new VarCharVector(name, allocator);
    column.allocateNew();
    for (int i = 0; i < values.length; i++) {
      if (values[i] != null) {
        column.setSafe(i, values[i].getBytes(StandardCharsets.UTF_8));
      }
    }
    column.setValueCount(values.length);
    return take(Batch.of(values.length, List.of(column)));
  }

  private Digest lists(int[]... rows) {
    ListVector column = (ListVector) Types.listField("l", Types.INT32).createVector(allocator);
    column.allocateNew();
    IntVector items = (IntVector) column.getDataVector();
    int at = 0;
    for (int i = 0; i < rows.length; i++) {
      column.startNewValue(i);
      for (int value : rows[i]) {
        items.setSafe(at++, value);
      }
      column.endValue(i, rows[i].length);
    }
    column.setValueCount(rows.length);
    return take(Batch.of(rows.length, List.of(column)));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 7, 8, 63, 64, 65, 1000, 1024, 1025, 3000})
  void it_does_not_depend_on_where_batches_are_cut(int rows) {
    Random random = new Random(rows);
    try (Batch whole = RandomColumns.batch(RandomColumns.everyType(), rows, 0.2, rows, allocator)) {
      Digest expected = Digest.of(whole);
      assertEquals(rows, expected.rows());
      for (int round = 0; round < 20; round++) {
        Digest digest = Digest.empty(whole.schema());
        for (int at = 0; at < rows; ) {
          int count = 1 + random.nextInt(round < 10 ? rows - at : Math.min(rows - at, 200));
          digest = digest.then(take(whole.slice(at, count, allocator)));
          at += count;
        }
        assertEquals(expected, digest);
      }
      assertEquals(expected.toString(), Digest.of(whole).toString());
    }
  }

  @Test
  void it_is_associative() {
    Digest a = doubles(1.0, null);
    Digest b = doubles(2.0, 3.0, 4.0);
    Digest c = doubles(5.0);
    assertEquals(a.then(b).then(c), a.then(b.then(c)));
    assertEquals(doubles(1.0, null, 2.0, 3.0, 4.0, 5.0), a.then(b).then(c));
    assertNotEquals(a.then(b), b.then(a));
  }

  @Test
  void a_slice_has_the_digest_of_its_copy() {
    int rows = 300;
    try (Batch whole = RandomColumns.batch(RandomColumns.everyType(), rows, 0.3, 5, allocator)) {
      for (int first : new int[] {0, 1, 8, 13, 64, 100}) {
        for (int count : new int[] {1, 7, 64, 65, 150}) {
          List<FieldVector> copies = new ArrayList<>();
          for (int i = 0; i < whole.width(); i++) {
            int[] selected = new int[count];
            for (int j = 0; j < count; j++) {
              selected[j] = first + j;
            }
            copies.add(Gather.generic(whole.column(i), selected, count, allocator));
          }
          assertEquals(take(Batch.of(count, copies)), take(whole.slice(first, count, allocator)));
        }
      }
    }
  }

  @Test
  void any_single_changed_bit_of_a_value_changes_it() {
    for (Field field : RandomColumns.everyType()) {
      int rows = 5;
      try (Batch batch = RandomColumns.batch(List.of(field), rows, 0, 11, allocator)) {
        FieldVector column = batch.column(0);
        if (column.getChildrenFromFields().isEmpty()) {
          boolean floating = field.getType() instanceof ArrowType.FloatingPoint;
          Set<Digest> seen = new HashSet<>();
          seen.add(Digest.of(batch));
          long bits =
              field.getType().equals(Types.BOOL) ? rows : 8L * column.getDataBuffer().writerIndex();
          for (int bit = 0; bit < bits; bit++) {
            flip(Vectors.data(column), bit);
            boolean isNew = seen.add(Digest.of(batch));
            assertTrue(isNew || floating, field + " bit " + bit);
            flip(Vectors.data(column), bit);
          }
        }
      }
    }
  }

  @Test
  void a_null_is_no_value_and_what_lies_in_its_slot_does_not_matter() {
    for (Field field : RandomColumns.everyType()) {
      try (Batch batch = RandomColumns.batch(List.of(field), 70, 0, 3, allocator)) {
        FieldVector column = batch.column(0);
        Set<Digest> seen = new HashSet<>();
        seen.add(Digest.of(batch));
        for (int row = 0; row < 70; row++) {
          Validity.clear(Validity.address(column), row);
          assertTrue(seen.add(Digest.of(batch)), field + " row " + row);
          Validity.set(Validity.address(column), row);
        }
        Validity.clear(Validity.address(column), 66);
        Digest digest = Digest.of(batch);
        if (column instanceof BaseFixedWidthVector fixed && fixed.getTypeWidth() > 0) {
          flip(Vectors.data(column), 66 * 8 * fixed.getTypeWidth());
        }
        assertEquals(digest, Digest.of(batch));
      }
    }
  }

  @Test
  void row_order_names_types_and_column_order_matter() {
    assertNotEquals(doubles(1.0, 2.0), doubles(2.0, 1.0));
    assertNotEquals(texts("a", "x").toString(), texts("b", "x").toString());
    assertNotEquals(Digest.empty(schema(Types.UTF8)), Digest.empty(schema(Types.BINARY)));
    assertNotEquals(Digest.empty(schema(Types.INT64)), Digest.empty(schema(Types.TIMESTAMP)));
    assertNotEquals(doubles(), doubles((Double) null));
    Set<Long> seeds = new HashSet<>();
    for (int i = 0; i < 1000; i++) {
      assertTrue(seeds.add(DigestHash.seed(0, i)));
    }
    assertNotEquals(pair(1, 2), pair(2, 1));
  }

  private static Schema schema(ArrowType type) {
    return new Schema(List.of(Types.field("x", type)));
  }

  private long pair(long x, long y) {
    BigIntVector left = Vectors.fixed(Types.field("x", Types.INT64), 1, allocator);
    BigIntVector right = Vectors.fixed(Types.field("y", Types.INT64), 1, allocator);
    left.set(0, x);
    right.set(0, y);
    return take(Batch.of(1, List.of(left, right))).sum();
  }

  @Test
  void boundaries_of_texts_and_lists_matter() {
    assertNotEquals(texts("a", "ab", "c"), texts("a", "a", "bc"));
    assertNotEquals(texts("a", "", "x"), texts("a", null, "x"));
    assertNotEquals(texts("a", "x"), texts("a", "x\0"));
    assertNotEquals(lists(new int[] {1}, new int[] {2, 3}), lists(new int[] {1, 2}, new int[] {3}));
    assertNotEquals(lists(new int[] {1, 2}), lists(new int[] {2, 1}));
    assertNotEquals(lists(new int[] {}), lists(new int[] {0}));
  }

  @Test
  void every_nan_is_the_same_but_the_zeros_differ() {
    double other = Double.longBitsToDouble(0xFFF8_0000_0000_1234L);
    assertEquals(doubles(Double.NaN), doubles(other));
    assertNotEquals(doubles(0.0), doubles(-0.0));
    assertNotEquals(doubles(Double.NaN), doubles((Double) null));
    Float4Vector floats = Vectors.fixed(Types.field("f", Types.FLOAT32), 2, allocator);
    floats.set(0, Float.NaN);
    floats.set(1, Float.intBitsToFloat(0xFFC0_0123));
    try (Batch batch = Batch.of(2, List.of(floats))) {
      assertEquals(
          take(batch.slice(0, 1, allocator)).sum(), take(batch.slice(1, 1, allocator)).sum());
    }
  }

  @Test
  void it_is_the_documented_function_and_does_not_drift() {
    assertEquals("de36ad3af27c1714", doubles().toString());
    assertEquals("f868dc242ddbfcd5", doubles(1.5, null, -0.0, Double.NaN, 2.0).toString());
    assertEquals(
        "6b7a3bb5f10739a7", texts("t", "", "a", "hello", null, "naïve café olé").toString());
    assertEquals(
        "427861324ecb41ab", lists(new int[] {1, -2}, new int[] {}, new int[] {3}).toString());
    List<Field> fields = RandomColumns.everyType();
    assertEquals(
        "fe51becf60d9d1c9", take(RandomColumns.batch(fields, 100, 0.2, 1, allocator)).toString());
  }

  @Test
  void digests_of_different_schemas_do_not_combine() {
    Exception e =
        assertThrows(IllegalArgumentException.class, () -> doubles(1.0).then(texts("a", "x")));
    assertEquals(
        "digests of tables with different column names or types cannot be combined",
        e.getMessage());
  }

  @Test
  void a_type_without_a_digest_is_named_with_its_column() {
    Field inner = Types.field("gap", new ArrowType.Null());
    Schema schema =
        new Schema(List.of(RandomColumns.nested("s", ArrowType.Struct.INSTANCE, inner)));
    Exception e = assertThrows(IllegalArgumentException.class, () -> Digest.empty(schema));
    assertEquals("column 's.gap': Null has no digest; cast or drop the column", e.getMessage());
  }

  @Test
  void a_value_below_a_null_struct_does_not_matter() {
    Field field =
        RandomColumns.nested("s", ArrowType.Struct.INSTANCE, Types.field("x", Types.INT64));
    try (Batch batch = RandomColumns.batch(List.of(field), 3, 0, 2, allocator)) {
      FieldVector struct = batch.column(0);
      Digest before = Digest.of(batch);
      Validity.clear(Validity.address(struct), 1);
      Digest without = Digest.of(batch);
      assertNotEquals(before, without);
      flip(Vectors.data(struct.getChildrenFromFields().get(0)), 64);
      assertEquals(without, Digest.of(batch));
    }
  }
}
