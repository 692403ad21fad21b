package dev.baton.operators.parquet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.baton.engine.batch.Memory;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.LongSupplier;
import java.util.stream.LongStream;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is written is read back, and is no longer than was said. */
class DeltaWriterTest {
  private static final int[] COUNTS = {0, 1, 2, 33, 128, 129, 130, 161, 1000, 16_384};

  private final BufferAllocator allocator = new RootAllocator();
  private final DeltaWriter writer = new DeltaWriter();

  @AfterEach
  void nothingLeaks() {
    allocator.close();
  }

  @ParameterizedTest
  @ValueSource(ints = {4, 8})
  void numbersOfAnyMagnitude(int width) throws Exception {
    Random random = new Random(width);
    for (int bits = 0; bits <= 8 * width; bits++) {
      long mask = bits == 64 ? -1 : (1L << bits) - 1;
      for (int count : COUNTS) {
        check(width, count, () -> random.nextLong() & mask);
        check(width, count, () -> -(random.nextLong() & mask));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {4, 8})
  void numbersInOrderTakeNearlyNoRoom(int width) throws Exception {
    long[] next = {-5};
    long bytes = check(width, 16_384, () -> next[0] += 3);
    assertTrue(bytes < 800, bytes + " bytes");
  }

  @ParameterizedTest
  @ValueSource(ints = {4, 8})
  void differencesThatOverflow(int width) throws Exception {
    List<Long> ends =
        width == 4
            ? List.of((long) Integer.MIN_VALUE, (long) Integer.MAX_VALUE, 0L, -1L)
            : List.of(Long.MIN_VALUE, Long.MAX_VALUE, 0L, -1L);
    Random random = new Random(1);
    for (int count : COUNTS) {
      check(width, count, () -> ends.get(random.nextInt(ends.size())));
    }
  }

  /** Returns how many bytes were written. */
  private long check(int width, int count, LongSupplier next) throws Exception {
    long[] values = LongStream.generate(next).limit(count).toArray();
    long most = DeltaWriter.most(width, count);
    try (ArrowBuf source = allocator.buffer(8L * count + 8);
        ArrowBuf packed = allocator.buffer(most + PageReader.SLACK);
        ArrowBuf read = allocator.buffer(8L * count + 8)) {
      long in = source.memoryAddress();
      long out = read.memoryAddress();
      for (int i = 0; i < count; i++) {
        put(in, width, i, values[i]);
      }
      long start = packed.memoryAddress();
      Memory.fill(start, packed.capacity(), (byte) -1);
      long end = writer.write(in, width, count, start);
      assertTrue(end - start <= most, (end - start) + " of " + most + " bytes");
      DeltaReader reader = new DeltaReader();
      reader.start(start, end);
      assertEquals(count, reader.left());
      reader.read(count, width, out);
      byte[] expected = new byte[width * count];
      byte[] found = new byte[width * count];
      Memory.copyToArray(in, expected, 0, expected.length);
      Memory.copyToArray(out, found, 0, found.length);
      assertTrue(Arrays.equals(expected, found), count + " values of " + width + " bytes");
      reader.start(start, end);
      assertEquals(end, reader.skipAll());
      return end - start;
    }
  }

  private static void put(long at, int width, int number, long value) {
    if (width == 4) {
      Memory.putInt(at + 4L * number, (int) value);
    } else {
      Memory.putLong(at + 8L * number, value);
    }
  }
}
