package dev.baton.operators.io.arrow;

import dev.baton.engine.batch.Memory;
import dev.baton.engine.source.Encoded;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.vector.ipc.WriteChannel;
import org.apache.arrow.vector.ipc.message.ArrowBlock;
import org.apache.arrow.vector.ipc.message.ArrowRecordBatch;
import org.apache.arrow.vector.ipc.message.IpcOption;
import org.apache.arrow.vector.ipc.message.MessageSerializer;

/** A record batch message on its way from a worker to the file. */
sealed interface ArrowMessageBytes extends Encoded {
  /** Writes the message and says where it is. */
  ArrowBlock write(WriteChannel channel) throws IOException;

  /** The buffers of a batch, where they are. */
  record Buffers(ArrowRecordBatch batch) implements ArrowMessageBytes {
    @Override
    public ArrowBlock write(WriteChannel channel) throws IOException {
      return MessageSerializer.serialize(channel, batch, IpcOption.DEFAULT);
    }

    @Override
    public long bytes() {
      int metadata = MessageSerializer.serializeMetadata(batch, IpcOption.DEFAULT).remaining();
      return 8L + (metadata + 7L & -8) + batch.computeBodyLength();
    }

    @Override
    public void writeTo(long address) {
      try {
        write(new WriteChannel(new MemoryChannel(address)));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public void close() {
      batch.close();
    }
  }

  /** A message that {@link Buffers} has written in another process. */
  record Received(ArrowBuf message) implements ArrowMessageBytes {
    @Override
    public ArrowBlock write(WriteChannel channel) throws IOException {
      long offset = channel.getCurrentPosition();
      int metadata = 8 + message.getInt(4);
      channel.write(message);
      return new ArrowBlock(offset, metadata, message.capacity() - metadata);
    }

    @Override
    public long bytes() {
      return message.capacity();
    }

    @Override
    public void writeTo(long address) {
      Memory.copy(message.memoryAddress(), address, message.capacity());
    }

    @Override
    public void close() {
      message.close();
    }
  }

  /** Writes one thing after the other to memory that is large enough. */
  final class MemoryChannel implements WritableByteChannel {
    private long at;

    MemoryChannel(long address) {
      this.at = address;
    }

    @Override
    public int write(ByteBuffer source) {
      int length = source.remaining();
      byte[] bytes = new byte[Math.min(length, 8192)];
      while (source.hasRemaining()) {
        int part = Math.min(source.remaining(), bytes.length);
        source.get(bytes, 0, part);
        Memory.copyFromArray(bytes, 0, at, part);
        at += part;
      }
      return length;
    }

    @Override
    public boolean isOpen() {
      return true;
    }

    @Override
    public void close() {}
  }
}
