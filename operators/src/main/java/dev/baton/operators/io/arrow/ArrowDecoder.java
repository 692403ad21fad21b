package dev.baton.operators.io.arrow;

import dev.baton.engine.batch.Batch;
import dev.baton.engine.batch.Origin;
import dev.baton.engine.operator.KernelContext;
import dev.baton.engine.source.Decoder;
import dev.baton.engine.source.SourceException;
import dev.baton.engine.source.Split;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.flatbuf.RecordBatch;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.FieldType;
import org.apache.arrow.vector.types.pojo.Schema;

/** Reads the wanted columns of one slice of a record batch at a time. */
final class ArrowDecoder implements Decoder {
  private final ArrowIndex index;
  private final Schema schema;
  private final List<String> wanted;
  private final KernelContext context;
  private final Dictionaries dictionaries;
  private final int batchRows;
  private final Mapping mapping;
  private FileChannel channel;
  private OpenArrow.Slice slice;

  /** The first row of the next batch. */
  private long next;

  private Unpacked unpacked;

  ArrowDecoder(
      ArrowIndex index,
      Schema schema,
      int batchRows,
      Mapping mapping,
      List<String> wanted,
      KernelContext context)
      throws SourceException {
    this.index = index;
    this.schema = schema;
    this.batchRows = batchRows;
    this.mapping = mapping;
    this.wanted = wanted;
    this.context = context;
    this.dictionaries = new Dictionaries(context);
    for (Field field : index.schema().getFields()) {
      String refusal = wanted.contains(field.getName()) ? ArrowTypes.refusal(field, true) : null;
      if (refusal != null) {
        throw new SourceException(
            String.format(
                "%s: column '%s' is %s, which cannot be read; drop it first in the pipeline",
                index.file().path(), field.getName(), refusal));
      }
    }
  }

  @Override
  public void start(Split split) {
    slice = (OpenArrow.Slice) split;
    next = slice.first();
    ArrowIndex.Block block = index.batches().get(slice.block());
    if (unpacked != null && unpacked.message().offset() != block.message().offset()) {
      release();
    }
    if (unpacked == null && block.compression() != null) {
      unpacked = new Unpacked(block.message(), block.compression(), context);
    }
  }

  private void release() {
    if (unpacked != null) {
      unpacked.close();
      unpacked = null;
    }
  }

  @Override
  public Batch next() throws Exception {
    if (slice == null) {
      return null;
    }
    long left = slice.first() + slice.rows() - next;
    int rows = (int) (unpacked == null ? left : Math.min(batchRows, left));
    OpenArrow.Slice current = new OpenArrow.Slice(slice.block(), next, rows, 0);
    next += rows;
    if (rows == left) {
      slice = null;
    }
    if (channel == null) {
      channel = index.file().channel();
    }
    List<FieldVector> columns = new ArrayList<>();
    try {
      if (mapping != null) {
        index.file().checkUnchanged(channel);
      }
      List<String> mapped = read(current, columns);
      Batch batch = Batch.of(current.rows(), columns);
      mapped.forEach(batch::readOnly);
      long before = index.batches().get(current.block()).first();
      batch.origin(Origin.ofRows(index.file().path().toString(), before + current.first()));
      return batch;
    } catch (Throwable e) {
      columns.forEach(FieldVector::close);
      if (isMadeOfBadMetadata(e)) {
        throw new SourceException(
            index.batches().get(current.block()).message().place()
                + ": its metadata is corrupt ("
                + e
                + ")",
            e);
      }
      throw e;
    }
  }

  /** What Arrow and its metadata format throw when they are fed nonsense. */
  private static boolean isMadeOfBadMetadata(Throwable e) {
    return e instanceof IndexOutOfBoundsException
        || e instanceof ArithmeticException
        || e instanceof IllegalArgumentException
        || e instanceof UnsupportedOperationException
        || e instanceof NullPointerException;
  }

  /** Reads columns; returns which of them must not be written. */
  private List<String> read(OpenArrow.Slice slice, List<FieldVector> columns) throws Exception {
    List<String> mapped = new ArrayList<>();
    ArrowIndex.Block block = index.batches().get(slice.block());
    ArrowMessage message = block.message();
    RecordBatch header = (RecordBatch) message.header().header(new RecordBatch());
    BatchReader batch = new BatchReader(message, header, channel, mapping, unpacked, context);
    SliceReader reader = new SliceReader(batch, context);
    List<Field> written = index.schema().getFields();
    for (int i = 0; i < written.size() && columns.size() < wanted.size(); i++) {
      Field field = written.get(i);
      if (!wanted.contains(field.getName())) {
        batch.skip(field);
        continue;
      }
      Field made = schema.getFields().get(i);
      boolean encoded = field.getDictionary() != null;
      Field stored =
          encoded
              ? new Field(field.getName(), FieldType.nullable(ArrowTypes.stored(field)), null)
              : made;
      FieldVector vector = stored.createVector(context.allocator());
      columns.add(vector);
      reader.load(vector, field, slice.first(), slice.rows());
      if (encoded) {
        FieldVector decoded = dictionaries.decode(vector, field, made, block, channel);
        columns.set(columns.size() - 1, decoded);
        vector.close();
      }
      if (batch.takeMapped() && !encoded) {
        mapped.add(field.getName());
      }
      context.checkpoint();
    }
    return mapped;
  }

  @Override
  public void close() throws IOException {
    dictionaries.close();
    release();
    if (channel != null) {
      channel.close();
    }
  }
}
