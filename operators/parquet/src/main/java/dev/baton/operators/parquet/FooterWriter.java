package dev.baton.operators.parquet;

import dev.baton.engine.source.AtomicFile;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import org.apache.parquet.format.BoundaryOrder;
import org.apache.parquet.format.ColumnChunk;
import org.apache.parquet.format.ColumnIndex;
import org.apache.parquet.format.ColumnMetaData;
import org.apache.parquet.format.ColumnOrder;
import org.apache.parquet.format.FileMetaData;
import org.apache.parquet.format.OffsetIndex;
import org.apache.parquet.format.PageLocation;
import org.apache.parquet.format.RowGroup;
import org.apache.parquet.format.SchemaElement;
import org.apache.parquet.format.Statistics;
import org.apache.parquet.format.TypeDefinedOrder;
import org.apache.parquet.format.Util;

/** Collects what row groups and pages are like, and writes the page index and the footer. */
final class FooterWriter {
  /** In the form that other readers take apart, to know whose mistakes to expect. */
  private static final String CREATED_BY = "baton version 0.1.0";

  private final List<WrittenColumn> columns;
  private final Codec codec;
  private final List<RowGroup> groups = new ArrayList<>();

  /** Of all chunks in the order of the file; null for one without least and greatest values. */
  private final List<ColumnIndex> columnIndexes = new ArrayList<>();

  private final List<OffsetIndex> offsetIndexes = new ArrayList<>();
  private long rows;

  FooterWriter(List<WrittenColumn> columns, Codec codec) {
    this.columns = columns;
    this.codec = codec;
  }

  /** Begins a row group of so many rows at that place of the file. */
  void startGroup(long count, long offset) {
    RowGroup group = new RowGroup(new ArrayList<>(), 0, count);
    group.setFile_offset(offset);
    group.setTotal_compressed_size(0);
    groups.add(group);
    rows += count;
  }

  /** Notes a finished chunk that begins at that place of the file. */
  void chunk(ChunkWriter chunk, long offset) {
    RowGroup group = groups.get(groups.size() - 1);
    int dictionary = chunk.dictionaryBytes();
    long bytes = dictionary + chunk.pageBytes();
    long first = offset + dictionary;
    WrittenColumn column = chunk.column();
    ColumnMetaData meta =
        new ColumnMetaData(
            column.physical(),
            chunk.encodings(),
            List.of(column.name()),
            codec.format(),
            group.getNum_rows(),
            chunk.unpackedBytes(),
            bytes,
            first);
    if (dictionary > 0) {
      meta.setDictionary_page_offset(offset);
    }
    meta.setStatistics(statistics(column.order(), chunk.written()));
    ColumnChunk written = new ColumnChunk(0);
    written.setMeta_data(meta);
    group.addToColumns(written);
    group.setTotal_byte_size(group.getTotal_byte_size() + chunk.unpackedBytes());
    group.setTotal_compressed_size(group.getTotal_compressed_size() + bytes);
    columnIndexes.add(columnIndex(column.order(), chunk.written()));
    offsetIndexes.add(offsetIndex(chunk.written(), first));
  }

  private static Statistics statistics(ValueOrder order, List<ChunkWriter.Page> pages) {
    long nulls = 0;
    ByteBuffer least = null;
    ByteBuffer greatest = null;
    boolean known = true;
    for (ChunkWriter.Page page : pages) {
      nulls += page.nulls();
      if (page.least() == null) {
        known &= page.nulls() == page.rows();
        continue;
      }
      least = least == null || order.compare(page.least(), least) < 0 ? page.least() : least;
      greatest =
          greatest == null || order.compare(page.greatest(), greatest) > 0
              ? page.greatest()
              : greatest;
    }
    Statistics statistics = new Statistics();
    statistics.setNull_count(nulls);
    if (known && least != null) {
      statistics.setMin_value(least);
      statistics.setMax_value(greatest);
      statistics.setIs_min_value_exact(LongBounds.isExact(least.remaining()));
      statistics.setIs_max_value_exact(LongBounds.isExact(greatest.remaining()));
    }
    return statistics;
  }

  private static ColumnIndex columnIndex(ValueOrder order, List<ChunkWriter.Page> pages) {
    List<Boolean> empty = new ArrayList<>();
    List<ByteBuffer> least = new ArrayList<>();
    List<ByteBuffer> greatest = new ArrayList<>();
    List<Long> nulls = new ArrayList<>();
    for (ChunkWriter.Page page : pages) {
      boolean isEmpty = page.nulls() == page.rows();
      if (page.least() == null && !isEmpty) {
        return null;
      }
      empty.add(isEmpty);
      least.add(isEmpty ? ByteBuffer.allocate(0) : page.least());
      greatest.add(isEmpty ? ByteBuffer.allocate(0) : page.greatest());
      nulls.add((long) page.nulls());
    }
    ColumnIndex index = new ColumnIndex(empty, least, greatest, boundaries(order, pages));
    index.setNull_counts(nulls);
    return index;
  }

