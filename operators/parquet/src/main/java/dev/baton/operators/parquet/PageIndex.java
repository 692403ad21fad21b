package dev.baton.operators.parquet;

import dev.baton.engine.source.SourceException;
import dev.baton.operators.expression.Expression;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.parquet.format.ColumnIndex;
import org.apache.parquet.format.OffsetIndex;
import org.apache.parquet.format.PageLocation;
import org.apache.parquet.format.Util;

/**
 * Asks of runs of rows whether a condition can be true in them, as far as the page index of the
 * file tells. Keeps the index of one row group. Confined to one thread.
 */
final class PageIndex {
  /** Where in the file a part of an index is. */
  record Place(long at, int bytes) {}

  /** The data pages of one column in one row group: the first row and the bounds of each. */
  private static final class Pages {
    private final long[] first;
    private final List<Bounds> bounds;

    Pages(long[] first, List<Bounds> bounds) {
      this.first = first;
      this.bounds = bounds;
    }

    /** What is known of all pages with rows {@code from} to {@code from + rows}. */
    Bounds of(long from, long rows) {
      Bounds all = null;
      for (int page = 0; page < first.length && first[page] < from + rows; page++) {
        boolean overlaps = page + 1 == first.length || first[page + 1] > from;
        if (overlaps) {
          all = all == null ? bounds.get(page) : all.join(bounds.get(page));
        }
      }
      return all;
    }
  }

  private final ParquetFile file;
  private final FileChannel channel;
  private final Expression where;
  private final List<ParquetColumn> columns;
  private final Map<String, Bounds> chunks = new HashMap<>();
  private final Map<String, Pages> pages = new HashMap<>();
  private int group = -1;

  /**
   * @param reads the names of the columns in the condition
   */
  PageIndex(ParquetFile file, FileChannel channel, Expression where, Set<String> reads) {
    this.file = file;
    this.channel = channel;
    this.where = where;
    this.columns = file.columns().stream().filter(c -> reads.contains(c.name())).toList();
  }

  /** Whether a row may be kept of {@code rows} rows of a row group from row {@code first}. */
  boolean canBeTrue(int number, long first, long rows) throws IOException {
    if (number != group) {
      load(number);
    }
    return pages.isEmpty()
        || Outcomes.canBeTrue(
            where,
            name -> pages.containsKey(name) ? pages.get(name).of(first, rows) : chunks.get(name));
  }

  private void load(int number) throws IOException {
    group = number;
    chunks.clear();
    pages.clear();
    ParquetFile.Group in = file.groups().get(number);
    for (ParquetColumn column : columns) {
      chunks.put(column.name(), Bounds.of(column, in));
      Pages found = pages(column, in);
      if (found != null) {
        pages.put(column.name(), found);
      }
    }
  }

  private Pages pages(ParquetColumn column, ParquetFile.Group in) throws IOException {
    ParquetFile.Chunk chunk = in.chunks().get(column.leaf());
    boolean usable = chunk.fault() == null && column.refusal() == null && in.rows() > 0;
    if (!usable || chunk.columnIndex() == null || chunk.offsetIndex() == null) {
      return null;
    }
    try {
      ColumnIndex bounds = Util.readColumnIndex(stream(chunk.columnIndex()));
      OffsetIndex places = Util.readOffsetIndex(stream(chunk.offsetIndex()));
      return pages(column, in.rows(), bounds, places);
    } catch (CorruptException e) {
      throw corrupt(column, e);
    } catch (IOException | RuntimeException e) {
      file.file().checkUnchanged(channel);
      throw corrupt(column, e);
    }
  }

  private IOException corrupt(ParquetColumn column, Exception e) {
    return new SourceException(
        String.format(
            "%s, row group %d, column '%s': its page index is corrupt (%s)",
            file.file().path(), group, column.name(), e.getMessage()),
        e);
  }

  private static Pages pages(ParquetColumn column, long rows, ColumnIndex index, OffsetIndex places)
      throws CorruptException {
    List<PageLocation> locations = places.getPage_locations();
    int count = locations.size();
    if (count == 0
        || index.getNull_pages().size() != count
        || index.getMin_values().size() != count
        || index.getMax_values().size() != count
        || (index.isSetNull_counts() && index.getNull_counts().size() != count)) {
      throw new CorruptException("its lists have different lengths");
    }
    long[] first = new long[count + 1];
    first[count] = rows;
    List<Bounds> bounds = new ArrayList<>(count);
    for (int i = count - 1; i >= 0; i--) {
      first[i] = locations.get(i).getFirst_row_index();
      if (first[i] < 0 || first[i] > first[i + 1] || (i == 0 && first[i] != 0)) {
        throw new CorruptException("page " + i + " begins with row " + first[i]);
      }
    }
    for (int i = 0; i < count; i++) {
      long all = first[i + 1] - first[i];
      long nulls = index.isSetNull_counts() ? index.getNull_counts().get(i) : Bounds.UNKNOWN;
      boolean empty = index.getNull_pages().get(i);
      // Some writers say that a page has nothing but nulls, and have not counted them.
      boolean believed = !index.isSetNull_counts() || nulls == all;
      bounds.add(
          empty
              ? new Bounds(null, null, believed ? all : Bounds.UNKNOWN, all)
              : Bounds.of(
                  column,
                  bytes(index.getMin_values().get(i)),
                  bytes(index.getMax_values().get(i)),
                  nulls,
                  all));
    }
    return new Pages(Arrays.copyOf(first, count), bounds);
  }

  private static byte[] bytes(ByteBuffer buffer) {
    byte[] bytes = new byte[buffer.remaining()];
    buffer.duplicate().get(bytes);
    return bytes;
  }

  private InputStream stream(Place place) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(place.bytes());
    file.file().read(channel, bytes, place.at());
    return new ByteArrayInputStream(bytes.array());
  }
}
