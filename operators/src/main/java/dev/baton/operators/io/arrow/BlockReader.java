package dev.baton.operators.io.arrow;

import dev.baton.engine.source.SourceException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import org.apache.arrow.flatbuf.Buffer;
import org.apache.arrow.flatbuf.FieldNode;
import org.apache.arrow.flatbuf.RecordBatch;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.memory.BufferAllocator;

/** Reads parts of the buffers of one record batch, trusting none of its lengths. */
final class BlockReader {
  private final ArrowMessage message;
  private final RecordBatch batch;
  private final FileChannel channel;
  private final BufferAllocator allocator;

  BlockReader(
      ArrowMessage message, RecordBatch batch, FileChannel channel, BufferAllocator allocator)
      throws IOException {
    this.message = message;
    this.batch = batch;
    this.channel = channel;
    this.allocator = allocator;
    if (batch.compression() != null) {
      throw error("its body is compressed, which is not supported yet; write it uncompressed");
    }
  }

  int rows() {
    return (int) batch.length();
  }

  /** The number of nulls that a node claims. */
  long nulls(int node) throws IOException {
    return node(node).nullCount();
  }

  /** The number of values of a node. */
  int values(int node) throws IOException {
    long length = node(node).length();
    if (length < 0 || length > Integer.MAX_VALUE) {
      throw error("node " + node + " claims " + length + " values; the file is corrupt");
    }
    return (int) length;
  }

  private FieldNode node(int node) throws IOException {
    if (node >= batch.nodesLength()) {
      throw error("it has only " + batch.nodesLength() + " nodes; the file is corrupt");
    }
    return batch.nodes(node);
  }

  /** The length of a buffer. */
  long length(int buffer) throws IOException {
    return buffer(buffer).length();
  }

  private Buffer buffer(int buffer) throws IOException {
    if (buffer >= batch.buffersLength()) {
      throw error("it has only " + batch.buffersLength() + " buffers; the file is corrupt");
    }
    Buffer found = batch.buffers(buffer);
    long end = found.offset() + found.length();
    if (found.offset() < 0 || found.length() < 0 || end < 0 || end > message.bodyLength()) {
      throw error(
          String.format(
              "buffer %d claims bytes %d to %d of a body of %d; the file is corrupt",
              buffer, found.offset(), end, message.bodyLength()));
    }
    return found;
  }

  /** Reads {@code count} bytes from byte {@code from} of a buffer; the caller closes the result. */
  ArrowBuf read(int buffer, long from, long count) throws IOException {
    ArrowBuf target = allocator.buffer(Math.max(count, 8));
    try {
      readInto(buffer, from, count, target);
      return target;
    } catch (Throwable e) {
      target.close();
      throw e;
    }
  }

  /**
   * Reads {@code count} bytes from byte {@code from} of a buffer to the start of {@code target}.
   */
  void readInto(int buffer, long from, long count, ArrowBuf target) throws IOException {
    Buffer found = buffer(buffer);
    if (from < 0 || from + count > found.length()) {
      throw error(
          String.format(
              "buffer %d has %d bytes but %d are needed; the file is corrupt",
              buffer, found.length(), from + count));
    }
    long at = message.body() + found.offset() + from;
    for (long done = 0; done < count; ) {
      int part = (int) Math.min(count - done, 1 << 30);
      message.file().read(channel, target.nioBuffer(done, part), at + done);
      done += part;
    }
  }

  SourceException error(String what) {
    return new SourceException(message.place() + ": " + what);
  }
}
