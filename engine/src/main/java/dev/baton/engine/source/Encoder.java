package dev.baton.engine.source;

import dev.baton.engine.batch.Batch;
import dev.baton.engine.operator.Nature;

/** Turns batches into their written form inside one worker. */
public interface Encoder extends AutoCloseable {
  /** The written form of a batch, which is only borrowed. The caller closes the result. */
  Encoded encode(Batch batch) throws Exception;

  /** How a lock policy treats the encoding. */
  default Nature nature() {
    return Nature.COLUMNAR;
  }

  @Override
  void close();
}
