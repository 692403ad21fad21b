package dev.baton.operators.io.fields;

import dev.baton.engine.batch.Batch;
import dev.baton.engine.batch.Memory;
import dev.baton.engine.operator.KernelContext;
import dev.baton.engine.source.Decoder;
import dev.baton.engine.source.Split;
import dev.baton.operators.io.ByteSplits;
import dev.baton.operators.io.PackedText;
import dev.baton.operators.io.RowPlaces;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.vector.FieldVector;

/**
 * Reads a split into memory as a whole, then parses it a chunk of rows at a time: first all fields
 * of the chunk are found, then the wanted ones are parsed column by column.
 */
public final class FieldDecoder implements Decoder {
  /** A multiple of 64; a split of tiny rows makes several batches. */
  private static final int MOST_ROWS = 64 * 1024;

  private static final int MOST_BATCH_BYTES = 16 << 20;

  private final FieldTable table;
  private final KernelContext context;
  private final FieldIndexer indexer;
  private final ColumnReader[] readers;
  private final List<String> wanted;

  /** Null when the first bad row is to fail the run. */
  private final BadRecords bad;

  /** Null when nobody asks where rows come from. */
  private final RowPlaces places;

  private final int width;
  private FileChannel channel;
  private ArrowBuf text;
  private Split split;
  private int length;

  /** Where the split starts in the text of the file, and in which line, 0 if that is not known. */
  private long start;

  private long line;
  private boolean loaded;

  /**
   * A decoder for one worker.
   *
   * @param indexers makes the indexer, given what takes records that cannot be split into fields,
   *     or null to fail at the first
   * @param origins whether batches are to tell where their rows came from
   */
  public FieldDecoder(
      FieldTable table,
      List<String> columns,
      Function<BadRecords, FieldIndexer> indexers,
      boolean origins,
      KernelContext context) {
    this.table = table;
    this.context = context;
    this.width = table.columns().size();
    this.wanted = columns;
    this.bad = table.strict() ? null : new BadRecords(table);
    this.places = origins ? new RowPlaces(table.file().path()) : null;
    this.indexer = indexers.apply(bad);
    List<ColumnReader> readers = new ArrayList<>();
    for (FieldColumn column : table.columns()) {
      if (bad != null || columns.contains(column.name())) {
        readers.add(ColumnReader.of(column, table.nulls(), bad));
      }
    }
    this.readers = readers.toArray(ColumnReader[]::new);
  }

  @Override
  public void start(Split next) {
    split = next;
    loaded = false;
    if (next instanceof PackedText.Block block) {
      start = block.start();
      line = block.line();
      length = block.length();
    } else {
      ByteSplits.Range range = (ByteSplits.Range) next;
      start = range.start();
      line = range.line();
      length = (int) range.bytes();
    }
    if (places != null) {
      places.startText(start, line);
    }
  }

  @Override
  public Batch next() throws Exception {
    if (!loaded) {
      load();
    }
    if (indexer.done()) {
      return null;
    }
    try {
      return decode();
    } catch (BadField e) {
      close(readers);
      throw FieldTable.locate(
          e,
          table.file(),
          table.columns().stream().map(FieldColumn::name).toList(),
          text.memoryAddress(),
          start,
          line);
    } catch (Throwable e) {
      close(readers);
      throw e;
    }
  }

  private void load() throws Exception {
    if (text == null || text.capacity() < length + FieldIndexer.PADDING) {
      release();
      text = context.allocator().buffer(length + FieldIndexer.PADDING);
    }
    if (split instanceof PackedText.Block block) {
      Memory.copy(block.address(), text.memoryAddress(), length);
    } else {
      read();
    }
    indexer.start(text.memoryAddress(), length);
    loaded = true;
  }

  private void read() throws Exception {
    context.blocking(
        () -> {
          if (channel == null) {
            channel = table.file().channel();
          }
          table.file().read(channel, text.nioBuffer(0, length), start);
          return null;
        });
  }

  private Batch decode() {
    long base = text.memoryAddress();
    int first = indexer.position();
    int rows = 0;
    if (bad != null) {
      bad.startBatch();
    }
    while (rows < MOST_ROWS && indexer.position() - first < MOST_BATCH_BYTES) {
      int found = indexer.next();
      if (found == 0) {
        break;
      }
      if (rows == 0) {
        begin(found, indexer.position() - first, length - first);
      }
      long[] index = indexer.index();
      for (ColumnReader reader : readers) {
        reader.read(base, index, width, rows, found);
      }
      if (bad != null) {
        bad.endChunk(indexer, base, start, line, rows, found);
      }
      for (int i = 0; places != null && i < found; i++) {
        places.add(base, indexer.recordStart(i, found));
      }
      rows += found;
      context.checkpoint();
    }
    if (rows == 0) {
      return null;
    }
    Batch batch = finish(rows);
    try {
      if (places != null) {
        batch.origin(places.take());
      }
      if (bad != null) {
        bad.settle(batch, wanted, context.allocator());
      }
      return batch;
    } catch (Throwable e) {
      batch.close();
      throw e;
    }
  }

  private Batch finish(int rows) {
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
