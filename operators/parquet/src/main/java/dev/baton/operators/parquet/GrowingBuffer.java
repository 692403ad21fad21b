package dev.baton.operators.parquet;

import dev.baton.engine.batch.Memory;
import java.nio.ByteBuffer;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.memory.BufferAllocator;

/**
 * A buffer that grows, with {@link PageReader#SLACK} bytes behind its end that may be written too.
 */
final class GrowingBuffer implements AutoCloseable {
  private final BufferAllocator allocator;
  private ArrowBuf buffer;

  /** All of it, as others want it; null before somebody did. */
  private ByteBuffer view;

  private long used;

  GrowingBuffer(BufferAllocator allocator, long bytes) {
    this.allocator = allocator;
    this.buffer = allocator.buffer(Math.max(bytes, 1) + PageReader.SLACK);
  }

  /** Makes room for so many bytes more, and returns where they go. */
  long room(long bytes) throws CorruptException {
    long needed = used + bytes;
    if (needed > Integer.MAX_VALUE) {
      throw new CorruptException("a column has more than 2 GiB in one batch; use smaller batches");
    }
    if (needed + PageReader.SLACK > buffer.capacity()) {
      ArrowBuf larger = allocator.buffer(Math.max(needed, 2 * used) + PageReader.SLACK);
      Memory.copy(buffer.memoryAddress(), larger.memoryAddress(), used);
      buffer.close();
      buffer = larger;
      view = null;
    }
    return buffer.memoryAddress() + used;
  }

  /** Counts bytes that were written where {@link #room} said. */
  void advance(long bytes) {
    used += bytes;
  }

  int used() {
    return (int) used;
  }

  long address() {
    return buffer.memoryAddress();
  }

  /** Appends bytes from elsewhere. */
  void append(long source, long bytes) throws CorruptException {
    Memory.copy(source, room(bytes), bytes);
    used += bytes;
  }

  /** Appends bytes of the heap. */
  void append(byte[] bytes) throws CorruptException {
    Memory.copyFromArray(bytes, 0, room(bytes.length), bytes.length);
    used += bytes.length;
  }

  /** Forgets all bytes. */
  void clear() {
    used = 0;
  }

  ArrowBuf buffer() {
    return buffer;
  }

  /** Some of the bytes, until this is called again. */
  ByteBuffer bytes(int from, int length) {
    if (view == null) {
      view = buffer.nioBuffer(0, (int) Math.min(Integer.MAX_VALUE, buffer.capacity()));
    }
    return view.limit(from + length).position(from);
  }

  @Override
  public void close() {
    buffer.close();
  }
}
