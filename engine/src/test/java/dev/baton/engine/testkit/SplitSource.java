package dev.baton.engine.testkit;

import dev.baton.engine.batch.Batch;
import dev.baton.engine.operator.KernelContext;
import dev.baton.engine.source.Decoder;
import dev.baton.engine.source.OpenSource;
import dev.baton.engine.source.Source;
import dev.baton.engine.source.Split;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import org.apache.arrow.vector.types.pojo.Schema;

/**
 * Splits of any number of batches in memory, which stay the caller's.
 *
 * @param schema of all the batches
 */
public record SplitSource(Schema schema, List<List<Batch>> splits) implements Source {
  private record Batches(List<Batch> batches) implements Split {
    @Override
    public long bytes() {
      return 1;
    }
  }

  @Override
  public OpenSource open() {
    return new OpenSource() {
      @Override
      public Schema schema() {
        return schema;
      }

      @Override
      public long bytes() {
        return splits.size();
      }

      @Override
      public Iterator<? extends Split> splits() {
        return splits.stream().map(Batches::new).iterator();
      }

      @Override
      public Decoder decoder(List<String> columns, KernelContext context) {
        return new SharingDecoder(columns, context);
      }

      @Override
      public void close() {}
    };
  }

  private static final class SharingDecoder implements Decoder {
    private final List<String> columns;
    private final KernelContext context;
    private Iterator<Batch> left = Collections.emptyIterator();

    SharingDecoder(List<String> columns, KernelContext context) {
      this.columns = columns;
      this.context = context;
    }

    @Override
    public void start(Split split) {
      left = ((Batches) split).batches().iterator();
    }

    @Override
    public Batch next() {
      if (!left.hasNext()) {
        return null;
      }
      Batch from = left.next();
      // Sharing marks the columns of a batch, which several workers may read at once.
      synchronized (from) {
        return from.share(columns, context.allocator());
      }
    }

    @Override
    public void close() {}
  }
}
