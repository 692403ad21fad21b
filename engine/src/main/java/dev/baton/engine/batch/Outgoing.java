package dev.baton.engine.batch;

/** Bytes on their way to another process, which write themselves where they are wanted. */
public interface Outgoing extends AutoCloseable {
  /** How many bytes {@link #writeTo} writes. */
  long bytes();

  /** Writes all bytes to memory; {@code address} is a multiple of 64. */
  void writeTo(long address);

  /** Releases what the bytes are made from. */
  @Override
  void close();
}
