package dev.baton.engine.testkit;

import dev.baton.engine.batch.Batch;
import dev.baton.engine.operator.KernelContext;
import dev.baton.engine.source.Encoded;
import dev.baton.engine.source.Encoder;
import dev.baton.engine.source.OpenSink;
import dev.baton.engine.source.Sink;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.vector.types.pojo.Schema;

/** Keeps the rows on the heap, and refuses to commit after a number of batches if told to. */
public final class MemorySink implements Sink {
  private final int refuseAfter;
  private final AtomicInteger open = new AtomicInteger();
  private Rows rows;
  private boolean finished;

  public MemorySink() {
    this(Integer.MAX_VALUE);
  }

  /** A sink whose commit fails after that many batches, as a full disk would. */
  public MemorySink(int refuseAfter) {
    this.refuseAfter = refuseAfter;
  }

  /** The rows, or null when the output was never finished. */
  public Rows rows() {
    return finished ? rows : null;
  }

  /** Encoders, encoded batches and outputs not closed yet. */
  public int stillOpen() {
    return open.get();
  }

  private record Heap(Rows rows, AtomicInteger open) implements Encoded {
    @Override
    public long bytes() {
      return 0;
    }

    @Override
    public void writeTo(long address) {
      throw new UnsupportedOperationException("rows on the heap do not travel");
    }

    @Override
    public void close() {
      open.decrementAndGet();
    }
  }

  @Override
  public Encoder encoder(Schema schema, KernelContext context) {
    open.incrementAndGet();
    return new Encoder() {
      @Override
      public Encoded encode(Batch batch) {
        open.incrementAndGet();
        return new Heap(Rows.of(batch), open);
      }

      @Override
      public void close() {
        open.decrementAndGet();
      }
    };
  }

  @Override
  public Encoded receive(ArrowBuf bytes) {
    throw new UnsupportedOperationException("rows on the heap do not travel");
  }

  @Override
  public OpenSink open(Schema schema) {
    open.incrementAndGet();
    rows = Rows.of(schema);
    finished = false;
    return new OpenSink() {
      private int committed;

      @Override
      public void commit(Encoded encoded, KernelContext context) throws IOException {
        if (committed++ == refuseAfter) {
          throw new IOException("No space left on device");
        }
        rows = rows.plus(((Heap) encoded).rows());
      }

      @Override
      public void finish() {
        finished = true;
      }

      @Override
      public long bytes() {
        return rows.size();
      }

      @Override
      public void close() {
        open.decrementAndGet();
      }
    };
  }
}
