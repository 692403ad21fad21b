package dev.baton.engine.source;

/**
 * A piece of a source that can be decoded by itself, in any worker: a byte range, a row group, a
 * key range. Immutable and cheap; it holds no data.
 */
public interface Split {
  /** Its size for the progress display, in the unit of {@link OpenSource#bytes}. */
  long bytes();
}
