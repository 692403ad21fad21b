package dev.baton.operators.parquet;

import dev.baton.engine.batch.Memory;
import dev.baton.engine.operator.KernelContext;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.util.zip.CRC32;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.parquet.format.CompressionCodec;
import org.apache.parquet.format.DataPageHeaderV2;
import org.apache.parquet.format.Encoding;
import org.apache.parquet.format.PageHeader;
import org.apache.parquet.format.PageType;
import org.apache.parquet.format.Util;

/**
 * Goes through the pages of one column chunk, and unpacks those that are wanted. The bytes of a
 * page stay until the next one is asked for, with {@link #SLACK} readable bytes behind them.
 */
final class PageReader implements AutoCloseable {
  /** So many bytes behind the end of any page may be read. */
  static final int SLACK = 64;

  private static final int MOST_PAGE = 1 << 30;
  private static final int LEAST_WINDOW = 256 << 10;
  private static final int MOST_HEADER = 16 << 20;

  private final ParquetFile file;
  private final ParquetColumn column;
  private final FileChannel channel;
  private final Decompressor decompressor;
  private final KernelContext context;
  private final CRC32 checksum = new CRC32();

  private ParquetFile.Chunk chunk;

  /** Where the next header starts, and where the body of the present page does. */
  private long at;

  private long body;
  private PageHeader header;

  /** Bytes of the file from {@code windowAt}. */
  private ArrowBuf window;

  private long windowAt;
  private long windowEnd;
  private ArrowBuf unpacked;

  private long levels;
  private long values;
  private long end;

  PageReader(
      ParquetFile file,
      ParquetColumn column,
      FileChannel channel,
      Decompressor decompressor,
      KernelContext context) {
    this.file = file;
    this.column = column;
    this.channel = channel;
    this.decompressor = decompressor;
    this.context = context;
  }

  /** Starts on a chunk. */
  void open(ParquetFile.Chunk next) throws CorruptException {
    if (next.fault() != null) {
      throw new CorruptException(next.fault());
    }
    chunk = next;
    at = chunk.start();
    windowAt = 0;
    windowEnd = 0;
    header = null;
  }

  /** Goes to the next page, whatever its type, and reads its header only. */
  PageType next() throws Exception {
    long chunkEnd = chunk.start() + chunk.length();
    if (at >= chunkEnd) {
      throw new CorruptException("its pages end before all rows are there");
    }
    header = header(chunkEnd);
    int packed = header.getCompressed_page_size();
    if (packed < 0 || packed > chunkEnd - body) {
      throw new CorruptException(
          "a page announces " + packed + " bytes where its chunk has " + (chunkEnd - body));
    }
    int size = header.getUncompressed_page_size();
    if (size < 0 || size > MOST_PAGE) {
      throw new CorruptException(
          "a page announces " + (size & 0xFFFF_FFFFL) + " unpacked bytes; at most 1 GiB is read");
    }
    boolean whole =
        switch (header.getType()) {
          case DATA_PAGE -> header.isSetData_page_header();
          case DATA_PAGE_V2 -> header.isSetData_page_header_v2();
          case DICTIONARY_PAGE -> header.isSetDictionary_page_header();
          case INDEX_PAGE -> true;
        };
    if (!whole) {
      throw new CorruptException("a page of type " + header.getType() + " lacks its header");
    }
    at = body + packed;
    return header.getType();
  }

  private PageHeader header(long chunkEnd) throws Exception {
    long wanted = 1;
    while (true) {
      need(at, wanted, chunkEnd);
      MemoryInput input = new MemoryInput(window.memoryAddress() + (at - windowAt), windowEnd - at);
      try {
        PageHeader read = Util.readPageHeader(input);
        body = at + input.used();
        return read;
      } catch (IOException | RuntimeException e) {
        wanted = Math.max(windowEnd - at + 1, LEAST_WINDOW) * 2;
        if (windowEnd == chunkEnd || wanted > MOST_HEADER) {
          throw new CorruptException("a page header is corrupt (" + e.getMessage() + ")");
        }
      }
    }
  }

  /** Values of the data page, nulls too. */
  int count() throws CorruptException {
    int count =
        header.getType() == PageType.DATA_PAGE
            ? header.getData_page_header().getNum_values()
            : header.getData_page_header_v2().getNum_values();
    if (count < 0) {
      throw new CorruptException("a page announces " + count + " values");
    }
    return count;
  }

  Encoding encoding() {
    return header.getType() == PageType.DATA_PAGE
        ? header.getData_page_header().getEncoding()
        : header.getData_page_header_v2().getEncoding();
  }

  int dictionarySize() throws CorruptException {
    int size = header.getDictionary_page_header().getNum_values();
    Encoding encoding = header.getDictionary_page_header().getEncoding();
    if (encoding != Encoding.PLAIN && encoding != Encoding.PLAIN_DICTIONARY) {
      throw new CorruptException("its dictionary is encoded as " + encoding);
    } else if (size < 0) {
      throw new CorruptException("its dictionary announces " + size + " values");
    }
    return size;
  }

