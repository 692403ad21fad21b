package dev.baton.fuzz;

import dev.baton.engine.source.OpenSource;
import dev.baton.engine.testkit.Rows;
import dev.baton.operators.expression.Expression;
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
import org.apache.arrow.vector.types.pojo.Field;

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
    // What other engines wrote, which has pages and encodings that Baton does not write.
    seeds.addAll(files("foreign"));
    seeds.addAll(files("apache"));
    return seeds;
  }

  private static List<byte[]> files(String folder) throws IOException {
    Path resources = Tables.example("..").resolve("../operators/parquet/src/test/resources");
    Path files = resources.resolve(folder);
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
  public int briefly() {
    return 3000;
  }

  @Override
  public void accept(byte[] input) throws Exception {
    Files.write(file, input);
    Reading whole = Reading.of(new ParquetSource(file), file);
    ParquetSource small = new ParquetSource(file, 4 << 10);
    whole.mustEqual(Reading.of(small, file), "large and small batches");
    if (whole.rows() != null) {
      // What the statistics and the page index say may be lies, but is no reason to crash.
      try (OpenSource open = small.open()) {
        for (Field field : open.schema().getFields()) {
          Expression value = Expression.column(field.getName());
          Reading.of(small.withWhere(value.isNull().not()), file);
        }
      }
    }
  }
}
