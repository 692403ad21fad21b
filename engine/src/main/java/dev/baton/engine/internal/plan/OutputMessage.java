package dev.baton.engine.internal.plan;

import dev.baton.engine.batch.BadRows;
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
 * 0     8         16      24             32           40          48          56      64
 * | rows | rows read | kind | digest schema | digest rows | digest sum | bad bytes | split | bad rows
 * then, at a multiple of 64: batch or encoded bytes
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
  private final byte[] bad;

  OutputMessage(TransformJob.Output output) {
    this.output = output;
    this.body = output.batch() != null ? new BatchMessage(output.batch()) : output.encoded();
    // A batch brings its own.
    this.bad = output.batch() != null ? new byte[0] : BadRows.write(output.bad());
  }

  @Override
  public long bytes() {
    return start(bad.length) + (body == null ? 0 : body.bytes());
  }

  private static long start(long badBytes) {
    return HEADER + (badBytes + 63 & -64);
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
    Memory.putLong(address + 48, bad.length);
    Memory.putLong(address + 56, output.split());
    Memory.copyFromArray(bad, 0, address + HEADER, bad.length);
    if (body != null) {
      body.writeTo(address + start(bad.length));
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
    byte[] written = new byte[Math.toIntExact(message.getLong(48))];
    message.getBytes(HEADER, written);
    long start = start(written.length);
    ArrowBuf body = message.slice(start, message.capacity() - start);
    Batch batch = (kind & BATCH) == 0 ? null : copy(body, schema, allocator);
    Encoded encoded = (kind & ENCODED) == 0 ? null : sink.receive(body);
    return new TransformJob.Output(
        batch,
        encoded,
        digest,
        message.getLong(0),
        message.getLong(8),
        batch != null ? batch.bad() : BadRows.read(written),
        message.getLong(56));
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
