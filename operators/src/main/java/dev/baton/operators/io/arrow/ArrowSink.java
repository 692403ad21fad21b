package dev.baton.operators.io.arrow;

import dev.baton.engine.operator.KernelContext;
import dev.baton.engine.source.Encoded;
import dev.baton.engine.source.Encoder;
import dev.baton.engine.source.OpenSink;
import dev.baton.engine.source.Sink;
import dev.baton.operators.io.AtomicFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.arrow.vector.ipc.WriteChannel;
import org.apache.arrow.vector.ipc.message.ArrowBlock;
import org.apache.arrow.vector.ipc.message.ArrowFooter;
import org.apache.arrow.vector.ipc.message.ArrowRecordBatch;
import org.apache.arrow.vector.ipc.message.IpcOption;
import org.apache.arrow.vector.ipc.message.MessageSerializer;
import org.apache.arrow.vector.types.pojo.Schema;

/**
 * An Arrow IPC file or stream that appears under its name when all is written. Each batch becomes a
 * record batch; its buffers are written from where they are. Not compressed.
 *
 * @param path the file; one that exists is replaced
 * @param format {@code file} (with a footer, so that record batches can be found; the default) or
 *     {@code stream}
 */
public record ArrowSink(Path path, Format format) implements Sink {
  /** What the file looks like. */
  public enum Format {
    FILE,
    STREAM
  }

  private static final byte[] MAGIC = "ARROW1".getBytes(StandardCharsets.US_ASCII);

  public ArrowSink {
    Objects.requireNonNull(format, "format");
  }

  public ArrowSink(Path path) {
    this(path, Format.FILE);
  }

  @Override
  public OpenSink open(Schema schema) throws IOException {
    AtomicFile file = AtomicFile.create(path);
    try {
      return new Open(file, schema, format);
    } catch (Throwable e) {
      file.close();
      throw e;
    }
  }

  /** Buffers on their way from a worker to the file. */
  record Buffers(ArrowRecordBatch batch) implements Encoded {
    @Override
    public void close() {
      batch.close();
    }
  }

  private static final class Open implements OpenSink {
    private final AtomicFile file;
    private final WriteChannel channel;
    private final Schema schema;
    private final Format format;
    private final List<ArrowBlock> blocks = new ArrayList<>();

    Open(AtomicFile file, Schema schema, Format format) throws IOException {
      this.file = file;
      this.channel = new WriteChannel(file);
      this.schema = schema;
      this.format = format;
      if (format == Format.FILE) {
        channel.write(MAGIC);
        channel.align();
      }
      MessageSerializer.serialize(channel, schema, IpcOption.DEFAULT);
    }

    @Override
    public Encoder encoder(KernelContext context) {
      return new ArrowEncoder();
    }

    @Override
    public void commit(Encoded encoded, KernelContext context) throws Exception {
      ArrowRecordBatch batch = ((Buffers) encoded).batch();
      blocks.add(
          context.blocking(() -> MessageSerializer.serialize(channel, batch, IpcOption.DEFAULT)));
    }

    @Override
    public void finish() throws IOException {
      channel.writeIntLittleEndian(MessageSerializer.IPC_CONTINUATION_TOKEN);
      channel.writeIntLittleEndian(0);
      if (format == Format.FILE) {
        long start = channel.getCurrentPosition();
        channel.write(new ArrowFooter(schema, List.of(), blocks), false);
        channel.writeIntLittleEndian((int) (channel.getCurrentPosition() - start));
        file.write(ByteBuffer.wrap(MAGIC));
      }
      file.finish();
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
}
