package dev.baton.operators.json;

import dev.baton.engine.source.Sink;
import dev.baton.operators.io.AtomicFileContract;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;

class AtomicJsonlTest extends AtomicFileContract {
  @Override
  protected List<Function<Path, Sink>> sinks() {
    return List.of(JsonlSink::new);
  }
}
