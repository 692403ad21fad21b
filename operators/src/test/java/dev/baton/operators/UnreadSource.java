package dev.baton.operators;

import dev.baton.engine.source.OpenSource;
import dev.baton.engine.source.Source;

/** A source for pipeline files that are only parsed. */
public record UnreadSource() implements Source {
  @Override
  public OpenSource open() {
    throw new UnsupportedOperationException("not meant to be read");
  }
}
