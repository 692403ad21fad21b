package dev.baton.engine.internal.plan;

import dev.baton.engine.batch.Batch;
import dev.baton.engine.batch.BatchMessage;
import dev.baton.engine.batch.Memory;
import dev.baton.engine.batch.Outgoing;
import dev.baton.engine.batch.StateRow;
import dev.baton.engine.operator.FitState;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.memory.BufferAllocator;

/**
 * A {@link FitJob.Partial} as bytes: the split's sequence number, the rows, and then each state's
 * row with its length before it, all at multiples of 64.
 */
final class PartialMessage implements Outgoing {
  private static final int HEADER = 64;

  private final FitJob.Partial partial;
  private final List<BatchMessage> states = new ArrayList<>();

  PartialMessage(FitJob.Partial partial, BufferAllocator allocator) {
    this.partial = partial;
    try {
      for (FitState<?> state : partial.states()) {
        try (Batch row = StateRow.of(state, allocator)) {
          states.add(new BatchMessage(row));
        }
      }
    } catch (Throwable e) {
      close();
      throw e;
    }
  }

  @Override
  public long bytes() {
    return HEADER + states.stream().mapToLong(state -> HEADER + aligned(state.bytes())).sum();
  }

  private static long aligned(long bytes) {
    return (bytes + 63) & -64;
  }

  @Override
  public void writeTo(long address) {
    Memory.putLong(address, partial.sequence());
    Memory.putLong(address + 8, partial.rows());
    long at = address + HEADER;
    for (BatchMessage state : states) {
      Memory.putLong(at, state.bytes());
      state.writeTo(at + HEADER);
      at += HEADER + aligned(state.bytes());
    }
  }

  /**
   * The states in a message, which is only borrowed.
   *
   * @param newStates make an empty state each
   */
  static FitJob.Partial read(
      ArrowBuf message, List<Supplier<FitState<?>>> newStates, BufferAllocator allocator)
      throws IOException {
    List<FitState<?>> states = new ArrayList<>();
    long at = HEADER;
    for (Supplier<FitState<?>> newState : newStates) {
      FitState<?> state = newState.get();
      long bytes = message.getLong(at);
      ArrowBuf body = message.slice(at + HEADER, bytes);
      try (Batch row =
          BatchMessage.read(StateRow.schema(newState.get(), allocator), body, allocator)) {
        StateRow.read(row, state);
      }
      states.add(state);
      at += HEADER + aligned(bytes);
    }
    return new FitJob.Partial(message.getLong(0), states, message.getLong(8));
  }

  @Override
  public void close() {
    states.forEach(BatchMessage::close);
  }
}
