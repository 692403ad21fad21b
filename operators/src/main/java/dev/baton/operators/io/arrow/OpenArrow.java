package dev.baton.operators.io.arrow;

import dev.baton.engine.batch.Types;
import dev.baton.engine.operator.KernelContext;
import dev.baton.engine.source.Decoder;
import dev.baton.engine.source.OpenSource;
import dev.baton.engine.source.SourceException;
import dev.baton.engine.source.Split;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Schema;

/** An Arrow file or stream whose messages are known. */
final class OpenArrow implements OpenSource {
  /**
   * Some rows of a record batch.
   *
   * @param first the first of them, a multiple of 64
   */
  record Slice(int block, int first, int rows, long bytes) implements Split {}

  private final ArrowIndex index;
  private final List<ArrowColumn> columns;
  private final List<Slice> slices = new ArrayList<>();
  private final Schema schema;

  OpenArrow(ArrowIndex index, int batchRows) {
    this.index = index;
    this.columns = ArrowColumn.of(index.schema());
    this.schema = new Schema(columns.stream().map(ArrowColumn::field).toList());
    for (int block = 0; block < index.batches().size(); block++) {
      int rows = (int) index.batches().get(block).rows();
      long bytes = index.batches().get(block).message().bodyLength();
      for (int first = 0; first < rows; first += batchRows) {
        int count = Math.min(batchRows, rows - first);
        slices.add(new Slice(block, first, count, bytes * count / rows));
      }
    }
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
  public Decoder decoder(List<String> wanted, KernelContext context) throws IOException {
    List<ArrowColumn> chosen = new ArrayList<>();
    for (ArrowColumn column : columns) {
      if (wanted.contains(column.field().getName())) {
        check(column);
        chosen.add(column);
      }
    }
    return new ArrowDecoder(index, chosen, context);
  }

  private void check(ArrowColumn column) throws SourceException {
    ArrowType type = column.stored().getType();
    String why = column.unsupported();
    if (why != null) {
      throw new SourceException(
          String.format(
              "%s: column '%s' is %s, of which %s is not supported; drop it before any other stage",
              index.file().path(), column.field().getName(), Types.name(type), why));
    }
  }

  @Override
  public void close() {}
}
