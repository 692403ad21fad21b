package dev.baton.operators.io.arrow;

import dev.baton.engine.operator.KernelContext;
import dev.baton.engine.source.AtomicFile;
import dev.baton.engine.source.Encoded;
import dev.baton.engine.source.Encoder;
import dev.baton.engine.source.OpenSink;
import dev.baton.engine.source.Sink;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.vector.ipc.WriteChannel;
import org.apache.arrow.vector.ipc.message.ArrowBlock;
import org.apache.arrow.vector.ipc.message.ArrowFooter;
import org.apache.arrow.vector.ipc.message.IpcOption;
import org.apache.arrow.vector.ipc.message.MessageSerializer;
import org.apache.arrow.vector.types.pojo.Schema;

/**
 * An Arrow IPC file or stream that appears under its name when all is written. Each batch becomes a
 * record batch; its buffers are written from where they are, or compressed by the worker.
 *
 * @param path the file; one that exists is replaced
 * @param format {@code file} (with a footer, so that record batches can be found; the default) or
 *     {@code stream}
 * @param compression {@code none} (the default), {@code lz4} or {@code zstd}, of each buffer by
 *     itself
 */
public record ArrowSink(Path path, Format format, Compression compression) implements Sink {
  /** What the file looks like. */
  public enum Format {
    FILE,
    STREAM
  }

  private static final byte[] MAGIC = "ARROW1".getBytes(StandardCharsets.US_ASCII);

  public ArrowSink {
    Objects.requireNonNull(format, "format");
    Objects.requireNonNull(compression, "compression");
  }

  public ArrowSink(Path path) {
    this(path, Format.FILE);
  }

  /** Not compressed. */
  public ArrowSink(Path path, Format format) {
    this(path, format, Compression.NONE);
  }

  @Override
  public OpenSink open(Schema schema) throws IOException {
    return open(AtomicFile.create(path), schema, null);
  }

  @Override
  public OpenSink resume(Schema schema, Path part, byte[] state) throws IOException {
    long length = state == null ? 0 : ByteBuffer.wrap(state).getLong();
    return open(AtomicFile.resume(path, part, length), schema, state);
  }

  @Override
  public void finish(Path part) throws IOException {
    AtomicFile.finish(path, part);
  }

  private OpenSink open(AtomicFile file, Schema schema, byte[] state) throws IOException {
    try {
      return new Open(file, schema, format, state);
    } catch (Throwable e) {
      file.close();
      throw e;
    }
  }

  @Override
  public Encoder encoder(Schema schema, KernelContext context) throws IOException {
    compression.check(path.toString());
    return new ArrowEncoder(compression.codec());
  }

  @Override
  public Encoded receive(ArrowBuf bytes) {
    bytes.getReferenceManager().retain();
    return new ArrowMessageBytes.Received(bytes);
  }

  private static final class Open implements OpenSink {
    private final AtomicFile file;
    private final WriteChannel channel;
    private final Schema schema;
    private final Format format;
    private final List<ArrowBlock> blocks = new ArrayList<>();

    /**
     * @param state what {@link #checkpoint} gave; null to start
     */
    Open(AtomicFile file, Schema schema, Format format, byte[] state) throws IOException {
      this.file = file;
      this.channel = new At(file);
      this.schema = schema;
      this.format = format;
      if (state != null) {
        restore(ByteBuffer.wrap(state));
        return;
      }
      if (format == Format.FILE) {
        channel.write(MAGIC);
        channel.align();
      }
      MessageSerializer.serialize(channel, schema, IpcOption.DEFAULT);
    }

    @Override
    public void commit(Encoded encoded, KernelContext context) throws Exception {
      ArrowMessageBytes message = (ArrowMessageBytes) encoded;
      blocks.add(context.blocking(() -> message.write(channel)));
    }

    @Override
    public void complete() throws IOException {
      channel.writeIntLittleEndian(MessageSerializer.IPC_CONTINUATION_TOKEN);
      channel.writeIntLittleEndian(0);
      if (format == Format.FILE) {
        long start = channel.getCurrentPosition();
        channel.write(new ArrowFooter(schema, List.of(), blocks), false);
        channel.writeIntLittleEndian((int) (channel.getCurrentPosition() - start));
        file.write(ByteBuffer.wrap(MAGIC));
      }
      file.complete();
    }

    @Override
    public void finish() throws IOException {
      file.finish();
    }

    /** The length of the file, then place and lengths of each record batch. */
    @Override
    public byte[] checkpoint() throws IOException {
      file.force();
      ByteBuffer state =
          ByteBuffer.allocate(Long.BYTES + blocks.size() * (2 * Long.BYTES + Integer.BYTES));
      state.putLong(file.bytes());
      for (ArrowBlock block : blocks) {
        state.putLong(block.getOffset());
        state.putInt(block.getMetadataLength());
        state.putLong(block.getBodyLength());
      }
      return state.array();
    }

    private void restore(ByteBuffer state) {
      state.getLong();
      while (state.hasRemaining()) {
        blocks.add(new ArrowBlock(state.getLong(), state.getInt(), state.getLong()));
      }
    }

    @Override
    public long bytes() {
      return file.bytes();
    }

    @Override
    public void close() throws IOException {
      file.close();
    }
  }

  /** Counts from where the file was, which is a multiple of 8. */
  private static final class At extends WriteChannel {
    private final long start;

    At(AtomicFile file) {
      super(file);
      this.start = file.bytes();
    }

    @Override
    public long getCurrentPosition() {
      return start + super.getCurrentPosition();
    }
  }
}
