package dev.baton.operators.parquet;

import dev.baton.engine.source.SourceException;
import dev.baton.operators.io.InputFile;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.parquet.format.ColumnChunk;
import org.apache.parquet.format.ColumnMetaData;
import org.apache.parquet.format.ColumnOrder;
import org.apache.parquet.format.CompressionCodec;
import org.apache.parquet.format.FileMetaData;
import org.apache.parquet.format.RowGroup;
import org.apache.parquet.format.Statistics;
import org.apache.parquet.format.Type;
import org.apache.parquet.format.Util;

/**
 * What is where in a Parquet file, from its footer. Immutable.
 *
 * <pre>
 * PAR1 | column chunks, row group by row group | footer | its length (i32) | PAR1
 * </pre>
 */
record ParquetFile(InputFile file, List<ParquetColumn> columns, List<Group> groups) {
  /**
   * A row group; {@code chunks} are in the order of {@link ParquetColumn#leaf}.
   *
   * @param first the number of its first row in the file
   */
  record Group(long first, long rows, List<Chunk> chunks) {
    long bytes() {
      return chunks.stream().mapToLong(Chunk::length).sum();
    }
  }

  /**
   * The pages of one column in one row group.
   *
   * @param statistics as in the footer, or null; without bounds where their order is not that of
   *     the type
   * @param columnIndex where least and greatest values of its pages are, or null
   * @param offsetIndex where the places of its pages are, or null
   * @param fault what is wrong with it, or null; only an error when it is read
   */
  record Chunk(
      long start,
      long length,
      long values,
      long plainBytes,
      CompressionCodec codec,
      Statistics statistics,
      PageIndex.Place columnIndex,
      PageIndex.Place offsetIndex,
      String fault) {}

  private static final int MAGIC_BYTES = 4;
  private static final int TAIL_BYTES = 8;
  private static final int MOST_FOOTER = 1 << 30;

  static ParquetFile open(Path path) throws IOException {
    InputFile file = InputFile.of(path);
    try (FileChannel channel = file.channel()) {
      FileMetaData footer = footer(file, channel);
      List<ParquetColumn> columns = ParquetSchema.columns(path, footer.getSchema());
      List<Group> groups = new ArrayList<>();
      long rows = 0;
      for (RowGroup group : footer.getRow_groups()) {
        groups.add(group(file, columns, footer.getColumn_orders(), group, groups.size(), rows));
        rows += group.getNum_rows();
      }
      return new ParquetFile(file, columns, List.copyOf(groups));
    } catch (NullPointerException | IllegalArgumentException e) {
      throw new SourceException(path + ": its footer is corrupt (" + e + ")", e);
    }
  }

