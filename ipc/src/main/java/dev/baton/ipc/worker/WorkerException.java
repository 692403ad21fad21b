package dev.baton.ipc.worker;

import java.io.IOException;

/** A worker process did not start, or ended when it should not. */
public final class WorkerException extends IOException {
  private static final long serialVersionUID = 1L;

  WorkerException(String message) {
    super(message);
  }
}
