package dev.baton.operators.io.idx;

import dev.baton.engine.batch.Batch;
import dev.baton.engine.batch.Memory;
import dev.baton.engine.batch.Origin;
import dev.baton.engine.batch.Validity;
import dev.baton.engine.operator.KernelContext;
import dev.baton.engine.source.Decoder;
import dev.baton.engine.source.Split;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.util.List;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.ipc.message.ArrowFieldNode;
import org.apache.arrow.vector.types.pojo.Field;

/** Reads numbers as they are in the file and turns their bytes round. */
final class IdxDecoder implements Decoder {
  private final IdxHeader header;
  private final Field field;
  private final KernelContext context;
  private FileChannel channel;
  private OpenIdx.Run run;

  /**
   * @param field null when nobody wants the column
   */
  IdxDecoder(IdxHeader header, Field field, KernelContext context) {
    this.header = header;
    this.field = field;
    this.context = context;
  }

  @Override
  public void start(Split split) {
    run = (OpenIdx.Run) split;
  }

  @Override
  public Batch next() throws Exception {
    if (run == null) {
      return null;
    }
    OpenIdx.Run current = run;
    run = null;
    Batch batch = field == null ? Batch.of(current.rows(), List.of()) : read(current);
    batch.origin(Origin.ofRows(header.file().path().toString(), current.first()));
    return batch;
  }

  private Batch read(OpenIdx.Run current) throws Exception {
    FieldVector vector = field.createVector(context.allocator());
    try {
      load(vector, current);
      return Batch.of(current.rows(), List.of(vector));
    } catch (Throwable e) {
      vector.close();
      throw e;
    }
  }

  private void load(FieldVector vector, OpenIdx.Run run) throws Exception {
    int count = run.rows() * header.numbers();
    try (ArrowBuf numbers = context.allocator().buffer(run.bytes());
        ArrowBuf valid = allValid(count)) {
      context.blocking(
          () -> {
            channel = channel == null ? header.file().channel() : channel;
            long at = header.start() + run.first() * header.rowBytes();
            header.file().read(channel, numbers.nioBuffer(0, (int) run.bytes()), at);
            return null;
          });
      turn(numbers.memoryAddress(), count);
      numbers.writerIndex(run.bytes());
      ArrowFieldNode node = new ArrowFieldNode(count, 0);
      if (header.dimensions() == 1) {
        vector.loadFieldBuffers(node, List.of(valid, numbers));
        return;
      }
      vector.loadFieldBuffers(new ArrowFieldNode(run.rows(), 0), List.of(valid));
      vector.getChildrenFromFields().get(0).loadFieldBuffers(node, List.of(valid, numbers));
    }
  }

  private ArrowBuf allValid(int count) {
    ArrowBuf bits = context.allocator().buffer(Validity.bytes(count) + 8L);
    Memory.fill(bits.memoryAddress(), bits.capacity(), (byte) 0);
    Validity.setAll(bits, count);
    bits.writerIndex(Validity.bytes(count));
    return bits;
  }

  private void turn(long address, int count) {
    for (int i = 0; i < count; i++) {
      switch (header.width()) {
        case 8 ->
            Memory.putLong(address + 8L * i, Long.reverseBytes(Memory.getLong(address + 8L * i)));
        case 4 ->
            Memory.putInt(address + 4L * i, Integer.reverseBytes(Memory.getInt(address + 4L * i)));
        case 2 ->
            Memory.putShort(
                address + 2L * i, Short.reverseBytes(Memory.getShort(address + 2L * i)));
        default -> {
          return;
        }
      }
      if ((i & 0xFFFF) == 0xFFFF) {
        context.checkpoint();
      }
    }
  }

  @Override
  public void close() throws IOException {
    if (channel != null) {
      channel.close();
    }
  }
}
