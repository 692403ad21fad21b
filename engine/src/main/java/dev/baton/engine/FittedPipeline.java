package dev.baton.engine;

import dev.baton.engine.operator.Operator;
import dev.baton.engine.operator.Transform;
import dev.baton.engine.source.Source;
import java.util.List;
import org.apache.arrow.vector.types.pojo.Schema;

/**
 * The operators of a pipeline with everything they have learned from data, ready for other data of
 * the same schema. Immutable.
 *
 * @param schema the schema of the data it was fitted on
 */
public record FittedPipeline(Schema schema, List<Transform> transforms) {
  public FittedPipeline {
    transforms = List.copyOf(transforms);
  }

  /** A pipeline that transforms the rows of {@code source} without fitting anything. */
  public Pipeline read(Source source) {
    return new Pipeline(source, List.<Operator>copyOf(transforms), null);
  }
}
