package dev.baton.operators.parquet;

import dev.baton.engine.batch.Batch;
import dev.baton.engine.batch.Origin;
import dev.baton.engine.operator.BoundTransform;
import dev.baton.engine.operator.Kernel;
import dev.baton.engine.operator.KernelContext;
import dev.baton.engine.operator.ValueException;
import dev.baton.engine.source.Decoder;
import dev.baton.engine.source.SourceException;
import dev.baton.engine.source.Split;
import dev.baton.operators.expression.Expression;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Reads the wanted columns of slices, batch by batch, and keeps the rows that a filter keeps;
 * batches of which the page index proves that it keeps none are passed over. A slice that goes on
 * where the last one ended costs no more than if they were one; else the pages before it are passed
 * over.
 */
final class ParquetDecoder implements Decoder {
  private final ParquetFile file;
  private final List<String> wanted;
  private final KernelContext context;
  private final FileChannel channel;
  private final Decompressor decompressor = new Decompressor();
  private final List<ColumnReader> readers = new ArrayList<>();

  /** Null when all rows are wanted. */
  private final Kernel filter;

  /** Null with it. */
  private final PageIndex index;

  private int group;
  private int batchRows;

  /** The next row of the group, and how many rows of the slice are not read yet. */
  private long row;

  private long left;

  /**
   * @param where null when all rows are wanted
   * @param filter where as a step, or null with it
   */
  ParquetDecoder(
      ParquetFile file,
      List<String> wanted,
      Expression where,
      BoundTransform filter,
      KernelContext context)
      throws IOException {
    this.file = file;
    this.wanted = wanted;
    this.context = context;
    Set<String> read = new HashSet<>(wanted);
    if (filter != null) {
      read.addAll(filter.reads());
    }
    for (ParquetColumn column : file.columns()) {
      if (wanted.contains(column.name()) && column.refusal() != null) {
        throw new SourceException(
            String.format(
                "%s: column '%s' is %s, which Baton does not read from Parquet; drop it first in the"
                    + " pipeline, or flatten it with DuckDB: COPY (SELECT … FROM '%s') TO 'flat.parquet'",
                file.file().path(), column.name(), column.refusal(), file.file().path()));
      }
    }
    channel = file.file().channel();
    for (ParquetColumn column : file.columns()) {
      if (read.contains(column.name())) {
        PageReader pages = new PageReader(file, column, channel, decompressor, context);
        readers.add(
            column.isText()
                ? new TextColumnReader(file, column, pages, context)
                : new FixedColumnReader(file, column, pages, context));
      }
    }
    try {
      this.filter = filter == null ? null : filter.kernels().open(context);
      this.index = filter == null ? null : new PageIndex(file, channel, where, filter.reads());
    } catch (Throwable e) {
      channel.close();
      throw e;
    }
  }

  @Override
  public void start(Split split) throws IOException {
    OpenParquet.Slice slice = (OpenParquet.Slice) split;
    group = slice.group();
    batchRows = slice.batchRows();
    row = slice.first();
    left = slice.rows();
  }

  @Override
  public Batch next() throws Exception {
    while (left > 0) {
      int rows = (int) Math.min(batchRows, left);
      row += rows;
      left -= rows;
      if (index != null && !index.canBeTrue(group, row - rows, rows)) {
        continue;
      }
      Batch batch = read(row - rows, rows);
      if (filter == null) {
        return batch;
      }
      try {
        filter.apply(batch);
        batch.retain(wanted);
      } catch (ValueException e) {
        batch.close();
        throw new SourceException(
            String.format(
                "%s, row group %d, column '%s': %s",
                file.file().path(), group, e.column(), e.getMessage()),
            e);
      } catch (Throwable e) {
        batch.close();
        throw e;
      }
      if (batch.rows() > 0) {
        return batch;
      }
      batch.close();
    }
    return null;
  }

  private Batch read(long first, int rows) throws Exception {
    Batch batch = Batch.of(rows, List.of());
    try {
      for (ColumnReader reader : readers) {
        reader.seek(group, first);
        reader.read(batch);
        context.checkpoint();
      }
      long before = file.groups().get(group).first();
      batch.origin(Origin.ofRows(file.file().path().toString(), before + first));
      return batch;
    } catch (Throwable e) {
      batch.close();
      throw e;
    }
  }

  @Override
  public void close() throws IOException {
    if (filter != null) {
      filter.close();
    }
    readers.forEach(ColumnReader::close);
    decompressor.close();
    channel.close();
  }
}