  private static FileMetaData footer(InputFile file, FileChannel channel) throws IOException {
    Path path = file.path();
    if (file.size() < MAGIC_BYTES || !text(file, channel, 0).equals("PAR1")) {
      boolean encrypted = file.size() >= MAGIC_BYTES && text(file, channel, 0).equals("PARE");
      throw new SourceException(
          path
              + (encrypted
                  ? " is encrypted Parquet, which is not supported"
                  : " is no Parquet file"));
    }
    long tail = file.size() - TAIL_BYTES;
    if (tail < MAGIC_BYTES || !text(file, channel, tail + 4).equals("PAR1")) {
      throw new SourceException(
          path + " has no footer: it is cut off, or was not written to its end");
    }
    ByteBuffer length = ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN);
    file.read(channel, length, tail);
    int bytes = length.getInt(0);
    if (bytes <= 0 || bytes > tail - MAGIC_BYTES || bytes > MOST_FOOTER) {
      throw new SourceException(
          path + ": its footer claims " + (bytes & 0xFFFF_FFFFL) + " bytes; it is corrupt");
    }
    ByteBuffer footer = ByteBuffer.allocate(bytes);
    file.read(channel, footer, tail - bytes);
    try {
      return Util.readFileMetaData(new ByteArrayInputStream(footer.array()));
    } catch (IOException | RuntimeException e) {
      throw new SourceException(path + ": its footer is corrupt (" + e.getMessage() + ")", e);
    }
  }

  private static String text(InputFile file, FileChannel channel, long at) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(MAGIC_BYTES);
    file.read(channel, bytes, at);
    return new String(bytes.array(), StandardCharsets.ISO_8859_1);
  }

  private static Group group(
      InputFile file,
      List<ParquetColumn> columns,
      List<ColumnOrder> orders,
      RowGroup group,
      int number,
      long first)
      throws IOException {
    if (group.getNum_rows() < 0) {
      throw new SourceException(
          file.path() + ": row group " + number + " claims " + group.getNum_rows() + " rows");
    }
    List<Chunk> chunks = new ArrayList<>();
    for (ColumnChunk chunk : group.getColumns()) {
      chunks.add(chunk(file, chunk, isOrdered(orders, chunks.size())));
    }
    for (ParquetColumn column : columns) {
      if (column.leaf() >= chunks.size()) {
        throw new SourceException(
            String.format(
                "%s: row group %d has %d columns, but '%s' is number %d; the file is corrupt",
                file.path(), number, chunks.size(), column.name(), column.leaf() + 1));
      }
      Chunk chunk = chunks.get(column.leaf());
      Type stored =
          group.getColumns().get(column.leaf()).getMeta_data() == null
              ? column.physical()
              : group.getColumns().get(column.leaf()).getMeta_data().getType();
      String fault = chunk.fault() == null ? fault(column, chunk, stored, group) : chunk.fault();
      chunks.set(column.leaf(), withFault(chunk, fault));
    }
    return new Group(first, group.getNum_rows(), List.copyOf(chunks));
  }

  private static String fault(ParquetColumn column, Chunk chunk, Type stored, RowGroup group) {
    if (column.refusal() != null) {
      return null;
    } else if (stored != column.physical()) {
      return "it is stored as " + stored + " but the schema says " + column.physical();
    } else if (chunk.values() != group.getNum_rows()) {
      return "it claims "
          + chunk.values()
          + " values where the row group has "
          + group.getNum_rows()
          + " rows";
    }
    return null;
  }

  private static Chunk withFault(Chunk c, String fault) {
    return new Chunk(
        c.start(),
        c.length(),
        c.values(),
        c.plainBytes(),
        c.codec(),
        c.statistics(),
        c.columnIndex(),
        c.offsetIndex(),
        fault);
  }

  /**
   * Whether least and greatest values are in the order of the type, which older files do not say.
   */
  private static boolean isOrdered(List<ColumnOrder> orders, int leaf) {
    return orders != null && leaf < orders.size() && orders.get(leaf).isSetTYPE_ORDER();
  }

  private static Statistics statistics(ColumnMetaData meta, boolean ordered) {
    if (!meta.isSetStatistics() || ordered) {
      return meta.getStatistics();
    }
    Statistics statistics = new Statistics(meta.getStatistics());
    statistics.unsetMin_value();
    statistics.unsetMax_value();
    return statistics;
  }

  private static Chunk chunk(InputFile file, ColumnChunk chunk, boolean ordered) {
    ColumnMetaData meta = chunk.getMeta_data();
    if (meta == null) {
      return new Chunk(
          0, 0, 0, 0, CompressionCodec.UNCOMPRESSED, null, null, null, "it is encrypted");
    }
    long start = meta.getData_page_offset();
    if (meta.isSetDictionary_page_offset()
        && meta.getDictionary_page_offset() > 0
        && meta.getDictionary_page_offset() < start) {
      start = meta.getDictionary_page_offset();
    }
    long length = meta.getTotal_compressed_size();
    String fault = null;
    if (chunk.isSetFile_path()) {
      fault = "it lies in another file, " + chunk.getFile_path();
    } else if (start < MAGIC_BYTES || length < 0 || length > file.size() - TAIL_BYTES - start) {
      fault =
          "it claims bytes " + start + " to " + (start + length) + " of a file of " + file.size();
    }
    return new Chunk(
        start,
        fault == null ? length : 0,
        meta.getNum_values(),
        Math.max(0, meta.getTotal_uncompressed_size()),
        meta.getCodec(),
        statistics(meta, ordered),
        ordered && chunk.isSetColumn_index_offset()
            ? place(file, chunk.getColumn_index_offset(), chunk.getColumn_index_length())
            : null,
        chunk.isSetOffset_index_offset()
            ? place(file, chunk.getOffset_index_offset(), chunk.getOffset_index_length())
            : null,
        fault);
  }

  /** Null for one that cannot be. */
  private static PageIndex.Place place(InputFile file, long at, int bytes) {
    return at < MAGIC_BYTES || bytes <= 0 || bytes > file.size() - at
        ? null
        : new PageIndex.Place(at, bytes);
  }
}
