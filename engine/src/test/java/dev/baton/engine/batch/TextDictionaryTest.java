package dev.baton.engine.batch;

import static dev.baton.engine.testkit.Differences.assertSame;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.baton.engine.testkit.Dictionaries;
import dev.baton.engine.testkit.RandomRows;
import dev.baton.engine.testkit.Rows;
import java.util.List;
import java.util.Map;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.OutOfMemoryException;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.IntVector;
import org.apache.arrow.vector.VarCharVector;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Batches of text columns with dictionaries are batches like others, whatever is done to them. */
class TextDictionaryTest {
  private final BufferAllocator allocator = new RootAllocator();

  @AfterEach
  void nothingLeaks() {
    allocator.close();
  }

  private static Rows rows(int count) {
    return RandomRows.of(
        Rows.schema("a", Types.UTF8, "n", Types.INT64, "b", Types.UTF8),
        count,
        count + 3,
        RandomRows.Mix.NULLS);
  }

  @Test
  void readsAsItsTexts() {
    for (int count : new int[] {0, 1, 7, 8, 63, 64, 65, 1000}) {
      try (Batch batch = Dictionaries.batch(rows(count), allocator)) {
        assertEquals(rows(count).schema(), batch.schema());
        assertNotNull(batch.dictionary("a"));
        assertNull(batch.dictionary("n"));
        assertNull(batch.dictionary("nowhere"));
        assertSame(rows(count), Rows.of(batch), count + " rows");
        batch.decode();
        assertNull(batch.dictionary("a"), "it is a plain column now");
        assertTrue(batch.askToWrite("a"));
        assertThrows(IllegalArgumentException.class, () -> batch.numbers("a"));
      }
    }
  }

  @Test
  void columnsAreDroppedPutRetainedAndRenamed() {
    Rows rows = rows(100);
    try (Batch batch = Dictionaries.batch(rows, allocator)) {
      batch.retain(List.of("b", "a"));
      assertNotNull(batch.dictionary("a"));
      batch.rename("b", "c");
      batch.drop("a");
      assertEquals(rows.column("b"), Rows.of(batch).column("c"));
    }
    try (Batch batch = Dictionaries.batch(rows, allocator)) {
      IntVector number = new IntVector("a", allocator);
      number.setValueCount(100);
      batch.put(number);
      assertNull(batch.dictionary("a"));
      batch.retain(List.of("a"));
      assertEquals(Rows.schema("a", Types.INT32), batch.schema());
    }
  }

  @Test
  void rowsAreTakenWithTheirDictionary() {
    Rows rows = rows(100);
    try (Batch batch = Dictionaries.batch(rows, allocator)) {
      int[] selected = {3, 3, 99, 17, 0};
      batch.take(selected, selected.length, allocator);
      assertNotNull(batch.dictionary("a"));
      for (int i = 0; i < selected.length; i++) {
        assertEquals(rows.get(selected[i], "a"), Rows.of(batch).get(i, "a"));
      }
    }
  }

  @Test
  void sharesSlicesAndMovesAreTheSameRows() {
    Rows rows = rows(100);
    try (Batch batch = Dictionaries.batch(rows, allocator);
        Batch shared = batch.share(List.of("b"), allocator);
        Batch slice = batch.slice(9, 70, allocator)) {
      batch.share("b", "b again", allocator);
      assertEquals(rows.column("b"), Rows.of(shared).column("b"));
      assertEquals(rows.column("b"), Rows.of(batch).column("b again"));
      assertSame(rows.slice(9, 79), Rows.of(slice), "slice");
    }
    try (Batch moved = Dictionaries.batch(rows, allocator).transferTo(allocator)) {
      assertSame(rows, Rows.of(moved), "moved");
    }
    try (Batch batch = Dictionaries.batch(rows, allocator);
        Batch out = batch.moveOut(Map.of("a", "x"))) {
      assertEquals(List.of("n", "b"), batch.names());
      assertEquals(rows.column("a"), Rows.of(out).column("x"));
    }
    try (Batch batch = rows.without("b").without("a").batch(allocator);
        Batch other = Dictionaries.batch(rows.without("n"), allocator)) {
      batch.moveIn(other, name -> "moved " + name);
      assertEquals(rows.column("b"), Rows.of(batch).column("moved b"));
    }
  }

  @Test
  void theLastHolderReleasesADictionary() {
    Rows rows = rows(100);
    TextDictionary dictionary = Dictionaries.of(rows.column("a"), allocator);
    Batch first = rows.batch(allocator);
    Batch second = rows.batch(allocator);
    Dictionaries.put(first, "a", rows.column("a"), dictionary, allocator);
    Dictionaries.put(second, "a", rows.column("a"), dictionary, allocator);
    dictionary.close();
    assertSame(rows, Rows.of(first), "first");
    first.close();
    assertEquals(dictionary, second.dictionary("a"));
    second.close();
    assertEquals(0, allocator.getAllocatedMemory());
  }

  @Test
  void withoutMemoryForTheTextsTheBatchStaysAsItWas() {
    Rows rows = rows(1000);
    int refused = 0;
    for (long limit = 1 << 12; ; limit += 1 << 12) {
      try (BufferAllocator small = allocator.newChildAllocator("small", 0, limit)) {
        try (TextDictionary dictionary = Dictionaries.of(rows.column("a"), allocator);
            Batch batch = rows.batch(allocator)) {
          Dictionaries.put(batch, "a", rows.column("a"), dictionary, small);
          try {
            assertEquals(rows.column("a"), Rows.of(batch).column("a"));
            break;
          } catch (OutOfMemoryException e) {
            refused++;
            assertNotNull(batch.dictionary("a"));
          }
        } catch (OutOfMemoryException e) {
          refused++;
        }
      }
    }
    assertTrue(refused > 0);
  }

  @Test
  void textsOfAnyLengthAreCopied() {
    Rows rows =
        Rows.of(
            Rows.schema("a", Types.UTF8),
            Rows.row("é"),
            Rows.row((Object) null),
            Rows.row("12345678"),
            Rows.row("123456789"),
            Rows.row("x".repeat(5000)),
            Rows.row("1234567"));
    try (Batch batch = Dictionaries.batch(rows, allocator)) {
      assertSame(rows, Rows.of(batch), "texts");
      assertEquals(VarCharVector.class, batch.column("a").getClass());
    }
  }
}
