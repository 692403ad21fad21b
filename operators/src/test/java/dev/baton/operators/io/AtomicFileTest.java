package dev.baton.operators.io;

import dev.baton.engine.source.Sink;
import dev.baton.operators.io.arrow.ArrowSink;
import dev.baton.operators.io.csv.CsvSink;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;

class AtomicFileTest extends AtomicFileContract {
  @Override
  protected List<Function<Path, Sink>> sinks() {
    return List.of(
        CsvSink::new, ArrowSink::new, path -> new ArrowSink(path, ArrowSink.Format.STREAM));
  }
}
