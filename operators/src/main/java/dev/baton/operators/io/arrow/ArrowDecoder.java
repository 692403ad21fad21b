package dev.baton.operators.io.arrow;

import dev.baton.engine.batch.Batch;
import dev.baton.engine.operator.KernelContext;
import dev.baton.engine.source.Decoder;
import dev.baton.engine.source.SourceException;
import dev.baton.engine.source.Split;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import org.apache.arrow.flatbuf.DictionaryBatch;
import org.apache.arrow.flatbuf.RecordBatch;
import org.apache.arrow.vector.BaseIntVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.FieldType;

/** Reads slices of record batches, the wanted columns only. */
final class ArrowDecoder implements Decoder {
  private final ArrowIndex index;
  private final List<ArrowColumn> columns;
  private final KernelContext context;
  private final IdentityHashMap<ArrowMessage, FieldVector> dictionaries = new IdentityHashMap<>();
  private FileChannel channel;
  private OpenArrow.Slice slice;

  ArrowDecoder(ArrowIndex index, List<ArrowColumn> columns, KernelContext context) {
    this.index = index;
    this.columns = columns;
    this.context = context;
  }

  @Override
  public void start(Split split) {
    slice = (OpenArrow.Slice) split;
  }

  @Override
  public Batch next() throws Exception {
    if (slice == null) {
      return null;
    }
    OpenArrow.Slice now = slice;
    slice = null;
    return context.blocking(() -> read(now));
  }

  private Batch read(OpenArrow.Slice now) throws IOException {
    if (channel == null) {
      channel = index.file().channel();
    }
    ArrowIndex.Block block = index.batches().get(now.block());
    List<FieldVector> read = new ArrayList<>();
    try {
      RecordBatch header = (RecordBatch) block.message().header().header(new RecordBatch());
      BlockReader reader = reader(block.message(), header);
      for (ArrowColumn column : columns) {
        read.add(read(reader, block, column, now));
      }
      return Batch.of(now.rows(), read);
    } catch (IndexOutOfBoundsException | IllegalArgumentException | NullPointerException e) {
      read.forEach(FieldVector::close);
      throw new SourceException(
          block.message().place() + ": the record batch is corrupt (" + e + ")", e);
    } catch (Throwable e) {
      read.forEach(FieldVector::close);
      throw e;
    }
  }

  private BlockReader reader(ArrowMessage message, RecordBatch header) throws IOException {
    return new BlockReader(message, header, channel, context.allocator());
  }

  private FieldVector read(
      BlockReader reader, ArrowIndex.Block block, ArrowColumn column, OpenArrow.Slice now)
      throws IOException {
    ColumnReader columnReader = new ColumnReader(reader, context.allocator());
    boolean encoded = column.dictionary() >= 0;
    Field held = encoded ? column.stored() : column.field();
    FieldVector vector =
        columnReader.read(
            column.stored(), held, column.node(), column.buffer(), now.first(), now.rows());
    if (!encoded) {
      return vector;
    }
    try (vector) {
      return decode((BaseIntVector) vector, dictionary(block, column), column, reader);
    }
  }

  private FieldVector dictionary(ArrowIndex.Block block, ArrowColumn column) throws IOException {
    ArrowMessage message = block.dictionaries().get(column.dictionary());
    if (message == null) {
      throw new SourceException(
          String.format(
              "%s: the dictionary of column '%s' comes after it or not at all; the file is corrupt",
              block.message().place(), column.field().getName()));
    }
    FieldVector known = dictionaries.get(message);
    if (known == null) {
      DictionaryBatch header = (DictionaryBatch) message.header().header(new DictionaryBatch());
      BlockReader reader = reader(message, header.data());
      Field stored = index.schema().findField(column.field().getName());
      Field values = new Field(stored.getName(), plain(stored), stored.getChildren());
      known =
          new ColumnReader(reader, context.allocator())
              .read(values, column.field(), 0, 0, 0, reader.rows());
      dictionaries.put(message, known);
    }
    return known;
  }

  private static FieldType plain(Field stored) {
    return FieldType.nullable(stored.getType());
  }

  private FieldVector decode(
      BaseIntVector codes, FieldVector values, ArrowColumn column, BlockReader reader)
      throws IOException {
    int rows = codes.getValueCount();
    FieldVector decoded = column.field().createVector(context.allocator());
    try {
      decoded.setInitialCapacity(rows);
      decoded.allocateNew();
      for (int row = 0; row < rows; row++) {
        if (codes.isNull(row)) {
          decoded.setNull(row);
          continue;
        }
        long code = codes.getValueAsLong(row);
        if (code < 0 || code >= values.getValueCount()) {
          throw reader.error(
              String.format(
                  "column '%s' has code %d in a dictionary of %d; the file is corrupt",
                  column.field().getName(), code, values.getValueCount()));
        }
        decoded.copyFromSafe((int) code, row, values);
      }
      decoded.setValueCount(rows);
      return decoded;
    } catch (Throwable e) {
      decoded.close();
      throw e;
    }
  }

  @Override
  public void close() throws IOException {
    dictionaries.values().forEach(FieldVector::close);
    dictionaries.clear();
    if (channel != null) {
      channel.close();
    }
  }
}
