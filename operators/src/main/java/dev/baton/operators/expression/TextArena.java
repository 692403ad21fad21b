package dev.baton.operators.expression;

import dev.baton.engine.batch.Memory;
import dev.baton.engine.operator.KernelContext;
import org.apache.arrow.memory.ArrowBuf;

/** The bytes of texts made for one block, in a buffer that grows and is used again. */
final class TextArena implements AutoCloseable {
  private static final int SMALLEST = 16 * 1024;

  private final KernelContext context;
  private ArrowBuf buffer;
  private long used;

  TextArena(KernelContext context) {
    this.context = context;
  }

  void clear() {
    used = 0;
  }

  /** How many bytes are in use, which is where the next text starts. */
  long used() {
    return used;
  }

  /** Where the bytes are, until the next {@link #add}. */
  long address() {
    return buffer == null ? 0 : buffer.memoryAddress();
  }

  /** Makes room for {@code bytes} more and returns their address. */
  long add(long bytes) {
    long needed = used + bytes;
    if (buffer == null || needed > buffer.capacity()) {
      ArrowBuf larger = context.allocator().buffer(Math.max(SMALLEST, 2 * needed));
      if (buffer != null) {
        Memory.copy(buffer.memoryAddress(), larger.memoryAddress(), used);
        buffer.close();
      }
      buffer = larger;
    }
    long address = buffer.memoryAddress() + used;
    used = needed;
    return address;
  }

  /** Takes back what was added past {@code end}. */
  void cut(long end) {
    used = end - buffer.memoryAddress();
  }

  void add(byte[] bytes) {
    Memory.copyFromArray(bytes, 0, add(bytes.length), bytes.length);
  }

  @Override
  public void close() {
    if (buffer != null) {
      buffer.close();
      buffer = null;
    }
  }
}
