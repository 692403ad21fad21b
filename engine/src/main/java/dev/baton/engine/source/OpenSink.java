package dev.baton.engine.source;

import dev.baton.engine.operator.KernelContext;
import java.io.IOException;

/**
 * An output being written. Workers encode, one thread commits in order, and the output appears
 * under its final name as a whole or not at all.
 */
public interface OpenSink extends AutoCloseable {
  /**
   * Takes the memory that it keeps until it is closed, which with a memory limit is there now and
   * may not be later. Called once, before any batch is worked on.
   */
  default void begin(KernelContext context) throws Exception {}

  /** Writes one encoded batch, which is only borrowed. Called in batch order, by one thread. */
  void commit(Encoded encoded, KernelContext context) throws Exception;

  /**
   * Writes what is missing and brings all to disk, so that little is left that can fail. Called
   * once, after the last commit.
   */
  default void complete() throws IOException {}

  /** Makes the output visible under its final name. Called once, after {@link #complete}. */
  void finish() throws IOException;

  /**
   * Brings to disk what was committed, for a sink opened by {@link Sink#resume}.
   *
   * @return what that needs to go on from here
   */
  default byte[] checkpoint() throws IOException {
    throw new UnsupportedOperationException();
  }

  /** Bytes written so far. */
  long bytes();

  /** Removes what was written, unless {@link #finish} has succeeded or the sink can be resumed. */
  @Override
  void close() throws IOException;
}
