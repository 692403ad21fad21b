package dev.baton.engine.batch;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.flatbuf.Message;
import org.apache.arrow.flatbuf.RecordBatch;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VectorLoader;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.VectorUnloader;
import org.apache.arrow.vector.ipc.message.ArrowBuffer;
import org.apache.arrow.vector.ipc.message.ArrowRecordBatch;
import org.apache.arrow.vector.ipc.message.IpcOption;
import org.apache.arrow.vector.ipc.message.MessageSerializer;
import org.apache.arrow.vector.types.pojo.Schema;

/**
 * A batch as one run of bytes, to cross to another process: the lengths of the metadata and of what
 * is known of its rows, Arrow's own record batch metadata, {@link BadRows} and {@link Origin} if
 * there are, and at the next multiple of 64 the buffers as Arrow lays them out. The schema is not
 * part of it; both sides know it.
 */
public final class BatchMessage implements Outgoing {
  private final ArrowRecordBatch body;
  private final byte[] metadata;
  private final byte[] known;

  /** Refers to the memory of {@code batch}, which may be closed before this. */
  public BatchMessage(Batch batch) {
    List<FieldVector> columns = new ArrayList<>();
    for (int i = 0; i < batch.width(); i++) {
      columns.add(batch.column(i));
    }
    // Not closed: the root only borrows the columns.
    VectorSchemaRoot root = new VectorSchemaRoot(batch.schema(), columns, batch.rows());
    body = new VectorUnloader(root).getRecordBatch();
    ByteBuffer serialised = MessageSerializer.serializeMetadata(body, IpcOption.DEFAULT);
    metadata = new byte[serialised.remaining()];
    serialised.get(metadata);
    known = known(batch);
  }

  private static byte[] known(Batch batch) {
    if (batch.bad() == null && batch.origin() == null) {
      return new byte[0];
    }
    byte[] bad = BadRows.write(batch.bad());
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeInt(bad.length);
      out.write(bad);
      Origin.write(batch.origin(), out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private static void tell(Batch batch, byte[] known) throws IOException {
    if (known.length > 0) {
      try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(known))) {
        batch.bad(BadRows.read(in.readNBytes(in.readInt())));
        batch.origin(Origin.read(in));
      }
    }
  }

  @Override
  public long bytes() {
    return bodyOffset(metadata.length, known.length) + body.computeBodyLength();
  }

  @Override
  public void writeTo(long address) {
    Memory.putInt(address, metadata.length);
    Memory.putInt(address + 4, known.length);
    Memory.copyFromArray(metadata, 0, address + 8, metadata.length);
    Memory.copyFromArray(known, 0, address + 8 + metadata.length, known.length);
    long start = address + bodyOffset(metadata.length, known.length);
    List<ArrowBuffer> layout = body.getBuffersLayout();
    for (int i = 0; i < layout.size(); i++) {
      ArrowBuf buffer = body.getBuffers().get(i);
      if (buffer.readableBytes() > 0) {
        Memory.copy(
            buffer.memoryAddress() + buffer.readerIndex(),
            start + layout.get(i).getOffset(),
            buffer.readableBytes());
      }
    }
  }

  private static long bodyOffset(int metadataLength, int knownLength) {
    return (8L + metadataLength + knownLength + 63) & -64;
  }

  /**
   * The batch in a message, without copying: it refers to {@code message}, which is kept alive
   * until the batch is closed. The caller keeps its own reference to {@code message}.
   *
   * @throws IOException when the message is not one of that schema
   */
  public static Batch read(Schema schema, ArrowBuf message, BufferAllocator allocator)
      throws IOException {
    int metadataLength = message.getInt(0);
    int knownLength = message.getInt(4);
    if (metadataLength < 0
        || knownLength < 0
        || bodyOffset(metadataLength, knownLength) > message.capacity()) {
      throw new IOException(
          "a batch message has a metadata length of " + metadataLength + " and " + knownLength);
    }
    byte[] metadata = new byte[metadataLength];
    byte[] known = new byte[knownLength];
    message.getBytes(8, metadata);
    message.getBytes(8L + metadataLength, known);
    Message parsed = Message.getRootAsMessage(ByteBuffer.wrap(metadata));
    RecordBatch header = (RecordBatch) parsed.header(new RecordBatch());
    long start = bodyOffset(metadataLength, knownLength);
    ArrowBuf body = message.slice(start, message.capacity() - start);
    try (ArrowRecordBatch batch =
        MessageSerializer.deserializeRecordBatch(header, retained(body))) {
      VectorSchemaRoot root = VectorSchemaRoot.create(schema, allocator);
      try {
        new VectorLoader(root).load(batch);
        Batch read = Batch.of(batch.getLength(), root.getFieldVectors());
        tell(read, known);
        return read;
      } catch (Throwable e) {
        root.close();
        throw e;
      }
    }
  }

  // Deserialising gives back one reference to the body it was lent.
  private static ArrowBuf retained(ArrowBuf body) {
    body.getReferenceManager().retain();
    return body;
  }

  @Override
  public void close() {
    body.close();
  }
}
