package dev.baton.engine.internal.plan;

import dev.baton.engine.batch.BadRows;
import dev.baton.engine.batch.Batch;
import dev.baton.engine.batch.BatchMessage;
import dev.baton.engine.batch.Memory;
import dev.baton.engine.batch.Outgoing;
import dev.baton.engine.batch.StateRow;
import dev.baton.engine.operator.FitState;
import java.io.IOException;
import java.util.List;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.types.pojo.Schema;

/**
 * A {@link FitJob.Partial} as bytes: the split's sequence number, the rows and the length of the
 * bad rows, from 64 on the bad rows, and from the next multiple of 64 on the row of its states.
 */
final class PartialMessage implements Outgoing {
  private static final int HEADER = 64;

  private final FitJob.Partial partial;
  private final byte[] bad;
  private final BatchMessage states;

  PartialMessage(FitJob.Partial partial, BufferAllocator allocator) {
    this.partial = partial;
    this.bad = BadRows.write(partial.bad());
    try (Batch row = StateRow.of(partial.states(), allocator)) {
      this.states = new BatchMessage(row);
    }
  }

  @Override
  public long bytes() {
    return statesAt(bad.length) + states.bytes();
  }

  private static long statesAt(int badBytes) {
    return HEADER + ((badBytes + 63L) & -64);
  }

  @Override
  public void writeTo(long address) {
    Memory.putLong(address, partial.sequence());
    Memory.putLong(address + 8, partial.rows());
    Memory.putLong(address + 16, bad.length);
    Memory.copyFromArray(bad, 0, address + HEADER, bad.length);
    states.writeTo(address + statesAt(bad.length));
  }

  /**
   * The states in a message, which is only borrowed.
   *
   * @param states new ones
   * @param schema of their row
   */
  static FitJob.Partial read(
      ArrowBuf message, List<FitState<?>> states, Schema schema, BufferAllocator allocator)
      throws IOException {
    byte[] bad = new byte[Math.toIntExact(message.getLong(16))];
    message.getBytes(HEADER, bad);
    long at = statesAt(bad.length);
    try (Batch row =
        BatchMessage.read(schema, message.slice(at, message.capacity() - at), allocator)) {
      StateRow.read(row, states);
    }
    return new FitJob.Partial(message.getLong(0), states, message.getLong(8), BadRows.read(bad));
  }

  @Override
  public void close() {
    states.close();
  }
}
