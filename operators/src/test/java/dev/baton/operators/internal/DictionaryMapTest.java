package dev.baton.operators.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.baton.engine.batch.Batch;
import dev.baton.engine.batch.Memory;
import dev.baton.engine.batch.Types;
import dev.baton.engine.testkit.Dictionaries;
import dev.baton.engine.testkit.RandomRows;
import dev.baton.engine.testkit.Rows;
import dev.baton.operators.internal.DictionaryMap.Maker;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.junit.jupiter.api.Test;

class DictionaryMapTest {
  private static final int MISSING = -7;

  private final DictionaryMap map = new DictionaryMap();
  private int texts;

  /** The lengths of texts, counting how many were asked for. */
  private final Maker lengths =
      (dictionary, numbers, count, made) -> {
        texts += count;
        for (int i = 0; i < count; i++) {
          made[numbers[i]] = dictionary.getValueLength(numbers[i]);
        }
      };

  private static Rows rows() {
    return RandomRows.of(Rows.schema("a", Types.UTF8), 3_000, 5, RandomRows.Mix.NULLS);
  }

  private List<Integer> write(Batch batch, Maker maker) {
    try (ArrowBuf target = batch.numbers("a").getAllocator().buffer(4L * batch.rows())) {
      map.write(batch.dictionary("a"), batch.numbers("a"), MISSING, maker, target.memoryAddress());
      List<Integer> written = new ArrayList<>();
      for (int row = 0; row < batch.rows(); row++) {
        written.add(Memory.getInt(target.memoryAddress() + 4L * row));
      }
      return written;
    }
  }

  private static List<Integer> expected(Rows rows) {
    return rows.column("a").stream()
        .map(
            text ->
                text == null ? MISSING : text.toString().getBytes(StandardCharsets.UTF_8).length)
        .toList();
  }

  @Test
  void eachTextThatARowHasIsMadeOnce() {
    try (BufferAllocator allocator = new RootAllocator();
        Batch batch = Dictionaries.batch(rows(), allocator)) {
      assertEquals(expected(rows()), write(batch, lengths));
      assertEquals(rows().column("a").stream().filter(t -> t != null).distinct().count(), texts);
      assertEquals(expected(rows()), write(batch, lengths));
      assertEquals(rows().column("a").stream().filter(t -> t != null).distinct().count(), texts);
    }
  }

  @Test
  void whatFailedIsMadeAgain() {
    try (BufferAllocator allocator = new RootAllocator();
        Batch batch = Dictionaries.batch(rows(), allocator)) {
      Maker failing =
          (dictionary, numbers, count, made) -> {
            throw new IllegalArgumentException("an unknown category");
          };
      assertThrows(IllegalArgumentException.class, () -> write(batch, failing));
      assertEquals(expected(rows()), write(batch, lengths));
    }
  }
}
