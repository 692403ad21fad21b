package dev.baton.operators.parquet;

import dev.baton.engine.batch.Batch;
import dev.baton.engine.operator.KernelContext;
import dev.baton.engine.source.Encoded;
import dev.baton.engine.source.Encoder;
import java.util.ArrayList;
import java.util.List;
import org.apache.parquet.format.Type;

/** Turns batches into pieces of columns; what it makes of a batch depends on nothing else. */
final class ParquetEncoder implements Encoder {
  private final List<PieceWriter> writers = new ArrayList<>();
  private final KernelContext context;
  private final PieceWriter.Scratch scratch;
  private long expected = 64 * 1024;

  ParquetEncoder(List<WrittenColumn> columns, Codec codec, KernelContext context) {
    this.context = context;
    this.scratch = new PieceWriter.Scratch(codec, context.allocator());
    for (WrittenColumn column : columns) {
      writers.add(
          column.physical() == Type.BYTE_ARRAY
              ? new TextPieceWriter(column, scratch)
              : column.physical() == Type.BOOLEAN
                  ? new BooleanPieceWriter(column, scratch)
                  : new FixedPieceWriter(column, scratch));
    }
  }

  @Override
  public Encoded encode(Batch batch) throws Exception {
    GrowingBuffer out = new GrowingBuffer(context.allocator(), expected);
    try {
      for (int first = 0; first < batch.rows(); first += Pieces.MOST_ROWS) {
        int rows = Math.min(Pieces.MOST_ROWS, batch.rows() - first);
        for (PieceWriter writer : writers) {
          writer.write(batch.column(writer.column.name()), first, rows, out);
          context.checkpoint();
        }
      }
      expected = out.used() + out.used() / 8L + 4096;
      return new Pieces(out.buffer(), out.used());
    } catch (Throwable e) {
      out.close();
      throw e;
    }
  }

  @Override
  public void close() {
    scratch.close();
  }
}
