package dev.baton.operators.parquet;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.baton.engine.batch.Memory;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Supplier;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Values are numbered as a map numbers them that is asked for one after the other. */
class DictionaryKeysTest {
  private static final int MOST = 20_000;

  private final BufferAllocator allocator = new RootAllocator();
  private final Random random = new Random(7);
  private DictionaryKeys keys;
  private final int[] numbers = new int[MOST];

  @AfterEach
  void nothingLeaks() {
    allocator.close();
  }

  /** Numbers in the order in which values come first. */
  private static <T> Map<T, Integer> number(List<T> values) {
    Map<T, Integer> numbers = new HashMap<>();
    values.forEach(value -> numbers.putIfAbsent(value, numbers.size()));
    return numbers;
  }

  private <T> List<T> values(int count, Supplier<T> next) {
    List<T> values = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      values.add(next.get());
    }
    return values;
  }

  /** Small and large tables by turns, since one object serves all. */
  private static final int[] COUNTS = {1, 500, 3, MOST, 0, 64, 2000, MOST};

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void integers(boolean isFar) {
    keys = new DictionaryKeys(isFar);
    for (int count : COUNTS) {
      for (int distinct : new int[] {1, 2, 50, 100_000}) {
        int step = random.nextInt() | 1;
        check32(values(count, () -> random.nextInt(distinct) * step));
        check32(values(count, () -> random.nextInt(distinct) << 12));
        check64(values(count, () -> (long) random.nextInt(distinct) << 40));
        check64(values(count, () -> Double.doubleToLongBits(random.nextInt(distinct) / 4.0)));
      }
    }
  }

  private void check32(List<Integer> values) {
    try (ArrowBuf memory = allocator.buffer(4L * values.size() + 8)) {
      for (int i = 0; i < values.size(); i++) {
        Memory.putInt(memory.memoryAddress() + 4L * i, values.get(i));
      }
      keys.clear();
      for (int from = 0; from < values.size(); from += 700) {
        keys.ints(memory.memoryAddress(), from, Math.min(from + 700, values.size()), numbers);
      }
      check(values);
      number(values).forEach((value, at) -> assertEquals((int) value, (int) keys.value(at)));
    }
  }

  private void check64(List<Long> values) {
    try (ArrowBuf memory = allocator.buffer(8L * values.size() + 8)) {
      for (int i = 0; i < values.size(); i++) {
        Memory.putLong(memory.memoryAddress() + 8L * i, values.get(i));
      }
      keys.clear();
      for (int from = 0; from < values.size(); from += 700) {
        keys.longs(memory.memoryAddress(), from, Math.min(from + 700, values.size()), numbers);
      }
      check(values);
      number(values).forEach((value, at) -> assertEquals((long) value, keys.value(at)));
    }
  }

  /** Slots tell by a stamp of ten bits whether they are in use. */
  @Test
  void isAsGoodAsNewHoweverOftenItWasCleared() {
    keys = new DictionaryKeys(false);
    for (int i = 0; i < 3000; i++) {
      check32(List.of(0, i, 0, i + 1, -1, i));
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void texts(boolean isFar) {
    keys = new DictionaryKeys(isFar);
    for (int count : COUNTS) {
      for (int distinct : new int[] {1, 50, 100_000}) {
        checkTexts(values(count, () -> String.format("%08x", random.nextInt(distinct))));
        checkTexts(values(count, () -> "x".repeat(random.nextInt(distinct) % 40)));
        // They differ in length only, as words are filled up with zeros.
        checkTexts(values(count, () -> "a\0\0\0\0\0\0\0\0\0\0".substring(0, random.nextInt(12))));
        checkTexts(values(count, () -> "long texts have a hash " + random.nextInt(distinct)));
      }
    }
  }

  private void checkTexts(List<String> texts) {
    byte[] all = String.join("", texts).getBytes(StandardCharsets.UTF_8);
    int[] rows = new int[texts.size()];
    try (ArrowBuf data = allocator.buffer(all.length + 8L);
        ArrowBuf offsets = allocator.buffer(4L * texts.size() + 8)) {
      Memory.copyFromArray(all, 0, data.memoryAddress(), all.length);
      int end = 0;
      Memory.putInt(offsets.memoryAddress(), 0);
      for (int i = 0; i < rows.length; i++) {
        rows[i] = i;
        end += texts.get(i).length();
        Memory.putInt(offsets.memoryAddress() + 4L * (i + 1), end);
      }
      keys.clear();
      for (int from = 0; from < rows.length; from += 700) {
        int to = Math.min(from + 700, rows.length);
        keys.texts(data.memoryAddress(), offsets.memoryAddress(), rows, from, to, numbers);
      }
      check(texts);
      number(texts)
          .forEach(
              (text, at) ->
                  assertEquals(
                      text,
                      new String(all, keys.start(at), keys.length(at), StandardCharsets.UTF_8)));
    }
    checkBehindLengths(texts);
  }

  private void checkBehindLengths(List<String> texts) {
    int[] places = new int[texts.size() + 1];
    for (int i = 0; i < texts.size(); i++) {
      places[i + 1] = places[i] + 4 + texts.get(i).length();
    }
    try (ArrowBuf memory = allocator.buffer(places[texts.size()] + 16L)) {
      for (int i = 0; i < texts.size(); i++) {
        byte[] text = texts.get(i).getBytes(StandardCharsets.UTF_8);
        long to = memory.memoryAddress() + 8 + places[i];
        Memory.putInt(to, text.length);
        Memory.copyFromArray(text, 0, to + 4, text.length);
      }
      keys.clear();
      keys.texts(memory.memoryAddress(), 8, places, texts.size(), numbers);
      check(texts);
    }
  }

  private <T> void check(List<T> values) {
    Map<T, Integer> expected = number(values);
    assertEquals(expected.size(), keys.size());
    for (int i = 0; i < values.size(); i++) {
      assertEquals(expected.get(values.get(i)), numbers[i], "value " + i);
    }
  }
}
