package dev.baton.operators.io.arrow;

import dev.baton.engine.batch.Memory;
import dev.baton.engine.operator.KernelContext;
import dev.baton.engine.source.SourceException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import org.apache.arrow.flatbuf.BodyCompressionMethod;
import org.apache.arrow.flatbuf.Buffer;
import org.apache.arrow.flatbuf.FieldNode;
import org.apache.arrow.flatbuf.RecordBatch;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.vector.types.pojo.Field;

/**
 * Goes through the columns of one record batch in order, and reads pieces of their buffers. Every
 * position and length is checked against the buffer, the body and the file.
 */
final class BatchReader {
  private final ArrowMessage message;
  private final RecordBatch batch;
  private final FileChannel channel;
  private final KernelContext context;
  private final Mapping mapping;
  private final Unpacked unpacked;
  private boolean mapped;
  private int node;
  private int buffer;
  private int view;

  /**
   * @param mapping null to read all into memory of our own
   * @param unpacked keeps what is unpacked of a compressed batch
   */
  BatchReader(
      ArrowMessage message,
      RecordBatch batch,
      FileChannel channel,
      Mapping mapping,
      Unpacked unpacked,
      KernelContext context)
      throws IOException {
    this.message = message;
    this.batch = batch;
    this.channel = channel;
    this.mapping = mapping;
    this.context = context;
    if (batch == null) {
      throw corrupt("there is no record batch");
    }
    if (batch.compression() == null) {
      this.unpacked = null;
      return;
    }
    this.unpacked = unpacked;
    if (batch.compression().method() != BodyCompressionMethod.BUFFER) {
      throw corrupt("the body is compressed in an unknown way");
    }
  }

  /** Passes over a column. */
  void skip(Field written) {
    node++;
    buffer += ArrowTypes.buffers(written);
    if (ArrowTypes.isView(written)) {
      buffer += Math.toIntExact(batch.variadicBufferCounts(view++));
    }
    ArrowTypes.children(written).forEach(this::skip);
  }

  /**
   * Starts on a column, of which rows up to {@code end} are wanted.
   *
   * @return the number of nulls it claims
   */
  long column(String name, long end) throws IOException {
    FieldNode next = node < batch.nodesLength() ? batch.nodes(node++) : null;
    if (next == null || next.length() < end) {
      throw corrupt(
          String.format(
              "column '%s' has %d values where %d are needed",
              name, next == null ? 0 : next.length(), end));
    }
    return next.nullCount();
  }

  /** How a batch is compressed, or null. */
  static Compression compression(ArrowMessage message, RecordBatch batch) throws IOException {
    return batch == null || batch.compression() == null
        ? null
        : Compression.of(batch.compression().codec(), message.place());
  }

  /** The next buffer of the column. */
  Piece buffer(String name) throws Exception {
    Buffer next = buffer < batch.buffersLength() ? batch.buffers(buffer++) : null;
    if (next == null
        || next.offset() < 0
        || next.length() < 0
        || next.offset() > message.bodyLength() - next.length()) {
      throw corrupt("a buffer of column '" + name + "' lies outside the body");
    }
    return unpacked == null
        ? new Piece(next.offset(), next.length(), null)
        : unpacked.piece(buffer - 1, name, next, channel);
  }

  /** Reads bytes {@code from} to {@code from + length} of a buffer into memory. */
  void read(String name, Piece source, long from, long length, ArrowBuf target) throws Exception {
    check(name, source, from, length);
    if (source.unpacked() != null) {
      Memory.copy(source.unpacked().memoryAddress() + from, target.memoryAddress(), length);
      return;
    }
    long at = message.body() + source.offset() + from;
    context.blocking(
        () -> {
          for (long done = 0; done < length; ) {
            int piece = (int) Math.min(length - done, 1 << 28);
            ByteBuffer view = target.nioBuffer(done, piece);
            message.file().read(channel, view, at + done);
            done += piece;
          }
          return null;
        });
  }

  /** A new buffer that holds bits {@code first} to {@code first + count} from its bit 0. */
  ArrowBuf bits(String name, Piece source, long first, int count) throws Exception {
    int shift = (int) (first & 7);
    long bytes = (shift + (long) count + 7) >>> 3;
    ArrowBuf bits = allocate(name, source, first >>> 3, bytes, bytes + 8);
    try {
      long address = bits.memoryAddress();
      Memory.fill(address + bytes, 8, (byte) 0);
      if (shift > 0) {
        for (long i = 0; i < bytes; i++) {
          int two = Memory.getByte(address + i) & 0xFF | Memory.getByte(address + i + 1) << 8;
          Memory.putByte(address + i, (byte) (two >>> shift));
        }
      }
      if ((count & 7) != 0) {
        long last = address + (count >>> 3);
        Memory.putByte(last, (byte) (Memory.getByte(last) & (1 << (count & 7)) - 1));
      }
      return bits;
    } catch (Throwable e) {
      bits.close();
      throw e;
    }
  }

  /** A new buffer of {@code capacity} with bytes {@code from} to {@code from + length}. */
  ArrowBuf allocate(String name, Piece source, long from, long length, long capacity)
      throws Exception {
    if (length > source.length()) {
      throw corrupt(
          String.format(
              "column '%s' needs %d bytes of a buffer of %d", name, length, source.length()));
    }
    ArrowBuf target = context.allocator().buffer(Math.max(capacity, 8));
    try {
      read(name, source, from, length, target);
      target.writerIndex(length);
      return target;
    } catch (Throwable e) {
      target.close();
      throw e;
    }
  }

  /** The same to be read only: over the file itself where it is mapped, else a new buffer. */
  ArrowBuf view(String name, Piece source, long from, long length) throws Exception {
    if (mapping != null && source.unpacked() == null) {
      check(name, source, from, length);
      long at = message.body() + source.offset() + from;
      ArrowBuf view = mapping.buffer(at, length, channel, context.allocator());
      if (view != null) {
        mapped = true;
        return view;
      }
    }
    return allocate(name, source, from, length, length);
  }

  /** Whether a buffer made since the last call is one of the file itself. */
  boolean takeMapped() {
    boolean was = mapped;
    mapped = false;
    return was;
  }

  private void check(String name, Piece source, long from, long length) throws SourceException {
    if (from < 0 || length < 0 || from > source.length() - length) {
      throw corrupt(
          String.format(
              "column '%s' needs bytes %d to %d of a buffer of %d",
              name, from, from + length, source.length()));
    }
  }

  SourceException corrupt(String what) {
    return new SourceException(message.place() + ": " + what + "; the file is corrupt");
  }
}
