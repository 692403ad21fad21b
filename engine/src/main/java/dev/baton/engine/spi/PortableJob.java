package dev.baton.engine.spi;

import dev.baton.engine.source.Decoder;
import dev.baton.engine.source.Split;
import java.io.IOException;
import org.apache.arrow.memory.ArrowBuf;

/**
 * A job whose tasks can be worked on in other processes: its plan, its splits or their data, and
 * its results travel as bytes. {@link RemoteTask} is the other end.
 */
public interface PortableJob<R extends AutoCloseable> extends Job<R> {
  /**
   * Everything {@link RemoteWorker#open} needs.
   *
   * @param shipData whether the data of the splits will be sent, or the splits
   * @throws dev.baton.engine.PipelineException when something cannot travel, saying what to do
   */
  byte[] plan(boolean shipData);

  /** Whether workers can read the source themselves, so that splits can be sent. */
  boolean sourceTravels();

  /** How messages name a stage: "stage 3 (Clip)", or "source" for 0. */
  String stage(int number);

  /** A split for {@link RemoteTask#startSplit}. */
  byte[] describe(Split split);

  /** Decodes splits here, to send their batches to {@link RemoteTask#startBatches}. */
  Decoder decoder(WorkerScope worker) throws IOException;

  /** What the run fails with when that decoder fails; {@code batch} counts within the split. */
  RuntimeException undecodable(long sequence, int batch, Exception cause);

  /** Whether each batch of a split has one result, else the split as a whole has. */
  boolean resultPerBatch();

  /** The result of a split that is left out; null when none is missed. */
  R leftOut(long sequence);

  /**
   * A result that {@link RemoteTask#next} has written.
   *
   * @param result its bytes; only borrowed, but what is returned may keep references to them
   */
  R receive(ArrowBuf result, WorkerScope consumer) throws IOException;
}
