package dev.baton.engine.source;

import java.io.IOException;
import org.apache.arrow.vector.types.pojo.Schema;

/**
 * Where rows go: an immutable record of its parameters, which is also its YAML form (see {@link
 * dev.baton.engine.operator.Operator}).
 */
public interface Sink {
  /** Starts an output of that schema. Nothing is visible under its final name yet. */
  OpenSink open(Schema schema) throws IOException;
}
