package dev.baton.engine.spi;

import dev.baton.engine.internal.plan.RemotePlans;
import java.io.IOException;
import org.apache.arrow.memory.BufferAllocator;

/** What a worker process does with the plans it is sent. Confined to one thread. */
public interface RemoteWorker {
  static RemoteWorker of(BufferAllocator allocator) {
    return new RemotePlans(allocator, System::nanoTime);
  }

  /**
   * Opens what {@link PortableJob#plan} describes. The task before must be closed.
   *
   * @throws dev.baton.engine.PipelineException when it does not fit this process, for example since
   *     a file has changed
   */
  RemoteTask open(byte[] plan) throws IOException;

  /** Closes what was kept for the next pass of the run. */
  void rest() throws IOException;
}
