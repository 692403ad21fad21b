package dev.baton.operators.io.arrow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.baton.engine.batch.Batch;
import dev.baton.engine.source.Decoder;
import dev.baton.engine.source.OpenSource;
import dev.baton.engine.source.SourceException;
import dev.baton.engine.source.Split;
import dev.baton.engine.testkit.FakeContext;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Random;
import org.apache.arrow.memory.OutOfMemoryException;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.types.pojo.Field;

/** Changes Arrow files at random and reads them. */
final class Scribble {
  private Scribble() {}

  /** Reads many damaged copies: each gives rows or a SourceException, and leaks nothing. */
  static void overAndOver(byte[] whole, int trials, Path file) throws Exception {
    Random random = new Random(12);
    int errors = 0;
    for (int trial = 0; trial < trials; trial++) {
      byte[] changed = whole.clone();
      for (int i = random.nextInt(4); i >= 0; i--) {
        int at = random.nextInt(changed.length);
        switch (random.nextInt(4)) {
          case 0 -> changed[at] ^= (byte) (1 << random.nextInt(8));
          case 1 -> changed[at] = (byte) random.nextInt();
          case 2 -> changed[at] = -1;
          default -> {
            for (int j = 0; j < 8 && at + j < changed.length; j++) {
              changed[at + j] = j == 7 ? 127 : (byte) -1;
            }
          }
        }
      }
      errors += isRead(changed, file) ? 0 : 1;
    }
    assertTrue(errors > trials / 30, "only " + errors + " errors were found");
  }

  /** Whether the bytes can be read; touches every value, so that a wild offset would show. */
  static boolean isRead(byte[] bytes, Path file) throws Exception {
    Files.write(file, bytes);
    boolean copied = isRead(new ArrowSource(file, 64), file);
    assertEquals(copied, isRead(new ArrowSource(file, 64).mapped(), file), "mapped");
    return copied;
  }

  private static boolean isRead(ArrowSource source, Path file) throws Exception {
    try (RootAllocator allocator = new RootAllocator(64 << 20);
        OpenSource open = source.open()) {
      List<String> names = open.schema().getFields().stream().map(Field::getName).toList();
      try (Decoder decoder = open.decoder(names, new FakeContext(allocator))) {
        for (Iterator<? extends Split> splits = open.splits(); splits.hasNext(); ) {
          decoder.start(splits.next());
          for (Batch next; (next = decoder.next()) != null; ) {
            try (Batch batch = next) {
              touch(batch);
            }
          }
        }
      }
      return true;
    } catch (SourceException e) {
      assertTrue(e.getMessage().startsWith(file.toString()), e.getMessage());
      return false;
    } catch (OutOfMemoryException e) {
      throw new AssertionError("a length was believed", e);
    }
  }

  private static void touch(Batch batch) {
    for (int column = 0; column < batch.width(); column++) {
      for (int row = 0; row < batch.rows(); row++) {
        batch.column(column).hashCode(row);
      }
    }
  }
}
