package dev.baton.engine.source;

/** One batch in written form, on its way from a worker to the commit. */
public interface Encoded extends AutoCloseable {
  /** Releases its memory. */
  @Override
  void close();
}
