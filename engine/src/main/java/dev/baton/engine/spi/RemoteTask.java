package dev.baton.engine.spi;

import dev.baton.engine.batch.Outgoing;
import dev.baton.engine.internal.plan.RemotePlan;
import java.io.IOException;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.memory.BufferAllocator;

/** Works on the splits of a {@link PortableJob} in another process. Confined to one thread. */
public interface RemoteTask extends AutoCloseable {
  /** Where the batches of a split come from. */
  interface Batches {
    /** The next {@link dev.baton.engine.batch.BatchMessage}, owned by the caller, or null. */
    ArrowBuf next() throws Exception;
  }

  /**
   * Opens what a plan describes.
   *
   * @throws dev.baton.engine.PipelineException when it does not fit this process, for example since
   *     a file has changed
   */
  static RemoteTask open(byte[] plan, BufferAllocator allocator) throws IOException {
    return RemotePlan.open(plan, allocator);
  }

  /** Starts on a split that this process decodes itself. */
  void startSplit(byte[] split, long sequence) throws Exception;

  /** Starts on a split whose batches are sent. */
  void startBatches(Batches batches, long sequence) throws Exception;

  /** The next result of the split, which the caller closes, or null at its end. */
  Outgoing next() throws Exception;

  /** What this process shares, with what its locks have counted. */
  RunScope scope();

  @Override
  void close() throws IOException;
}
