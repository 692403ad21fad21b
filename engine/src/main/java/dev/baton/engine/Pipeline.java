package dev.baton.engine;

import dev.baton.engine.operator.Operator;
import dev.baton.engine.source.Sink;
import dev.baton.engine.source.Source;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * What to do, and nothing about how: a source, the operators that its rows pass in order, and where
 * the result goes. Immutable; the same pipeline runs in any mode under any lock policy and gives
 * the same bits.
 *
 * @param sink where the rows go, or null when the rows are only counted or pulled
 */
public record Pipeline(Source source, List<Operator> operators, Sink sink) {
  public Pipeline {
    Objects.requireNonNull(source, "source");
    operators = List.copyOf(operators);
  }

  /** A pipeline that passes the rows of {@code source} on unchanged. */
  public static Pipeline read(Source source) {
    return new Pipeline(source, List.of(), null);
  }

  /** This pipeline with one more operator at its end. */
  public Pipeline then(Operator operator) {
    List<Operator> longer = new ArrayList<>(operators);
    longer.add(operator);
    return new Pipeline(source, longer, sink);
  }

  /** This pipeline, writing to {@code sink}. */
  public Pipeline write(Sink sink) {
    return new Pipeline(source, operators, sink);
  }

  /** This pipeline, reading from another source. */
  public Pipeline from(Source other) {
    return new Pipeline(other, operators, sink);
  }
}
