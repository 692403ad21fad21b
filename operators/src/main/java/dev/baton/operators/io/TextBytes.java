package dev.baton.operators.io;

import dev.baton.engine.batch.Memory;
import dev.baton.engine.source.Encoded;
import org.apache.arrow.memory.ArrowBuf;

/** Text, compressed or not, on its way from a worker to the file. */
public record TextBytes(ArrowBuf buffer, int length) implements Encoded {
  /** What another process has written, of which a reference is kept. */
  public static TextBytes received(ArrowBuf bytes) {
    bytes.getReferenceManager().retain();
    return new TextBytes(bytes, (int) bytes.capacity());
  }

  @Override
  public long bytes() {
    return length;
  }

  @Override
  public void writeTo(long address) {
    Memory.copy(buffer.memoryAddress(), address, length);
  }

  @Override
  public void close() {
    buffer.close();
  }
}
