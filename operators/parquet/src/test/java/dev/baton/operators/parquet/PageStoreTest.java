package dev.baton.operators.parquet;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.baton.engine.batch.Memory;
import dev.baton.engine.source.AtomicFile;
import java.io.ByteArrayOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Pages come back in any order, whether they fit into memory or not. */
class PageStoreTest {
  private static final int LIMIT = 1 << 20;

  @TempDir Path folder;

  @Test
  void pagesComeBackFromMemoryAndFromTheFile() throws Exception {
    for (long limit : new long[] {LIMIT, Long.MAX_VALUE}) {
      Path target = folder.resolve("t.parquet");
      ByteArrayOutputStream expected = new ByteArrayOutputStream();
      Random random = new Random(4);
      int moved = 0;
      try (BufferAllocator allocator = new RootAllocator(limit);
          PageStore store = new PageStore(target, allocator);
          AtomicFile file = AtomicFile.create(target)) {
        for (int group = 0; group < 5; group++) {
          List<Long> places = new ArrayList<>();
          List<byte[]> pages = new ArrayList<>();
          // The first group fits; in the last one a page is larger than what is kept.
          for (int i = 0; i < 20 * group + 1; i++) {
            byte[] bytes = new byte[1 + random.nextInt(group == 4 && i == 7 ? 200_000 : 20_000)];
            random.nextBytes(bytes);
            places.add(store.end());
            pages.add(bytes);
            add(store, bytes, allocator);
            if (store.isFull()) {
              store.moveToFile();
              moved++;
            }
          }
          store.seal();
          for (int i = pages.size() - 1; i >= 0; i--) {
            store.write(places.get(i), pages.get(i).length, file);
            expected.writeBytes(pages.get(i));
          }
          store.clear();
        }
        file.finish();
      }
      assertArrayEquals(expected.toByteArray(), Files.readAllBytes(target));
      Files.delete(target);
      assertEquals(limit == LIMIT, moved > 10, moved + " times");
    }
  }

  /** Half of a page as its head, on the heap, and half as content. */
  private static void add(PageStore store, byte[] bytes, BufferAllocator allocator)
      throws Exception {
    byte[] head = Arrays.copyOf(bytes, bytes.length / 2);
    int rest = bytes.length - head.length;
    store.append(head);
    try (ArrowBuf content = allocator.buffer(rest)) {
      Memory.copyFromArray(bytes, head.length, content.memoryAddress(), rest);
      store.append(content.memoryAddress(), rest);
    }
  }

  @Test
  void theFileHasNoName() throws Exception {
    Path target = folder.resolve("t.parquet");
    try (BufferAllocator allocator = new RootAllocator(LIMIT);
        PageStore store = new PageStore(target, allocator)) {
      store.append(new byte[100]);
      store.moveToFile();
      assertEquals(100, store.end());
      assertEquals(0, folder.toFile().list().length);
    }
  }
}
