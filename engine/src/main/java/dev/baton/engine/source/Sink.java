package dev.baton.engine.source;

import dev.baton.engine.operator.KernelContext;
import java.io.IOException;
import java.nio.file.Path;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.vector.types.pojo.Schema;

/**
 * Where rows go: an immutable record of its parameters, which is also its YAML form (see {@link
 * dev.baton.engine.operator.Operator}).
 */
public interface Sink {
  /** Starts an output of that schema. Nothing is visible under its final name yet. */
  OpenSink open(Schema schema) throws IOException;

  /**
   * Starts an output that can be continued after the process was killed, or continues it.
   *
   * @param part the file to write to until the output is complete, on the same file system
   * @param state what {@link OpenSink#checkpoint} gave, all written later being forgotten; null to
   *     start
   */
  default OpenSink resume(Schema schema, Path part, byte[] state) throws IOException {
    throw new IOException("a " + getClass().getSimpleName() + " cannot be resumed; write a file");
  }

  /**
   * Gives its final name to an output that was {@link OpenSink#complete complete} when the process
   * was killed, or leaves it as it is when it has that name.
   *
   * @param part as for {@link #resume}
   */
  default void finish(Path part) throws IOException {
    throw new IOException("a " + getClass().getSimpleName() + " cannot be resumed; write a file");
  }

  /** Makes an encoder for one worker, in whatever process. Thread-safe. */
  Encoder encoder(Schema schema, KernelContext context) throws IOException;

  /**
   * What an encoder in another process has made, from the bytes that its {@link Encoded#writeTo}
   * wrote.
   *
   * @param bytes only borrowed, but the result may keep a reference
   */
  Encoded receive(ArrowBuf bytes);
}
