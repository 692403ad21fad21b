package dev.baton.engine.source;

import dev.baton.engine.batch.Batch;
import dev.baton.engine.operator.KernelContext;
import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.arrow.vector.types.pojo.Schema;

/**
 * Batches in memory as a source, each a split of its own. The batches stay the caller's, who closes
 * them after the last run; runs only share their memory. It has no file form.
 *
 * @param schema of all the batches
 */
public record MemorySource(Schema schema, List<Batch> batches) implements Source {
  public MemorySource {
    batches = List.copyOf(batches);
    for (Batch batch : batches) {
      if (!batch.schema().equals(schema)) {
        throw new IllegalArgumentException(
            "a batch has schema " + batch.schema() + " but the source has " + schema);
      }
    }
  }

  @Override
  public OpenSource open() {
    return new Open();
  }

  private record BatchSplit(int number, long bytes) implements Split {}

  private final class Open implements OpenSource {
    @Override
    public Schema schema() {
      return schema;
    }

    @Override
    public long bytes() {
      return batches.stream().mapToLong(Batch::bytes).sum();
    }

    @Override
    public Iterator<? extends Split> splits() {
      return IntStream.range(0, batches.size())
          .mapToObj(i -> new BatchSplit(i, batches.get(i).bytes()))
          .iterator();
    }

    @Override
    public Decoder decoder(List<String> columns, KernelContext context) {
      return new SharingDecoder(columns, context);
    }

    @Override
    public void close() {}
  }

  private final class SharingDecoder implements Decoder {
    private final List<String> columns;
    private final KernelContext context;
    private Batch current;

    SharingDecoder(List<String> columns, KernelContext context) {
      this.columns = columns;
      this.context = context;
    }

    @Override
    public void start(Split split) {
      current = batches.get(((BatchSplit) split).number());
    }

    @Override
    public Batch next() {
      if (current == null) {
        return null;
      }
      Batch from = current;
      current = null;
      // Sharing marks the columns of a batch, which several workers may read at once.
      synchronized (from) {
        return from.share(columns, context.allocator());
      }
    }

    @Override
    public void close() {}
  }
}
