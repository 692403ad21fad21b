package dev.baton.fuzz;

import dev.baton.engine.testkit.Rows;
import dev.baton.operators.io.Tables;
import dev.baton.operators.parquet.Codec;
import dev.baton.operators.parquet.ParquetSink;
import dev.baton.operators.parquet.ParquetSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Parquet files, in batches of different sizes, which must agree. */
final class ParquetTarget implements Target {
  private static final int LARGEST_SEED = 60_000;

  private final Path file = Reading.file(".parquet");

  @Override
  public List<byte[]> seeds() throws Exception {
    List<byte[]> seeds = new ArrayList<>();
    for (Codec codec : Codec.values()) {
      for (Rows rows : List.of(Samples.rows(8), Samples.narrow(3))) {
        Tables.write(new ParquetSink(file, codec, 5), rows, rows.slice(1, 3));
        seeds.add(Files.readAllBytes(file));
      }
    }
    seeds.addAll(foreign());
    return seeds;
  }

  /** What other engines wrote, which has pages and encodings that Baton does not write. */
  private static List<byte[]> foreign() throws IOException {
    Path files = Tables.example("..").resolve("../operators/parquet/src/test/resources/foreign");
    List<byte[]> seeds = new ArrayList<>();
    try (Stream<Path> all = Files.list(files)) {
      for (Path path : all.filter(p -> p.toString().endsWith(".parquet")).sorted().toList()) {
        if (Files.size(path) < LARGEST_SEED) {
          seeds.add(Files.readAllBytes(path));
        }
      }
    }
    return seeds;
  }

  @Override
  public void accept(byte[] input) throws Exception {
    Files.write(file, input);
    Reading.of(new ParquetSource(file), file)
        .mustEqual(Reading.of(new ParquetSource(file, 4 << 10), file), "large and small batches");
  }
}
