package dev.baton.engine.internal.plan;

import dev.baton.engine.batch.Batch;
import dev.baton.engine.batch.BatchMessage;
import dev.baton.engine.batch.Digest;
import dev.baton.engine.batch.Memory;
import dev.baton.engine.batch.Outgoing;
import dev.baton.engine.source.Encoded;
import dev.baton.engine.source.Sink;
import java.io.IOException;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.types.pojo.Schema;

/**
 * A {@link TransformJob.Output} as bytes.
 *
 * <pre>
 * 0     8         16      24             32           40          64
 * | rows | rows read | kind | digest schema | digest rows | digest sum | batch or encoded bytes
 * </pre>
 */
final class OutputMessage implements Outgoing {
  private static final int HEADER = 64;
  private static final long NONE = 0;
  private static final long BATCH = 1;
  private static final long ENCODED = 2;
  private static final long WITH_DIGEST = 4;

  private final TransformJob.Output output;
  private final Outgoing body;

  OutputMessage(TransformJob.Output output) {
    this.output = output;
    this.body = output.batch() != null ? new BatchMessage(output.batch()) : output.encoded();
  }

  @Override
  public long bytes() {
    return HEADER + (body == null ? 0 : body.bytes());
  }

  @Override
  public void writeTo(long address) {
    Digest digest = output.digest();
    long kind = output.batch() != null ? BATCH : output.encoded() != null ? ENCODED : NONE;
    Memory.putLong(address, output.rows());
    Memory.putLong(address + 8, output.rowsRead());
    Memory.putLong(address + 16, digest == null ? kind : kind | WITH_DIGEST);
    Memory.putLong(address + 24, digest == null ? 0 : digest.schema());
    Memory.putLong(address + 32, digest == null ? 0 : digest.rows());
    Memory.putLong(address + 40, digest == null ? 0 : digest.sum());
    if (body != null) {
      body.writeTo(address + HEADER);
    }
  }

  /**
   * The output in a message, which is only borrowed. A batch is copied, as whoever asked for it may
   * keep it for long, but encoded bytes stay where they are.
   */
  static TransformJob.Output read(
      ArrowBuf message, Schema schema, Sink sink, BufferAllocator allocator) throws IOException {
    long kind = message.getLong(16);
    Digest digest =
        (kind & WITH_DIGEST) == 0
            ? null
            : new Digest(message.getLong(24), message.getLong(32), message.getLong(40));
    ArrowBuf body = message.slice(HEADER, message.capacity() - HEADER);
    Batch batch = (kind & BATCH) == 0 ? null : copy(body, schema, allocator);
    Encoded encoded = (kind & ENCODED) == 0 ? null : sink.receive(body);
    return new TransformJob.Output(batch, encoded, digest, message.getLong(0), message.getLong(8));
  }

  private static Batch copy(ArrowBuf body, Schema schema, BufferAllocator allocator)
      throws IOException {
    try (ArrowBuf own = allocator.buffer(body.capacity())) {
      Memory.copy(body.memoryAddress(), own.memoryAddress(), body.capacity());
      return BatchMessage.read(schema, own, allocator);
    }
  }

  @Override
  public void close() {
    if (output.batch() != null) {
      body.close();
    }
    output.close();
  }
}
