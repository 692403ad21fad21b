package dev.baton.operators.internal;

import dev.baton.engine.batch.Batch;
import dev.baton.engine.operator.KernelContext;
import dev.baton.engine.source.Decoder;
import dev.baton.engine.source.OnBad;
import dev.baton.engine.source.OpenSource;
import dev.baton.engine.source.Source;
import dev.baton.engine.source.Split;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;

/** Tables that an operator reads as a whole, on the calling thread, before it sees any row. */
public final class SmallTable {
  private SmallTable() {}

  /**
   * Reads some columns of a source, in the order of its schema, batch by batch.
   *
   * @param rows takes each batch, which is only borrowed
   */
  public static void read(Source source, List<String> columns, Consumer<Batch> rows) {
    try (BufferAllocator allocator = new RootAllocator();
        OpenSource open = source.open();
        Decoder decoder = open.decoder(columns, new Alone(allocator))) {
      checkStrict(open);
      for (Iterator<? extends Split> splits = open.splits(); splits.hasNext(); ) {
        decoder.start(splits.next());
        Batch next;
        while ((next = decoder.next()) != null) {
          try (Batch batch = next) {
            rows.accept(batch);
          }
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e.getMessage(), e);
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  /** Fails for a source that would leave out rows, which nobody would count here. */
  public static void checkStrict(OpenSource open) {
    if (!(open.onBad() instanceof OnBad.Fail)) {
      throw new IllegalArgumentException(
          "a table that a step reads as a whole must have no bad rows: leave out 'bad'");
    }
  }

  /** A context without a worker. */
  private record Alone(BufferAllocator allocator) implements KernelContext {
    @Override
    public void checkpoint() {}

    @Override
    public <T> T blocking(Callable<T> action) throws Exception {
      return action.call();
    }
  }
}
