package dev.baton.ipc;

import java.io.IOException;

/** A worker process has ended, or was ended, in the middle of its work. */
final class WorkerLost extends IOException {
  private static final long serialVersionUID = 1L;

  WorkerLost(String message) {
    super(message);
  }
}
