package dev.baton.engine.batch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.baton.engine.testkit.Rows;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.FieldVector;
import org.junit.jupiter.api.Test;

/** What is noted about a column holds until its values may have changed. */
class NotesTest {
  private static final Rows ROWS =
      Rows.of(
          Rows.schema("a", Types.FLOAT64, "b", Types.FLOAT64),
          Rows.row(1.0, 2.0),
          Rows.row(3.0, 4.0));

  /** What is known of "a" and "b" after {@code change}. */
  private static List<Object> after(Consumer<Batch> change) {
    try (BufferAllocator allocator = new RootAllocator();
        Batch batch = ROWS.batch(allocator)) {
      FieldVector a = batch.column("a");
      FieldVector b = batch.column("b");
      batch.note(a, "old");
      batch.note(a, "about a");
      batch.note(b, "about b");
      change.accept(batch);
      return Arrays.asList(batch.noted(a), batch.noted(b));
    }
  }

  @Test
  void readingForgetsNothing() {
    assertEquals(
        List.of("about a", "about b"),
        after(
            batch -> {
              batch.column("a");
              batch.bytes();
              batch.share(batch.column("a").getAllocator()).close();
            }));
  }

  @Test
  void whoMayWriteAColumnChangesIt() {
    assertEquals(Arrays.asList(null, "about b"), after(batch -> batch.askToWrite("a")));
    assertEquals(Arrays.asList(null, "about b"), after(batch -> batch.put(batch.column("a"))));
    assertEquals(Arrays.asList("about a", null), after(batch -> batch.drop("b")));
  }

  @Test
  void nothingIsLeftWhenRowsOrColumnsMove() {
    List<Consumer<Batch>> changes =
        List.of(
            batch -> batch.take(new int[] {1, 0}, 2, batch.column("a").getAllocator()),
            batch -> batch.rename("a", "c"),
            batch -> batch.retain(List.of("b", "a")),
            batch -> batch.moveOut(Map.of("a", "c")).close());
    for (Consumer<Batch> change : changes) {
      assertEquals(Arrays.asList(null, null), after(change));
    }
  }

  @Test
  void aBatchOverTheSameMemoryHasNotesOfItsOwn() {
    try (BufferAllocator allocator = new RootAllocator();
        Batch batch = ROWS.batch(allocator);
        Batch shared = batch.share(allocator)) {
      batch.note(batch.column("a"), "about a");
      assertNull(shared.noted(shared.column("a")));
    }
  }
}
