package dev.baton.ipc.transport;

/** The body of a message to send: it writes itself straight to where the receiver will read it. */
public interface Payload {
  /** How many bytes {@link #writeTo} writes; 0 is the same as no payload. */
  long bytes();

  /**
   * Writes exactly {@link #bytes} bytes at {@code address}, which is a multiple of 64. Called once,
   * on the thread that sends. If it throws, nothing is sent.
   */
  void writeTo(long address);
}
