package dev.baton.engine.source;

import java.io.IOException;

/**
 * Where rows come from: an immutable record of its parameters, which is also its YAML form (see
 * {@link dev.baton.engine.operator.Operator}).
 */
public interface Source {
  /**
   * Looks at the data as far as needed to know the schema: reads a header, infers types from a
   * sample.
   */
  OpenSource open() throws IOException;

  /** The same rows {@code times} over. */
  default Source repeat(int times) {
    return new Repeat(this, times);
  }
}