  /** Reads and unpacks the page; {@link #levels} to {@link #end} say where it is. */
  void load() throws Exception {
    int packed = header.getCompressed_page_size();
    int size = header.getUncompressed_page_size();
    need(body, packed, chunk.start() + chunk.length());
    long from = body - windowAt;
    if (header.isSetCrc()) {
      checksum.reset();
      checksum.update(window.nioBuffer(from, packed));
      if ((int) checksum.getValue() != header.getCrc()) {
        throw new CorruptException("a page does not have its checksum; the file is damaged");
      }
    }
    if (header.getType() == PageType.DATA_PAGE_V2) {
      loadSecondVersion(header.getData_page_header_v2(), from, packed, size);
      return;
    }
    long start = unpack(from, packed, size, 0, isPacked(true));
    end = start + size;
    levels = start;
    values = start;
    if (column.optional() && header.getType() == PageType.DATA_PAGE) {
      Encoding encoding = header.getData_page_header().getDefinition_level_encoding();
      if (encoding != Encoding.RLE) {
        throw new CorruptException("its levels are encoded as " + encoding + ", not RLE");
      }
      int length = size < 4 ? -1 : Memory.getInt(start);
      if (length < 0 || length > size - 4) {
        throw new CorruptException(
            "the levels of a page claim " + length + " of " + size + " bytes");
      }
      levels = start + 4;
      values = levels + length;
    }
  }

  private void loadSecondVersion(DataPageHeaderV2 v2, long from, int packed, int size)
      throws Exception {
    int repetition = v2.getRepetition_levels_byte_length();
    int definition = v2.getDefinition_levels_byte_length();
    if (repetition < 0
        || definition < 0
        || (long) repetition + definition > Math.min(packed, size)) {
      throw new CorruptException(
          "the levels of a page claim "
              + (repetition + (long) definition)
              + " of "
              + Math.min(packed, size)
              + " bytes");
    }
    int plain = repetition + definition;
    long start = unpack(from, packed, size, plain, isPacked(v2.isIs_compressed()));
    levels = start + repetition;
    values = start + plain;
    end = start + size;
  }

  private boolean isPacked(boolean flag) {
    return flag && chunk.codec() != CompressionCodec.UNCOMPRESSED;
  }

  /** Unpacks all but the first {@code plain} bytes, and returns where the page starts. */
  private long unpack(long from, int packed, int size, int plain, boolean isPacked)
      throws Exception {
    if (!isPacked) {
      if (packed != size) {
        throw new CorruptException(
            "a page that is not compressed announces " + packed + " bytes, and " + size);
      }
      return window.memoryAddress() + from;
    }
    unpacked = room(unpacked, size);
    Memory.copy(window.memoryAddress() + from, unpacked.memoryAddress(), plain);
    decompressor.unpack(
        chunk.codec(), window, from + plain, packed - plain, unpacked, plain, size - plain);
    return unpacked.memoryAddress();
  }

  private ArrowBuf room(ArrowBuf old, long bytes) {
    if (old != null && old.capacity() >= bytes + SLACK) {
      return old;
    }
    // The new one first: when there is no room for it, the old one is still there to be closed.
    ArrowBuf larger = context.allocator().buffer(bytes + SLACK);
    if (old != null) {
      old.close();
    }
    return larger;
  }

  /** Makes sure that the window has the bytes of the file from {@code from}. */
  private void need(long from, long bytes, long chunkEnd) throws Exception {
    if (from >= windowAt && from + bytes <= windowEnd) {
      return;
    }
    long length = Math.min(chunkEnd - from, Math.max(bytes, LEAST_WINDOW));
    window = room(window, length);
    windowAt = from;
    windowEnd = from + length;
    context.blocking(
        () -> {
          for (long done = 0; done < length; ) {
            int piece = (int) Math.min(length - done, 1 << 28);
            file.file().read(channel, window.nioBuffer(done, piece), from + done);
            done += piece;
          }
          return null;
        });
  }

  /** Where the definition levels of the loaded page start; they end at {@link #values}. */
  long levels() {
    return levels;
  }

  long values() {
    return values;
  }

  long end() {
    return end;
  }

  @Override
  public void close() {
    if (window != null) {
      window.close();
    }
    if (unpacked != null) {
      unpacked.close();
    }
  }

  /** Bytes in memory as a stream, for the reader of headers. */
  private static final class MemoryInput extends InputStream {
    private final long start;
    private final long end;
    private long at;

    MemoryInput(long start, long length) {
      this.start = start;
      this.end = start + length;
      this.at = start;
    }

    long used() {
      return at - start;
    }

    @Override
    public int read() {
      return at < end ? Memory.getByte(at++) & 0xFF : -1;
    }

    @Override
    public int read(byte[] target, int offset, int length) {
      int some = (int) Math.min(length, end - at);
      if (some <= 0) {
        return length == 0 ? 0 : -1;
      }
      Memory.copyToArray(at, target, offset, some);
      at += some;
      return some;
    }
  }
}
