package dev.baton.examples.peers;

import dev.baton.engine.Engine;
import dev.baton.engine.Pipeline;
import dev.baton.engine.batch.Batch;
import dev.baton.engine.batch.Memory;
import dev.baton.engine.batch.Types;
import dev.baton.engine.batch.Validity;
import dev.baton.engine.batch.Vectors;
import dev.baton.engine.source.MemorySource;
import dev.baton.engine.source.Sink;
import dev.baton.operators.bench.Criteo;
import dev.baton.operators.io.csv.CsvSink;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;

/** The files that all engines read, made from a fixed seed: {@link Criteo}, and 40 doubles. */
final class Inputs {
  private static final int BATCH_ROWS = 16_384;
  private static final int COLUMNS = 40;
  private static final double NULLS = 0.05;
  private static final long SEED = 7;

  private Inputs() {}

  static Path criteo(Path folder, String format) {
    return folder.resolve("criteo." + format);
  }

  static Path wide(Path folder) {
    return folder.resolve("wide.parquet");
  }

  static List<String> wideColumns() {
    return IntStream.rangeClosed(1, COLUMNS).mapToObj(i -> "x" + i).toList();
  }

  static Schema wideSchema() {
    return new Schema(
        wideColumns().stream().map(name -> Types.field(name, Types.FLOAT64)).toList());
  }

  /** What the values of the wide table take in memory. */
  static long wideBytes(int rows) {
    return 8L * COLUMNS * rows;
  }

  /** Makes what is not there yet. Parquet is written by DuckDB, which is none of ours. */
  static void make(Path folder, int rows) throws IOException, SQLException {
    Files.createDirectories(folder);
    try (Engine engine = Engine.open()) {
      Path csv = criteo(folder, "csv");
      if (!Files.exists(csv)) {
        List<Batch> batches = new Criteo().batches(rows, BATCH_ROWS, engine.allocator());
        write(engine, Criteo.schema(), batches, new CsvSink(csv));
      }
      Path wide = folder.resolve("wide.csv");
      if (!Files.exists(wide(folder))) {
        write(engine, wideSchema(), wideBatches(rows, engine.allocator()), new CsvSink(wide));
      }
    }
    DuckDbPeer.toParquet(folder);
    Files.deleteIfExists(folder.resolve("wide.csv"));
  }

  private static void write(Engine engine, Schema schema, List<Batch> batches, Sink sink) {
    try {
      engine.run(Pipeline.read(new MemorySource(schema, batches)).write(sink));
    } finally {
      batches.forEach(Batch::close);
    }
  }

  private static List<Batch> wideBatches(int rows, BufferAllocator allocator) {
    List<Batch> batches = new ArrayList<>();
    for (int first = 0; first < rows; first += BATCH_ROWS) {
      int count = Math.min(BATCH_ROWS, rows - first);
      List<FieldVector> columns = new ArrayList<>();
      for (Field field : wideSchema().getFields()) {
        columns.add(doubles(field, count, SEED + 1_000L * first + columns.size(), allocator));
      }
      batches.add(Batch.of(count, columns));
    }
    return batches;
  }

  private static FieldVector doubles(Field field, int rows, long seed, BufferAllocator allocator) {
    SplittableRandom random = new SplittableRandom(seed);
    FieldVector vector = Vectors.fixed(field, rows, allocator);
    for (int row = 0; row < rows; row++) {
      if (random.nextDouble() >= NULLS) {
        Validity.set(Validity.address(vector), row);
        Memory.putDouble(Vectors.data(vector) + 8L * row, random.nextGaussian() * 3 + 10);
      }
    }
    return vector;
  }
}
