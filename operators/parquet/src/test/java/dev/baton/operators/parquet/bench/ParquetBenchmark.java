package dev.baton.operators.parquet.bench;

import dev.baton.engine.batch.Batch;
import dev.baton.engine.source.Decoder;
import dev.baton.engine.source.Encoded;
import dev.baton.engine.source.Encoder;
import dev.baton.engine.source.OpenSink;
import dev.baton.engine.source.OpenSource;
import dev.baton.engine.source.Split;
import dev.baton.engine.testkit.FakeContext;
import dev.baton.operators.parquet.Codec;
import dev.baton.operators.parquet.ParquetSink;
import dev.baton.operators.parquet.ParquetSource;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.types.pojo.Field;

/**
 * Megabytes of Arrow columns that one thread reads from and writes to Parquet in a second of its
 * processor time, the median of the later rounds. From the root of the repository:
 *
 * <pre>{@code
 * mvn -q -B -Pquick -pl operators/parquet -am test-compile \
 *     dependency:build-classpath -Dmdep.outputFile=target/classpath
 * java @engine/src/main/resources/dev/baton/engine/jvm.args -cp \
 *     operators/parquet/target/test-classes:operators/parquet/target/classes:$(cat operators/parquet/target/classpath) \
 *     dev.baton.operators.parquet.bench.ParquetBenchmark [FILE …]
 * }</pre>
 *
 * Without files it writes and reads the tables of {@link PeerData} in the temporary folder.
 */
public final class ParquetBenchmark {
  private static final ThreadMXBean THREAD = ManagementFactory.getThreadMXBean();
  private static final int ROUNDS = 9;
  private static final int BATCHES = 30;
  private static final int BATCH_ROWS = 8192;

  private ParquetBenchmark() {}

  public static void main(String[] files) throws Exception {
    for (String file : files) {
      report("read " + file, () -> read(Path.of(file)));
    }
    if (files.length > 0) {
      return;
    }
    Path folder = Files.createTempDirectory("baton-parquet");
    try (RootAllocator allocator = new RootAllocator()) {
      for (PeerData data : PeerData.values()) {
        List<Batch> batches = new ArrayList<>();
        for (int i = 0; i < BATCHES; i++) {
          batches.add(data.batch(i, BATCH_ROWS, allocator));
        }
        for (Codec codec : List.of(Codec.SNAPPY, Codec.ZSTD, Codec.NONE)) {
          Path file = folder.resolve(data + "-" + codec + ".parquet");
          report(
              "write " + file.getFileName(), () -> write(file, codec, batches, false, allocator));
          write(file, codec, batches, true, allocator);
          report("read " + file.getFileName(), () -> read(file));
          System.out.printf("%45s %7.1f MB%n", "", Files.size(file) / 1e6);
          Files.delete(file);
        }
        batches.forEach(Batch::close);
      }
    }
    Files.delete(folder);
  }

  /** Does the work once and returns the bytes of the columns. */
  @FunctionalInterface
  private interface Work {
    long run() throws Exception;
  }

  private static void report(String what, Work work) throws Exception {
    double[] rates = new double[ROUNDS];
    for (int i = 0; i < ROUNDS; i++) {
      long start = THREAD.getCurrentThreadCpuTime();
      long bytes = work.run();
      rates[i] = bytes * 1e3 / (THREAD.getCurrentThreadCpuTime() - start);
    }
    double[] later = java.util.Arrays.copyOfRange(rates, ROUNDS / 3, ROUNDS);
    java.util.Arrays.sort(later);
    System.out.printf(
        "%-45s %6.0f MB/s (%.0f to %.0f)%n",
        what, later[later.length / 2], later[0], later[later.length - 1]);
  }

  /** Unless it is finished, which measures the disk, the file is removed. */
  private static long write(
      Path file, Codec codec, List<Batch> batches, boolean finish, RootAllocator allocator)
      throws Exception {
    ParquetSink sink = new ParquetSink(file, codec, 128 * 1024);
    FakeContext context = new FakeContext(allocator);
    long bytes = 0;
    try (OpenSink open = sink.open(batches.get(0).schema());
        Encoder encoder = sink.encoder(batches.get(0).schema(), context)) {
      open.begin(context);
      for (Batch batch : batches) {
        bytes += batch.bytes();
        try (Encoded encoded = encoder.encode(batch)) {
          open.commit(encoded, context);
        }
      }
      if (finish) {
        open.complete();
        open.finish();
      }
    }
    return bytes;
  }

  private static long read(Path file) throws Exception {
    long bytes = 0;
    try (RootAllocator allocator = new RootAllocator();
        OpenSource open = new ParquetSource(file).open();
        Decoder decoder =
            open.decoder(
                open.schema().getFields().stream().map(Field::getName).toList(),
                new FakeContext(allocator))) {
      for (Iterator<? extends Split> splits = open.splits(); splits.hasNext(); ) {
        decoder.start(splits.next());
        for (Batch batch; (batch = decoder.next()) != null; batch.close()) {
          // Texts, not numbers of a dictionary, are what is measured.
          batch.decode();
          bytes += batch.bytes();
        }
      }
    }
    return bytes;
  }
}
