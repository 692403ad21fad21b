package dev.baton.engine.metrics;

import java.util.Locale;

/** What a worker's time goes into. At every moment a worker is in exactly one. */
public enum Account {
  /** Decoding, operators, merging fit states, digest, and what the engine itself does. */
  COMPUTE,
  /** Waiting for the global lock, or for the lock of a shared object. */
  LOCK_WAIT,
  /** Waiting for something to do: a worker for a split, the caller for the next result. */
  STARVED,
  /** Waiting for room: until results are taken, or until the other process has read. */
  BACK_PRESSURE,
  /** Encoding for the sink, and writing or reading what crosses between processes. */
  SERIALISE,
  /** Waiting for another process, or moving bytes to it. */
  IPC,
  /** Waiting for the outside world, as a kernel says through {@code blocking}. */
  IO,
  /** Waiting until a worker process is up. */
  START_UP,
  /** Not at work: between passes, after the last split, or in the caller's own code. */
  IDLE;

  /** As people write it: {@code back-pressure}. */
  public String id() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
