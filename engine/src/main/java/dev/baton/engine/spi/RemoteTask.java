package dev.baton.engine.spi;

import dev.baton.engine.batch.Outgoing;
import java.io.IOException;
import org.apache.arrow.memory.ArrowBuf;

/** Works on the splits of a {@link PortableJob} in another process. Confined to one thread. */
public interface RemoteTask extends AutoCloseable {
  /** Where the batches of a split come from. */
  interface Batches {
    /** The next {@link dev.baton.engine.batch.BatchMessage}, owned by the caller, or null. */
    ArrowBuf next() throws Exception;
  }

  /** Starts on a split that this process decodes itself. */
  void startSplit(byte[] split, long sequence) throws Exception;

  /** Starts on a split whose batches are sent. */
  void startBatches(Batches batches, long sequence) throws Exception;

  /** The next result of the split, which the caller closes, or null at its end. */
  Outgoing next() throws Exception;

  /** Forgets the split under way, after it failed; to be called before the next one is started. */
  void reset() throws Exception;

  /** What this process shares, with what its locks have counted. */
  RunScope scope();

  @Override
  void close() throws IOException;
}
