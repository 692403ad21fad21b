package dev.baton.operators.parquet;

import dev.baton.engine.batch.Batch;
import dev.baton.engine.batch.Memory;
import dev.baton.engine.batch.Validity;
import dev.baton.engine.operator.KernelContext;
import dev.baton.engine.source.SourceException;
import java.util.List;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.ipc.message.ArrowFieldNode;
import org.apache.parquet.format.Encoding;
import org.apache.parquet.format.PageType;

/**
 * Reads runs of rows of one column across pages and row groups. Values lie in a page without the
 * nulls: they are decoded one behind the other, and then spread over their rows from the last to
 * the first.
 */
abstract class ColumnReader implements AutoCloseable {
  private static final int MOST_SKIPPED = 4096;

  private final ParquetFile file;
  private final PageReader pages;
  private final RunReader levels = new RunReader();
  final ParquetColumn column;
  final KernelContext context;

  private int group = -1;

  /** The next row of the group, and how many rows of the present page are not read yet. */
  private long row;

  private int left;

  ColumnReader(ParquetFile file, ParquetColumn column, PageReader pages, KernelContext context) {
    this.file = file;
    this.column = column;
    this.pages = pages;
    this.context = context;
  }

  /** Makes {@code target} the next row that is read. */
  final void seek(int nextGroup, long target) throws java.io.IOException {
    try {
      if (nextGroup != group || target < row) {
        group = nextGroup;
        row = 0;
        left = 0;
        forgetDictionary();
        pages.open(file.groups().get(group).chunks().get(column.leaf()));
      }
      while (row < target) {
        skip(target - row);
      }
    } catch (CorruptException e) {
      throw at(e);
    } catch (java.io.IOException | RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private void skip(long wanted) throws Exception {
    if (left == 0 && !nextPage(wanted)) {
      return;
    }
    int some = (int) Math.min(Math.min(wanted, left), MOST_SKIPPED);
    try (Batch unwanted = Batch.of(some, List.of())) {
      read(unwanted);
    }
  }

  /** Puts the next rows, as many as a batch has, into it as a column. */
  final void read(Batch batch) throws Exception {
    int rows = batch.rows();
    int bytes = Validity.bytes(rows);
    try (ArrowBuf validity = context.allocator().buffer(bytes + 8L)) {
      Memory.fill(validity.memoryAddress(), bytes + 8L, (byte) 0);
      begin(rows);
      int valid = 0;
      for (int done = 0; done < rows; ) {
        if (left == 0 && !nextPage(0)) {
          continue;
        }
        int some = Math.min(rows - done, left);
        int present = some;
        if (column.optional()) {
          present = levels.bits(some, validity.memoryAddress(), done);
        } else {
          Bits.set(validity.memoryAddress(), done, some);
        }
        values(some, present, validity.memoryAddress(), done);
        valid += present;
        done += some;
        left -= some;
        row += some;
      }
      validity.writerIndex(bytes);
      finish(batch, new ArrowFieldNode(rows, rows - valid), validity);
    } catch (CorruptException e) {
      abandon();
      throw at(e);
    } catch (Throwable e) {
      abandon();
      throw e;
    }
  }

  private SourceException at(CorruptException e) {
    return new SourceException(
        String.format(
            "%s, row group %d, column '%s': %s",
            file.file().path(), group, column.name(), e.getMessage()),
        e);
  }

  /**
   * Goes to the next data page. Of one that has no more than {@code unwanted} rows only the header
   * is read.
   *
   * @return whether there are rows in it to be read
   */
  private boolean nextPage(long unwanted) throws Exception {
    PageType type = pages.next();
    if (type == PageType.DICTIONARY_PAGE) {
      int size = pages.dictionarySize();
      pages.load();
      dictionary(pages.values(), pages.end(), size);
      return false;
    } else if (type == PageType.INDEX_PAGE) {
      return false;
    }
    int count = pages.count();
    if (count <= unwanted) {
      row += count;
      return false;
    }
    pages.load();
    levels.start(pages.levels(), pages.values(), 1);
    Encoding encoding = pages.encoding();
    if (encoding == Encoding.PLAIN_DICTIONARY || encoding == Encoding.RLE_DICTIONARY) {
      indices(pages.values(), pages.end());
    } else {
      plain(encoding, pages.values(), pages.end(), count);
    }
    left = count;
    return left > 0;
  }

  /** Makes a column of buffers, of which it keeps references. */
  final FieldVector column(ArrowFieldNode node, List<ArrowBuf> buffers) {
    FieldVector vector = column.field().createVector(context.allocator());
    try {
      vector.loadFieldBuffers(node, buffers);
      return vector;
    } catch (Throwable e) {
      vector.close();
      throw e;
    }
  }

  static CorruptException unsupported(ParquetColumn column, Encoding encoding) {
    return new CorruptException(
        "a page of "
            + column.physical()
            + " values is encoded as "
            + encoding
            + ", which is not read");
  }

  /** Forgets the dictionary of the last row group. */
  abstract void forgetDictionary();

  /** Keeps a dictionary page of {@code size} values. */
  abstract void dictionary(long from, long to, int size) throws CorruptException;

  /** Starts on a page of indices into the dictionary. */
  abstract void indices(long from, long to) throws CorruptException;

  /** Starts on any other page. */
  abstract void plain(Encoding encoding, long from, long to, int count) throws CorruptException;

  /** Prepares buffers for so many rows. */
  abstract void begin(int rows);

  /**
   * Reads {@code present} values into {@code rows} rows from row {@code first}; the bitmap says
   * which rows have one.
   */
  abstract void values(int rows, int present, long bitmap, int first) throws CorruptException;

  /** Puts the column of all rows since {@link #begin} into a batch. */
  abstract void finish(Batch batch, ArrowFieldNode node, ArrowBuf validity) throws CorruptException;

  /** Releases what {@link #begin} has prepared, if it is still there. */
  abstract void abandon();

  @Override
  public void close() {
    abandon();
    forgetDictionary();
    pages.close();
  }
}
