package dev.baton.engine.source;

/**
 * A piece of a source that can be decoded by itself, in any worker: a byte range, a row group, a
 * key range. Immutable and cheap; most hold no data.
 */
public interface Split {
  /** Its size for the progress display, in the unit of {@link OpenSource#bytes}. */
  long bytes();

  /** Memory that it keeps until it is decoded, such as unpacked text. */
  default long heldBytes() {
    return 0;
  }
}
