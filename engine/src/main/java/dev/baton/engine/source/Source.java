package dev.baton.engine.source;

import java.io.IOException;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.apache.arrow.vector.types.pojo.Schema;

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

  /**
   * This source, told which columns are expected. Where types would have to be guessed, those of
   * {@code schema} are taken; columns that are not there are no error yet.
   */
  default Source expecting(Schema schema) {
    return this;
  }

  /**
   * This source for a run that reads it once. What else would be kept for the next reading, since
   * it comes once only, need not be then; opened a second time it fails.
   */
  default Source once() {
    return this;
  }

  /** This source, which must have exactly the columns of {@code schema}, see {@link WithSchema}. */
  default Source withSchema(Map<String, String> schema) {
    return new WithSchema(this, schema);
  }

  /**
   * What {@code change} makes of this source; of one that wraps another, that around the other's.
   */
  default Source inside(UnaryOperator<Source> change) {
    return change.apply(this);
  }

  /** The same rows {@code times} over. */
  default Source repeat(int times) {
    return new Repeat(this, times);
  }
}