  private static BoundaryOrder boundaries(ValueOrder order, List<ChunkWriter.Page> pages) {
    boolean rising = true;
    boolean falling = true;
    ChunkWriter.Page last = null;
    for (ChunkWriter.Page page : pages) {
      if (page.least() == null) {
        continue;
      }
      if (last != null) {
        int lower = order.compare(last.least(), page.least());
        int upper = order.compare(last.greatest(), page.greatest());
        rising &= lower <= 0 && upper <= 0;
        falling &= lower >= 0 && upper >= 0;
      }
      last = page;
    }
    return rising
        ? BoundaryOrder.ASCENDING
        : falling ? BoundaryOrder.DESCENDING : BoundaryOrder.UNORDERED;
  }

  private static OffsetIndex offsetIndex(List<ChunkWriter.Page> pages, long first) {
    List<PageLocation> locations = new ArrayList<>();
    long offset = first;
    long row = 0;
    for (ChunkWriter.Page page : pages) {
      locations.add(new PageLocation(offset, page.bytes(), row));
      offset += page.bytes();
      row += page.rows();
    }
    return new OffsetIndex(locations);
  }

  /** Writes all that comes behind the row groups but for the magic bytes. */
  void write(AtomicFile file) throws IOException {
    int number = 0;
    for (RowGroup group : groups) {
      for (ColumnChunk chunk : group.getColumns()) {
        ColumnIndex index = columnIndexes.get(number++);
        if (index != null) {
          chunk.setColumn_index_offset(file.bytes());
          chunk.setColumn_index_length(write(file, out -> Util.writeColumnIndex(index, out)));
        }
      }
    }
    number = 0;
    for (RowGroup group : groups) {
      for (ColumnChunk chunk : group.getColumns()) {
        OffsetIndex index = offsetIndexes.get(number++);
        chunk.setOffset_index_offset(file.bytes());
        chunk.setOffset_index_length(write(file, out -> Util.writeOffsetIndex(index, out)));
      }
    }
    int length = write(file, out -> Util.writeFileMetaData(metadata(), out));
    file.write(ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt(length).flip());
  }

  private FileMetaData metadata() {
    SchemaElement root = new SchemaElement("schema");
    root.setNum_children(columns.size());
    List<SchemaElement> schema = new ArrayList<>(List.of(root));
    List<ColumnOrder> orders = new ArrayList<>();
    for (WrittenColumn column : columns) {
      schema.add(column.element());
      orders.add(ColumnOrder.TYPE_ORDER(new TypeDefinedOrder()));
    }
    FileMetaData metadata = new FileMetaData(2, schema, rows, groups);
    metadata.setCreated_by(CREATED_BY);
    metadata.setColumn_orders(orders);
    return metadata;
  }

  /** Writes what is collected so far, for {@link #restore}. */
  void save(DataOutputStream out) throws IOException {
    block(out, bytes -> Util.writeFileMetaData(metadata(), bytes));
    for (int i = 0; i < offsetIndexes.size(); i++) {
      ColumnIndex index = columnIndexes.get(i);
      out.writeBoolean(index != null);
      if (index != null) {
        block(out, bytes -> Util.writeColumnIndex(index, bytes));
      }
      OffsetIndex offsets = offsetIndexes.get(i);
      block(out, bytes -> Util.writeOffsetIndex(offsets, bytes));
    }
  }

  /** Reads what {@link #save} wrote. */
  void restore(DataInputStream in) throws IOException {
    FileMetaData metadata = Util.readFileMetaData(block(in));
    rows = metadata.getNum_rows();
    groups.addAll(metadata.getRow_groups());
    for (int left = groups.size() * columns.size(); left > 0; left--) {
      columnIndexes.add(in.readBoolean() ? Util.readColumnIndex(block(in)) : null);
      offsetIndexes.add(Util.readOffsetIndex(block(in)));
    }
  }

  private static void block(DataOutputStream out, Structure structure) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    structure.write(bytes);
    out.writeInt(bytes.size());
    bytes.writeTo(out);
  }

  private static InputStream block(DataInputStream in) throws IOException {
    return new ByteArrayInputStream(in.readNBytes(in.readInt()));
  }

  /** Writes a Thrift structure. */
  @FunctionalInterface
  private interface Structure {
    void write(OutputStream out) throws IOException;
  }

  private static int write(AtomicFile file, Structure structure) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    structure.write(bytes);
    return file.write(ByteBuffer.wrap(bytes.toByteArray()));
  }
}
