package dev.baton.operators.io.arrow;

import dev.baton.engine.batch.Batch;
import dev.baton.engine.source.Encoded;
import dev.baton.engine.source.Encoder;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.VectorUnloader;
import org.apache.arrow.vector.compression.CompressionCodec;

/** Takes references to the buffers of a batch, which are not copied, or compresses them. */
final class ArrowEncoder implements Encoder {
  private final CompressionCodec codec;

  ArrowEncoder(CompressionCodec codec) {
    this.codec = codec;
  }

  @Override
  public Encoded encode(Batch batch) {
    List<FieldVector> columns = new ArrayList<>(batch.width());
    for (int i = 0; i < batch.width(); i++) {
      columns.add(batch.column(i));
    }
    // Not closed: the root only borrows the columns.
    VectorSchemaRoot root = new VectorSchemaRoot(batch.schema(), columns, batch.rows());
    return new ArrowMessageBytes.Buffers(
        new VectorUnloader(root, true, codec, true).getRecordBatch());
  }

  @Override
  public void close() {}
}
