package dev.baton.operators.io.arrow;

import dev.baton.engine.operator.KernelContext;
import dev.baton.engine.source.Decoder;
import dev.baton.engine.source.OpenSource;
import dev.baton.engine.source.Split;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.arrow.vector.types.pojo.Schema;

/** An Arrow file or stream whose record batches are found. */
final class OpenArrow implements OpenSource {
  /** A run of rows of one record batch. */
  record Slice(ArrowIndex.Block block, long first, int rows, long bytes) implements Split {}

  private final ArrowIndex index;
  private final Schema schema;
  private final List<Slice> slices = new ArrayList<>();

  OpenArrow(ArrowIndex index, int batchRows) {
    this.index = index;
    this.schema = new Schema(index.schema().getFields().stream().map(ArrowTypes::read).toList());
    for (ArrowIndex.Block block : index.batches()) {
      slice(block, batchRows);
    }
  }

  /** Slices of about equal size that start at multiples of 64 rows. */
  private void slice(ArrowIndex.Block block, int batchRows) {
    long parts = (block.rows() + batchRows - 1) / batchRows;
    long bytes = 0;
    for (long i = 0; i < parts; i++) {
      long first = start(block, parts, i);
      long end = i == parts - 1 ? block.rows() : start(block, parts, i + 1);
      long seen = block.message().bodyLength() / block.rows() * end;
      seen = i == parts - 1 ? block.message().bodyLength() : seen;
      slices.add(new Slice(block, first, (int) (end - first), seen - bytes));
      bytes = seen;
    }
  }

  private static long start(ArrowIndex.Block block, long parts, long part) {
    return block.rows() * part / parts & -64;
  }

  @Override
  public Schema schema() {
    return schema;
  }

  @Override
  public long bytes() {
    return slices.stream().mapToLong(Slice::bytes).sum();
  }

  @Override
  public Iterator<? extends Split> splits() {
    return slices.iterator();
  }

  @Override
  public Decoder decoder(List<String> columns, KernelContext context) throws IOException {
    return new ArrowDecoder(index, schema, columns, context);
  }

  @Override
  public void close() {}
}
