package dev.baton.operators.parquet;

import dev.baton.engine.source.Sink;
import dev.baton.operators.io.AtomicFileContract;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;

class AtomicParquetTest extends AtomicFileContract {
  @Override
  protected List<Function<Path, Sink>> sinks() {
    // Row groups of one row, so that a commit writes.
    return List.of(path -> new ParquetSink(path, Codec.SNAPPY, 1));
  }
}
