package dev.baton.operators.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.baton.engine.batch.Batch;
import dev.baton.engine.batch.Memory;
import dev.baton.engine.batch.Types;
import dev.baton.engine.operator.TypeFamily;
import dev.baton.engine.testkit.Rows;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class KeyTableTest {
  private final BufferAllocator allocator = new RootAllocator();
  private final ArrowBuf memory = allocator.buffer(256);

  @AfterEach
  void close() {
    memory.close();
    allocator.close();
  }

  /** Keys of few letters and all lengths, so that many are equal or share a beginning. */
  private static String key(SplittableRandom random) {
    StringBuilder key = new StringBuilder("tree-like and long ".substring(0, random.nextInt(19)));
    for (int i = random.nextInt(1, 12); i > 0; i--) {
      key.append(random.nextInt(4) == 0 ? "\0" : random.nextInt(3) == 0 ? "é" : "a");
    }
    return key.toString();
  }

  private long put(String key) {
    byte[] bytes = key.getBytes(StandardCharsets.UTF_8);
    // At the very end of the buffer, after junk.
    Memory.fill(memory.memoryAddress(), memory.capacity(), (byte) -1);
    long address = memory.memoryAddress() + memory.capacity() - bytes.length;
    Memory.copyFromArray(bytes, 0, address, bytes.length);
    return address;
  }

  private int add(KeyTable table, String key) {
    return table.add(put(key), key.getBytes(StandardCharsets.UTF_8).length);
  }

  private int find(KeyTable table, String key) {
    return table.find(put(key), key.getBytes(StandardCharsets.UTF_8).length);
  }

  @Test
  void numbersKeysAsAMapDoes() {
    SplittableRandom random = new SplittableRandom(1);
    KeyTable table = new KeyTable();
    Map<String, Integer> map = new HashMap<>();
    for (int i = 0; i < 20_000; i++) {
      String key = key(random);
      assertEquals(map.getOrDefault(key, -1), find(table, key), key);
      map.putIfAbsent(key, map.size());
      int number = random.nextBoolean() ? add(table, key) : table.add(key);
      assertEquals(map.get(key), number, key);
      assertEquals(key, table.text(number));
    }
    assertEquals(map.size(), table.size());
    assertTrue(map.size() > 2000, "enough keys to grow several times");
  }

  @Test
  void aBlockOfTextsIsNumberedAsOneByOne() {
    SplittableRandom random = new SplittableRandom(5);
    KeyTable table = new KeyTable();
    Map<String, Integer> map = new HashMap<>();
    for (int round = 0; round < 60; round++) {
      int rows = random.nextInt(Longs.BLOCK + 1);
      List<Object[]> texts = new ArrayList<>();
      for (int row = 0; row < rows; row++) {
        boolean some = round % 2 == 0 || random.nextInt(4) > 0;
        texts.add(new Object[] {some ? row % 50 == 0 ? "" : key(random) : null});
      }
      try (Batch batch = new Rows(Rows.schema("x", Types.UTF8), texts).batch(allocator)) {
        KeyBlock block =
            KeyBlock.ofThread().load(TypeFamily.TEXT, batch.column("x"), 0, rows, new long[0]);
        block.find(table);
        int at = 0;
        for (int row = 0; row < rows; row++) {
          if (texts.get(row)[0] != null) {
            assertEquals(row, block.row(at));
            int known = map.getOrDefault((String) texts.get(row)[0], KeyBlock.ABSENT);
            assertEquals(known, block.number(at++), (String) texts.get(row)[0]);
          }
        }
        assertEquals(at, block.size());
        block.add(table);
        for (int i = 0; i < at; i++) {
          String text = (String) texts.get(block.row(i))[0];
          map.putIfAbsent(text, map.size());
          assertEquals(map.get(text), block.number(i), text);
        }
      }
    }
    assertTrue(map.size() > 2000, "enough keys to grow several times");
  }

  @Test
  void ordersKeysByTheirBytes() {
    SplittableRandom random = new SplittableRandom(2);
    KeyTable table = new KeyTable();
    for (int i = 0; i < 20_000; i++) {
      String a = key(random);
      String b = key(random);
      int expected =
          Arrays.compareUnsigned(
              a.getBytes(StandardCharsets.UTF_8), b.getBytes(StandardCharsets.UTF_8));
      int order = table.compareBytes(add(table, a), add(table, b));
      assertEquals(Integer.signum(expected), Integer.signum(order), a + " and " + b);
    }
  }

  @Test
  void takesTheKeysOfAnotherTable() {
    SplittableRandom random = new SplittableRandom(3);
    KeyTable one = new KeyTable();
    KeyTable two = new KeyTable();
    for (int i = 0; i < 3000; i++) {
      add(one, key(random));
      add(two, key(random));
    }
    for (int number = 0; number < two.size(); number++) {
      String key = two.text(number);
      int known = find(one, key);
      int size = one.size();
      int added = one.add(two, number);
      assertEquals(known < 0 ? size : known, added, key);
      assertEquals(added, find(one, key), key);
    }
  }

  @Test
  void integersAreKeysOfTheirOwn() {
    KeyTable table = new KeyTable();
    long[] values = {0, 1, -1, Long.MIN_VALUE, Long.MAX_VALUE, 1L << 32};
    for (int i = 0; i < values.length; i++) {
      assertEquals(-1, table.find(values[i]));
      assertEquals(i, table.add(values[i]));
      assertEquals(i, table.add(values[i]));
      assertEquals(i, table.find(values[i]));
      assertEquals(values[i], table.value(i));
    }
  }
}
