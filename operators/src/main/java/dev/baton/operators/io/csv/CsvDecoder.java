package dev.baton.operators.io.csv;

import dev.baton.engine.batch.Batch;
import dev.baton.engine.operator.KernelContext;
import dev.baton.engine.source.Decoder;
import dev.baton.engine.source.Split;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.vector.FieldVector;

/**
 * Reads a split into memory as a whole, then parses it a chunk of rows at a time: first all fields
 * of the chunk are found, then the wanted ones are parsed column by column.
 */
final class CsvDecoder implements Decoder {
  /** A multiple of 64; a split of tiny rows makes several batches. */
  private static final int MOST_ROWS = 64 * 1024;

  private static final int MOST_BATCH_BYTES = 16 << 20;

  private final CsvTable table;
  private final KernelContext context;
  private final Tokenizer tokenizer;
  private final ColumnReader[] readers;
  private final int width;
  private FileChannel channel;
  private ArrowBuf text;
  private CsvSplits.Range range;
  private boolean loaded;

  CsvDecoder(CsvTable table, List<String> columns, KernelContext context) {
    this.table = table;
    this.context = context;
    this.width = table.columns().size();
    this.tokenizer = new Tokenizer(width, table.file().delimiter());
    List<ColumnReader> readers = new ArrayList<>();
    for (CsvColumn column : table.columns()) {
      if (columns.contains(column.name())) {
        readers.add(ColumnReader.of(column, table.nulls()));
      }
    }
    this.readers = readers.toArray(ColumnReader[]::new);
  }

  @Override
  public void start(Split split) {
    range = (CsvSplits.Range) split;
    loaded = false;
  }

  @Override
  public Batch next() throws Exception {
    if (!loaded) {
      load();
    }
    if (tokenizer.done()) {
      return null;
    }
    try {
      return decode();
    } catch (BadField e) {
      close(readers);
      throw CsvTable.locate(
          e, table.file(), table.columns().stream().map(CsvColumn::name).toList(), range.start());
    } catch (Throwable e) {
      close(readers);
      throw e;
    }
  }

  private void load() throws Exception {
    int length = (int) range.bytes();
    if (text == null || text.capacity() < length + Tokenizer.PADDING) {
      release();
      text = context.allocator().buffer(length + Tokenizer.PADDING);
    }
    context.blocking(
        () -> {
          if (channel == null) {
            channel = table.file().channel();
          }
          table.file().read(channel, text.nioBuffer(0, length), range.start());
          return null;
        });
    tokenizer.start(text.memoryAddress(), length);
    loaded = true;
  }

  private Batch decode() {
    long base = text.memoryAddress();
    int first = tokenizer.position();
    int rows = 0;
    while (rows < MOST_ROWS && tokenizer.position() - first < MOST_BATCH_BYTES) {
      int found = tokenizer.next();
      if (found == 0) {
        break;
      }
      if (rows == 0) {
        begin(found, tokenizer.position() - first, (int) range.bytes() - first);
      }
      long[] index = tokenizer.index();
      for (ColumnReader reader : readers) {
        reader.read(base, index, width, rows, found);
      }
      rows += found;
      context.checkpoint();
    }
    if (rows == 0) {
      return null;
    }
    List<FieldVector> columns = new ArrayList<>(readers.length);
    try {
      for (ColumnReader reader : readers) {
        columns.add(reader.finish(rows));
      }
      return Batch.of(rows, columns);
    } catch (Throwable e) {
      columns.forEach(FieldVector::close);
      throw e;
    }
  }

  /** Sizes the columns by the first chunk: {@code found} rows took {@code used} bytes. */
  private void begin(int found, int used, int bytes) {
    long expected = (long) found * bytes / used;
    int rows = (int) Math.min(MOST_ROWS, expected + expected / 16 + 64);
    for (ColumnReader reader : readers) {
      reader.begin(context.allocator(), rows);
    }
  }

  private static void close(ColumnReader[] readers) {
    for (ColumnReader reader : readers) {
      reader.close();
    }
  }

  private void release() {
    if (text != null) {
      text.close();
      text = null;
    }
  }

  @Override
  public void close() throws IOException {
    close(readers);
    release();
    if (channel != null) {
      channel.close();
    }
  }
}
