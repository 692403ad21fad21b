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
  /**
   * A run of rows of one record batch; all of them where it is compressed, for it can only be
   * unpacked as a whole.
   *
   * @param block the place of the batch among those of the file, which every process finds itself
   */
  record Slice(int block, long first, int rows, long bytes) implements Split {}

  private final ArrowIndex index;
  private final Schema schema;
  private final int batchRows;

  /** Null to read all. */
  private final Mapping mapping;

  private final List<Slice> slices = new ArrayList<>();

  /**
   * @param map whether columns may be the file itself
   */
  OpenArrow(ArrowIndex index, int batchRows, boolean map) {
    this.mapping = map ? new Mapping(index.file()) : null;
    this.index = index;
    this.batchRows = batchRows;
    this.schema = new Schema(index.schema().getFields().stream().map(ArrowTypes::read).toList());
    for (int i = 0; i < index.batches().size(); i++) {
      slice(i, index.batches().get(i), batchRows);
    }
  }

  /** Slices of about equal size that start at multiples of 64 rows. */
  private void slice(int number, ArrowIndex.Block block, int batchRows) {
    long parts = (block.rows() + batchRows - 1) / batchRows;
    if (block.compression() != null && parts > 1) {
      slices.add(new Slice(number, 0, (int) block.rows(), block.message().bodyLength()));
      return;
    }
    long bytes = 0;
    for (long i = 0; i < parts; i++) {
      long first = start(block, parts, i);
      long end = i == parts - 1 ? block.rows() : start(block, parts, i + 1);
      long seen = block.message().bodyLength() / block.rows() * end;
      seen = i == parts - 1 ? block.message().bodyLength() : seen;
      slices.add(new Slice(number, first, (int) (end - first), seen - bytes));
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
  public String version() {
    return index.file().version();
  }

  @Override
  public Iterator<? extends Split> splits() {
    return slices.iterator();
  }

  @Override
  public Decoder decoder(List<String> columns, KernelContext context) throws IOException {
    return new ArrowDecoder(index, schema, batchRows, mapping, columns, context);
  }

  @Override
  public void close() {}
}
