package dev.baton.engine.batch;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.types.pojo.Field;

/**
 * An experiment, not a test: how fast one thread digests and gathers. Run it like {@code
 * SwitchRate}, with the flags of {@code engine/src/main/resources/dev/baton/engine/jvm.args}.
 */
final class DigestSpeed {
  private static final int ROWS = 16_384;

  private DigestSpeed() {}

  public static void main(String[] args) {
    Map<String, List<Field>> tables = new TreeMap<>();
    for (String type : List.of("float64", "float32", "int32", "bool", "utf8")) {
      Field[] fields = new Field[8];
      for (int i = 0; i < fields.length; i++) {
        fields[i] = Types.field("c" + i, Types.parse(type));
      }
      tables.put(type, List.of(fields));
      tables.put(type + ", one column", List.of(fields[0]));
    }
    tables.put("list of int32", List.of(Types.listField("l", Types.INT32)));
    int[] scattered = new int[ROWS];
    Random random = new Random(1);
    for (int i = 0; i < ROWS; i++) {
      scattered[i] = random.nextInt(ROWS);
    }
    try (BufferAllocator allocator = new RootAllocator()) {
      for (int round = 0; round < 2; round++) {
        for (Map.Entry<String, List<Field>> table : tables.entrySet()) {
          for (double nulls : new double[] {0, 0.1}) {
            try (Batch batch = RandomColumns.batch(table.getValue(), ROWS, nulls, 1, allocator)) {
              double digest = rate(batch, () -> Digest.of(batch).rows());
              double gather = rate(batch, () -> gather(batch, scattered, false, allocator));
              double slow = rate(batch, () -> gather(batch, scattered, true, allocator));
              System.out.printf(
                  Locale.ROOT,
                  "%-22s %2.0f %% nulls: digest %.2f GB/s, gather %.2f GB/s (generic %.2f)%n",
                  table.getKey(),
                  nulls * 100,
                  digest,
                  gather,
                  slow);
            }
          }
        }
      }
    }
  }

  private static long gather(
      Batch batch, int[] selected, boolean generic, BufferAllocator allocator) {
    long sum = 0;
    for (int i = 0; i < batch.width(); i++) {
      try (var taken =
          generic
              ? Gather.generic(batch.column(i), selected, ROWS, allocator)
              : Gather.take(batch.column(i), selected, ROWS, allocator)) {
        sum += taken.getValueCount();
      }
    }
    return sum;
  }

  private interface Work {
    long run();
  }

  private static double rate(Batch batch, Work work) {
    long blackhole = 0;
    double best = 0;
    for (int i = 0; i < 5; i++) {
      long start = System.nanoTime();
      long runs = 0;
      while (System.nanoTime() - start < 60_000_000) {
        blackhole += work.run();
        runs++;
      }
      best = Math.max(best, (double) runs * batch.bytes() / (System.nanoTime() - start));
    }
    return blackhole == 42 ? 0 : best;
  }
}
