package dev.baton.ipc;

import dev.baton.ipc.transport.Endpoint;
import java.io.IOException;
import java.util.concurrent.locks.LockSupport;

/**
 * Sends a {@link Wire.Beat} now and then while the worker is at work. A worker whose JVM stands
 * still sends none; one whose operator does not come back sends the same steps again and again.
 */
final class Heartbeat {
  private final Endpoint endpoint;
  private final StageFile stage;
  private final Thread thread = new Thread(this::run, "baton-heartbeat");
  private volatile long intervalNanos = 500_000_000;
  private volatile boolean atWork;
  private volatile boolean waiting;

  Heartbeat(Endpoint endpoint, StageFile stage) {
    this.endpoint = endpoint;
    this.stage = stage;
    thread.setDaemon(true);
    thread.start();
  }

  void every(int millis) {
    intervalNanos = millis * 1_000_000L;
  }

  void atWork(boolean now) {
    atWork = now;
  }

  /** Says whether the worker waits for its parent. */
  void waiting(boolean now) {
    waiting = now;
  }

  private void run() {
    try {
      while (true) {
        LockSupport.parkNanos(this, intervalNanos);
        if (atWork) {
          endpoint.send(new Wire.Beat(stage.steps(), waiting).bytes(), null, () -> false);
        }
      }
    } catch (IOException | InterruptedException e) {
      // The connection is closed or broken, which the worker itself finds out.
    }
  }
}
