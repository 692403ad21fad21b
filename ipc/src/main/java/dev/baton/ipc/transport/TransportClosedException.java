package dev.baton.ipc.transport;

import java.io.IOException;

/** This end was closed, or the caller no longer wants to wait; what was to be sent was not. */
public final class TransportClosedException extends IOException {
  private static final long serialVersionUID = 1;

  TransportClosedException(String message) {
    super(message);
  }
}
