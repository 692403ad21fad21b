package dev.baton.engine.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.baton.engine.batch.Batch;
import dev.baton.engine.batch.Types;
import dev.baton.engine.testkit.RandomRows.Mix;
import java.util.List;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.types.pojo.Schema;
import org.junit.jupiter.api.Test;
import org.opentest4j.AssertionFailedError;

class KitTest {
  private static final Schema EVERY =
      new Schema(
          List.of(
              Types.field("bool", Types.BOOL),
              Types.field("i8", Types.INT8),
              Types.field("i16", Types.INT16),
              Types.field("i32", Types.INT32),
              Types.field("i64", Types.INT64),
              Types.field("f32", Types.FLOAT32),
              Types.field("f64", Types.FLOAT64),
              Types.field("text", Types.UTF8),
              Types.field("bytes", Types.BINARY),
              Types.field("date", Types.DATE),
              Types.field("time", Types.TIMESTAMP),
              Types.listField("list", Types.INT32)));

  @Test
  void rowsOfEveryTypeSurviveTheWayThroughABatch() {
    try (RootAllocator allocator = new RootAllocator()) {
      for (Mix mix : Mix.values()) {
        Rows rows = RandomRows.of(EVERY, 100, 1, mix);
        try (Batch batch = rows.batch(allocator);
            Batch slice = batch.slice(9, 40, allocator)) {
          Differences.assertSame(rows, Rows.of(batch), "whole");
          Differences.assertSame(rows.slice(9, 49), Rows.of(slice), "slice");
        }
      }
    }
  }

  @Test
  void theSameSeedGivesTheSameRowsAndAnotherOthers() {
    Rows rows = RandomRows.of(EVERY, 50, 1, Mix.ALL);
    Differences.assertSame(rows, RandomRows.of(EVERY, 50, 1, Mix.ALL), "seed 1");
    assertNotEquals(rows.toString(), RandomRows.of(EVERY, 50, 2, Mix.ALL).toString());
  }

  @Test
  void aDifferenceNamesRowColumnAndBothValues() {
    Schema schema = Rows.schema("a", Types.INT32, "b", Types.FLOAT64);
    Rows one = Rows.of(schema, Rows.row(1, 0.0), Rows.row(2, 1.0));
    Rows two = Rows.of(schema, Rows.row(1, 0.0), Rows.row(2, -0.0));
    AssertionFailedError e =
        assertThrows(AssertionFailedError.class, () -> Differences.assertSame(one, two, "it"));
    assertTrue(e.getMessage().startsWith("it: row 1, column 'b': expected 1.0"), e.getMessage());
    Rows zero = Rows.of(schema, Rows.row(1, 0.0), Rows.row(2, 0.0));
    assertThrows(AssertionFailedError.class, () -> Differences.assertSame(zero, two, "zeros"));
  }

  @Test
  void aToleranceIsRelativeAndNeverCoversNullOrNan() {
    Schema schema = Rows.schema("a", Types.FLOAT64);
    Rows big = Rows.of(schema, Rows.row(1e20));
    Differences.assertSame(big, Rows.of(schema, Rows.row(1e20 * (1 + 1e-13))), 1e-12, "close");
    for (Object other : new Object[] {1e20 * (1 + 1e-11), null, Double.NaN, 1e300 * 1e300}) {
      Rows wrong = Rows.of(schema, Rows.row(other));
      assertThrows(
          AssertionFailedError.class, () -> Differences.assertSame(big, wrong, 1e-12, "far"));
    }
  }

  @Test
  void aContextCountsCheckpointsAndRunsBlockingActions() throws Exception {
    try (RootAllocator allocator = new RootAllocator()) {
      FakeContext context = new FakeContext(allocator);
      context.checkpoint();
      assertEquals("x", context.blocking(() -> "x"));
      assertEquals(1, context.checkpoints());
      assertEquals(1, context.blocked());
    }
  }
}
