package dev.baton.operators.io;

import dev.baton.engine.batch.Batch;
import dev.baton.engine.source.Decoder;
import dev.baton.engine.source.Encoder;
import dev.baton.engine.source.OpenSink;
import dev.baton.engine.source.OpenSource;
import dev.baton.engine.source.Split;
import dev.baton.engine.testkit.FakeContext;
import dev.baton.operators.io.csv.CsvSink;
import dev.baton.operators.io.csv.CsvSource;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.function.Function;
import org.apache.arrow.memory.RootAllocator;

/**
 * Megabytes of CSV per second that one decoder parses in one thread, for files of 40 columns, of
 * all of them, of one and of none; how fast splits are found, and rows written. From the root of
 * the repository:
 *
 * <pre>{@code
 * mvn -q -B -Pquick -pl engine,operators -am test-compile \
 *     dependency:build-classpath -Dmdep.outputFile=target/classpath
 * java @engine/src/main/resources/dev/baton/engine/jvm.args \
 *     -cp operators/target/test-classes:operators/target/classes:$(cat operators/target/classpath) \
 *     dev.baton.operators.io.CsvBenchmark
 * }</pre>
 */
public final class CsvBenchmark {
  private static final int COLUMNS = 40;
  private static final int ROUNDS = 9;
  private static final long BYTES = 64L << 20;
  private static final String[] WORDS = {
    "Louisiana", "Climb", "Unknown bird or bat", "None", "MILITARY", "B-737-300", "Day", "Medium"
  };

  private CsvBenchmark() {}

  public static void main(String[] args) throws Exception {
    Path folder = Files.createTempDirectory("baton-csv");
    try {
      measure(folder, "doubles, 17 digits", r -> Double.toString(r.nextGaussian()));
      measure(
          folder, "doubles, 6 decimals", r -> String.format(Locale.ROOT, "%.6f", r.nextGaussian()));
      measure(folder, "doubles, 2 decimals", r -> r.nextInt(100_000) / 100.0 + "");
      measure(folder, "integers", r -> Integer.toString(r.nextInt(1_000_000)));
      measure(folder, "text", r -> WORDS[r.nextInt(WORDS.length)]);
      measure(folder, "quoted text", r -> '"' + WORDS[r.nextInt(WORDS.length)] + '"');
      measure(folder, "timestamps", r -> "2024-0" + (1 + r.nextInt(9)) + "-11T10:20:30");
    } finally {
      Files.delete(folder);
    }
  }

  private static void measure(Path folder, String name, Function<Random, String> value)
      throws Exception {
    Path file = folder.resolve("t.csv");
    write(file, value);
    try (RootAllocator allocator = new RootAllocator();
        OpenSource source = new CsvSource(file).open()) {
      List<String> columns = source.schema().getFields().stream().map(f -> f.getName()).toList();
      String all = rates(source, columns, allocator);
      String one = rates(source, columns.subList(7, 8), allocator);
      String none = rates(source, List.of(), allocator);
      System.out.printf(
          "%-22s all columns %s   one %s   none %s   find splits %4.0f   write %4.0f MB/s%n",
          name, all, one, none, splitRate(file), writeRate(source, columns, allocator, folder));
    }
    Files.delete(file);
  }

  private static String rates(OpenSource source, List<String> columns, RootAllocator allocator)
      throws Exception {
    double[] rates = new double[ROUNDS];
    for (int i = -3; i < ROUNDS; i++) {
      long start = System.nanoTime();
      long rows = 0;
      try (Decoder decoder = source.decoder(columns, new FakeContext(allocator))) {
        for (Iterator<? extends Split> splits = source.splits(); splits.hasNext(); ) {
          decoder.start(splits.next());
          for (Batch batch; (batch = decoder.next()) != null; batch.close()) {
            rows += batch.rows();
          }
        }
      }
      if (rows == 0) {
        throw new IllegalStateException();
      }
      if (i >= 0) {
        rates[i] = source.bytes() / 1e6 / ((System.nanoTime() - start) / 1e9);
      }
    }
    Arrays.sort(rates);
    return String.format("%4.0f (best %4.0f)", rates[ROUNDS / 2], rates[ROUNDS - 1]);
  }

  /** Encodes one batch again and again. */
  private static double writeRate(
      OpenSource source, List<String> columns, RootAllocator allocator, Path folder)
      throws Exception {
    FakeContext context = new FakeContext(allocator);
    Path file = folder.resolve("out.csv");
    double best = 0;
    try (Decoder decoder = source.decoder(columns, context);
        OpenSink sink = new CsvSink(file).open(source.schema());
        Encoder encoder = sink.encoder(context)) {
      Split split = source.splits().next();
      decoder.start(split);
      try (Batch batch = decoder.next()) {
        for (int i = 0; i < 20 * ROUNDS; i++) {
          long start = System.nanoTime();
          encoder.encode(batch).close();
          best = Math.max(best, split.bytes() / 1e6 / ((System.nanoTime() - start) / 1e9));
        }
      }
    }
    return best;
  }

  private static double splitRate(Path file) throws IOException {
    double best = 0;
    for (int i = 0; i < ROUNDS; i++) {
      try (OpenSource source = new CsvSource(file).open()) {
        long start = System.nanoTime();
        source.splits().forEachRemaining(split -> {});
        best = Math.max(best, source.bytes() / 1e6 / ((System.nanoTime() - start) / 1e9));
      }
    }
    return best;
  }

  private static void write(Path file, Function<Random, String> value) throws IOException {
    Random random = new Random(1);
    try (BufferedWriter out = Files.newBufferedWriter(file)) {
      for (int i = 0; i < COLUMNS; i++) {
        out.write((i == 0 ? "c" : ",c") + i);
      }
      out.newLine();
      StringBuilder row = new StringBuilder();
      for (long bytes = 0; bytes < BYTES; bytes += row.length()) {
        row.setLength(0);
        for (int i = 0; i < COLUMNS; i++) {
          row.append(i == 0 ? "" : ",").append(value.apply(random));
        }
        out.append(row.append('\n'));
      }
    }
  }
}
