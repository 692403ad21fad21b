package dev.baton.operators.io;

import dev.baton.engine.Engine;
import dev.baton.engine.ExecutionMode;
import dev.baton.engine.Pipeline;
import dev.baton.engine.RunOptions;
import dev.baton.engine.batch.Batch;
import dev.baton.engine.batch.Memory;
import dev.baton.engine.source.Decoder;
import dev.baton.engine.source.OpenSource;
import dev.baton.engine.source.Split;
import dev.baton.engine.testkit.FakeContext;
import dev.baton.operators.io.arrow.ArrowSink;
import dev.baton.operators.io.arrow.ArrowSource;
import dev.baton.operators.io.arrow.Compression;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.BaseFixedWidthVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.types.pojo.Field;

/**
 * How fast one thread reads an Arrow file that the system has in memory: copied, mapped, and
 * compressed, in a first and a second pass; each value is looked at, as a kernel would. Prints
 * megabytes of the uncompressed file per second, the middle of interleaved rounds. Runs as {@link
 * CsvBenchmark} does; the argument is a table as an Arrow file.
 */
public final class ArrowBenchmark {
  private static final int ROUNDS = 15;
  private static final int TIMES = 20;

  private ArrowBenchmark() {}

  public static void main(String[] args) throws Exception {
    Path folder = Files.createTempDirectory("baton-arrow");
    Map<String, ArrowSource> sources = new LinkedHashMap<>();
    try (Engine engine = Engine.open()) {
      for (Compression compression : Compression.values()) {
        Path file = folder.resolve(compression + ".arrow");
        engine.run(
            Pipeline.read(new ArrowSource(Path.of(args[0])).repeat(TIMES))
                .write(new ArrowSink(file, ArrowSink.Format.FILE, compression)),
            RunOptions.defaults().withMode(ExecutionMode.inline()));
        sources.put(compression.name(), new ArrowSource(file));
        System.out.printf("%s has %,d bytes%n", compression, Files.size(file));
      }
    }
    ArrowSource plain = sources.get("NONE");
    sources.put("mapped", plain.mapped());
    double megabytes = Files.size(plain.path()) / 1e6;
    Map<String, double[]> rates = new LinkedHashMap<>();
    for (int round = 0; round < ROUNDS; round++) {
      for (Map.Entry<String, ArrowSource> source : sources.entrySet()) {
        double[] seconds = read(source.getValue());
        for (int pass = 0; pass < seconds.length; pass++) {
          String name = source.getKey() + ", pass " + (pass + 1);
          rates.computeIfAbsent(name, k -> new double[ROUNDS])[round] = megabytes / seconds[pass];
        }
      }
    }
    rates.forEach(
        (name, figures) -> {
          Arrays.sort(figures);
          System.out.printf("%-16s %,8.0f MB/s%n", name, figures[ROUNDS / 2]);
        });
    for (ArrowSource source : sources.values()) {
      Files.deleteIfExists(source.path());
    }
    Files.delete(folder);
  }

  /** The seconds that two passes over a source take, once it is open. */
  private static double[] read(ArrowSource source) throws Exception {
    double[] seconds = new double[2];
    long sum = 0;
    try (RootAllocator allocator = new RootAllocator();
        OpenSource open = source.open()) {
      List<String> names = open.schema().getFields().stream().map(Field::getName).toList();
      for (int pass = 0; pass < seconds.length; pass++) {
        long start = System.nanoTime();
        try (Decoder decoder = open.decoder(names, new FakeContext(allocator))) {
          for (Iterator<? extends Split> splits = open.splits(); splits.hasNext(); ) {
            decoder.start(splits.next());
            for (Batch batch; (batch = decoder.next()) != null; batch.close()) {
              for (int i = 0; i < batch.width(); i++) {
                sum += sum(batch.column(i));
              }
            }
          }
        }
        seconds[pass] = (System.nanoTime() - start) / 1e9;
      }
    }
    if (sum == 0) {
      throw new IllegalStateException("no value was looked at");
    }
    return seconds;
  }

  private static long sum(FieldVector column) {
    long bytes =
        column instanceof BaseFixedWidthVector fixed
            ? (long) fixed.getTypeWidth() * column.getValueCount()
            : column.getDataBuffer().writerIndex();
    long address = column.getDataBuffer().memoryAddress();
    long sum = 0;
    for (long i = 0; i + 8 <= bytes; i += 8) {
      sum += Memory.getLong(address + i);
    }
    return sum;
  }
}
