package dev.baton.engine;

import dev.baton.engine.operator.Operator;
import dev.baton.engine.source.Sink;
import dev.baton.engine.source.Source;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * What to do with which rows: a source, the operators that every row passes in order, and where the
 * result goes. Immutable, and nothing happens before an engine runs it. It is equally a YAML file
 * (see {@link dev.baton.engine.spec.PipelineFile}).
 *
 * @param source where the rows come from
 * @param operators the steps, possibly none
 * @param sink where the rows go, or null when the program takes them
 */
public record Pipeline(Source source, List<Operator> operators, Sink sink) {
  public Pipeline {
    Objects.requireNonNull(source, "a pipeline needs a source");
    operators = List.copyOf(operators);
  }

  /** A pipeline that hands on the rows of a source as they are. */
  public static Pipeline read(Source source) {
    return new Pipeline(source, List.of(), null);
  }

  /** This pipeline with one more step at the end. */
  public Pipeline then(Operator operator) {
    List<Operator> longer = new ArrayList<>(operators);
    longer.add(operator);
    return new Pipeline(source, longer, sink);
  }

  /** This pipeline with its rows written to {@code sink}, instead of where they went before. */
  public Pipeline write(Sink sink) {
    return new Pipeline(source, operators, sink);
  }
}
