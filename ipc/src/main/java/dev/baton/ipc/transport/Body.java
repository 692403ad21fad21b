package dev.baton.ipc.transport;

/** Where a payload lies; it stays there until it is closed. */
interface Body extends AutoCloseable {
  /** A multiple of 64. */
  long address();

  @Override
  void close();
}
