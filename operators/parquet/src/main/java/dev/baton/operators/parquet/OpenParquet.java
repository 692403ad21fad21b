package dev.baton.operators.parquet;

import dev.baton.engine.operator.BindException;
import dev.baton.engine.operator.Binder;
import dev.baton.engine.operator.BoundTransform;
import dev.baton.engine.operator.KernelContext;
import dev.baton.engine.source.Decoder;
import dev.baton.engine.source.OpenSource;
import dev.baton.engine.source.Skipped;
import dev.baton.engine.source.SourceException;
import dev.baton.engine.source.Split;
import dev.baton.operators.expression.Expression;
import dev.baton.operators.expression.Filter;
import java.io.IOException;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.function.Function;
import org.apache.arrow.vector.types.pojo.Schema;

/** A Parquet file whose footer is read. */
final class OpenParquet implements OpenSource {
  /** Rows of one row group, in batches of a fixed number of rows. */
  record Slice(int group, long first, long rows, int batchRows, long bytes) implements Split {}

  private static final int LEAST_BATCH_ROWS = 64;
  private static final int MOST_BATCH_ROWS = 1 << 20;
  private static final int MOST_BATCHES = 16;
  private static final int WANTED_SPLITS = 16;

  /** What a text value is taken to have when its column tells nothing. */
  private static final int TEXT_BYTES = 16;

  private final ParquetFile file;
  private final Schema schema;
  private final int batchRows;
  private final long splitRows;

  /** Null when all rows are wanted. */
  private final Expression where;

  /** Null when all rows are wanted. */
  private final BoundTransform filter;

  /** Whether a row group may have rows that are wanted. */
  private final boolean[] read;

  /**
   * @param where null, or which rows are wanted
   */
  OpenParquet(ParquetFile file, int batchBytes, Expression where) throws SourceException {
    this.file = file;
    this.schema = new Schema(file.columns().stream().map(ParquetColumn::field).toList());
    long rows = file.groups().stream().mapToLong(ParquetFile.Group::rows).sum();
    long fitting = (long) (batchBytes / Math.max(1, rowBytes(rows)));
    this.batchRows = (int) Math.max(LEAST_BATCH_ROWS, Math.min(MOST_BATCH_ROWS, fitting)) & -64;
    long batches = rows / batchRows / WANTED_SPLITS;
    this.splitRows = batchRows * Math.max(1, Math.min(MOST_BATCHES, batches));
    this.where = where;
    this.filter = where == null ? null : bind(where);
    this.read = new boolean[file.groups().size()];
    for (int i = 0; i < read.length; i++) {
      ParquetFile.Group group = file.groups().get(i);
      read[i] = group.rows() > 0 && (where == null || Outcomes.canBeTrue(where, bounds(group)));
    }
  }

  private BoundTransform bind(Expression where) throws SourceException {
    try {
      return new Filter(where).bind(new Binder(schema, true));
    } catch (BindException e) {
      throw new SourceException(file.file().path() + ": where: " + e.getMessage(), e);
    }
  }

  private Function<String, Bounds> bounds(ParquetFile.Group group) {
    Map<String, Bounds> bounds = new HashMap<>();
    for (ParquetColumn column : file.columns()) {
      if (filter.reads().contains(column.name())) {
        bounds.put(column.name(), Bounds.of(column, group));
      }
    }
    return bounds::get;
  }

  /** About how many bytes a decoded row has. */
  private double rowBytes(long rows) {
    double bytes = 0;
    for (ParquetColumn column : file.columns()) {
      if (column.width() > 0) {
        bytes += column.width();
      } else {
        double plain = 0;
        for (ParquetFile.Group group : file.groups()) {
          plain += group.chunks().get(column.leaf()).plainBytes();
        }
        bytes += Math.max(TEXT_BYTES, plain / Math.max(1, rows));
      }
    }
    return bytes;
  }

  @Override
  public Schema schema() {
    return schema;
  }

  @Override
  public long bytes() {
    long bytes = 0;
    for (int i = 0; i < read.length; i++) {
      bytes += read[i] ? file.groups().get(i).bytes() : 0;
    }
    return bytes;
  }

  @Override
  public String note() {
    if (where == null) {
      return null;
    }
    Skipped skipped = skipped();
    return String.format(
        "%d of %d row groups may hold rows where %s, the others are not read",
        skipped.ofParts() - skipped.parts(), skipped.ofParts(), where);
  }

  /** Row groups; without a condition nobody looks. */
  @Override
  public Skipped skipped() {
    Skipped all = Skipped.NOTHING;
    for (int i = 0; where != null && i < read.length; i++) {
      long rows = file.groups().get(i).rows();
      all = all.plus(new Skipped(read[i] ? 0 : 1, 1, read[i] ? 0 : rows, rows));
    }
    return all;
  }

  @Override
  public String version() {
    return file.file().version();
  }

  /** Found one by one: a hostile footer may claim more than there is memory for. */
  @Override
  public Iterator<? extends Split> splits() {
    return new Iterator<Slice>() {
      private int group;
      private long first;

      @Override
      public boolean hasNext() {
        while (group < read.length && (!read[group] || first >= file.groups().get(group).rows())) {
          group++;
          first = 0;
        }
        return group < read.length;
      }

      @Override
      public Slice next() {
        if (!hasNext()) {
          throw new NoSuchElementException();
        }
        ParquetFile.Group in = file.groups().get(group);
        long rows = Math.min(splitRows, in.rows() - first);
        long seen = share(in, first);
        Slice slice = new Slice(group, first, rows, batchRows, share(in, first + rows) - seen);
        first += rows;
        return slice;
      }
    };
  }

  private static long share(ParquetFile.Group group, long rows) {
    return rows == group.rows()
        ? group.bytes()
        : (long) (group.bytes() * ((double) rows / group.rows()));
  }

  @Override
  public Decoder decoder(List<String> columns, KernelContext context) throws IOException {
    return new ParquetDecoder(file, columns, where, filter, context);
  }

  @Override
  public void close() {}
}
