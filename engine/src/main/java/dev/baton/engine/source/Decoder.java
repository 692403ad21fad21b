package dev.baton.engine.source;

import dev.baton.engine.batch.Batch;
import dev.baton.engine.operator.Nature;
import java.io.IOException;

/** Turns splits into batches inside one worker. */
public interface Decoder extends AutoCloseable {
  /** Starts on a split of the source that made this decoder. */
  void start(Split split) throws IOException;

  /**
   * The next batch of the split, which the caller closes, or null at its end. A split has the same
   * batches every time, whatever the columns wanted. Reads wait through {@link
   * dev.baton.engine.operator.KernelContext#blocking}.
   *
   * @throws SourceException for data that cannot be decoded
   */
  Batch next() throws Exception;

  /** How a lock policy treats the decoding itself. */
  default Nature nature() {
    return Nature.COLUMNAR;
  }

  @Override
  void close() throws IOException;
}
