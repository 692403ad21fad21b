package dev.baton.operators.parquet;

import dev.baton.engine.batch.Memory;
import dev.baton.engine.source.AtomicFile;
import dev.baton.operators.internal.Swar;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.zip.CRC32;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.parquet.format.DataPageHeader;
import org.apache.parquet.format.DictionaryPageHeader;
import org.apache.parquet.format.Encoding;
import org.apache.parquet.format.PageHeader;
import org.apache.parquet.format.PageType;
import org.apache.parquet.format.Util;

/**
 * Collects the pages of one column of a row group. Pieces with dictionaries share one, until it
 * gets too large: from then on their values are written out. Such pieces are taken in some at once:
 * so the dictionary comes into the near caches once for all of them, and not for each between those
 * of all other columns.
 */
final class ChunkWriter implements AutoCloseable {
  /**
   * A page that is written.
   *
   * @param place in the store of pages
   * @param bytes with its header
   * @param least as stored; null when not known
   */
  record Page(long place, int bytes, int rows, int nulls, ByteBuffer least, ByteBuffer greatest) {}

  private static final int MOST_DICTIONARY_BYTES = 1 << 20;
  private static final int MOST_WAITING = 8;
  static final int MOST_WAITING_BYTES = 256 << 10;

  private final WrittenColumn column;
  private final Codec codec;
  private final CRC32 checksum = new CRC32();
  private final PageStore pages;

  /** The values of the dictionary, as in its page. */
  private final GrowingBuffer dictionary;

  /** Pieces that are not taken in yet. */
  private final GrowingBuffer waiting;

  private final boolean waits;
  private int waitingPieces;
  private int waitingBytes;

  /** Of the pages when no piece was waiting. */
  private long settledBytes;

  private final GrowingBuffer body;
  private final GrowingBuffer packed;
  private final List<Page> written = new ArrayList<>();
  private final int[] numbers;

  /** Where each value of the present piece's dictionary starts. */
  private final int[] starts;

  private final DictionaryKeys keys = new DictionaryKeys(true);
  private boolean full;
  private long dictionaryPlace;
  private int dictionaryBytes;
  private long pageBytes;
  private long unpackedBytes;

  /** Of data pages. */
  private final Set<Encoding> encodings = EnumSet.noneOf(Encoding.class);

  /**
   * @param waits whether there is memory for pieces to be taken in some at once; the pages are the
   *     same
   */
  ChunkWriter(
      WrittenColumn column,
      Codec codec,
      PageStore pages,
      Scratch scratch,
      boolean waits,
      BufferAllocator allocator) {
    this.column = column;
    this.codec = codec;
    this.pages = pages;
    this.waits = waits;
    this.dictionary = new GrowingBuffer(allocator, 1024);
    this.waiting = new GrowingBuffer(allocator, 1024);
    this.body = scratch.body;
    this.packed = scratch.packed;
    this.numbers = scratch.numbers;
    this.starts = scratch.starts;
  }

  /** What all chunks of a file use, one after the other. */
  static final class Scratch implements AutoCloseable {
    private final GrowingBuffer body;
    private final GrowingBuffer packed;
    private final int[] numbers = new int[Pieces.MOST_ROWS];
    private final int[] starts = new int[Pieces.MOST_ROWS + 1];

    Scratch(BufferAllocator allocator) {
      body = new GrowingBuffer(allocator, 4096);
      packed = new GrowingBuffer(allocator, 4096);
    }

    @Override
    public void close() {
      body.close();
      packed.close();
    }
  }

  /** Adds the piece at that address, which need not stay there. */
  void add(long piece) throws IOException {
    if (waitingPieces == 0 && !isIndexed(piece)) {
      take(piece);
      settledBytes = pageBytes;
      return;
    }
    int bytes = Memory.getInt(piece);
    if (waits) {
      waiting.append(piece, bytes);
    } else {
      take(piece);
    }
    waitingPieces++;
    waitingBytes += bytes;
    if (waitingPieces == MOST_WAITING || waitingBytes > MOST_WAITING_BYTES) {
      takeWaiting();
    }
  }

  private static boolean isIndexed(long piece) {
    return Memory.getInt(piece + Pieces.ENCODING) == Encoding.RLE_DICTIONARY.getValue();
  }

  private void takeWaiting() throws IOException {
    long end = waiting.address() + waiting.used();
    for (long piece = waiting.address(); piece < end; piece += Memory.getInt(piece)) {
      take(piece);
    }
    waiting.clear();
    waitingPieces = 0;
    waitingBytes = 0;
    settledBytes = pageBytes;
  }

  private void take(long piece) throws IOException {
    int least = Memory.getInt(piece + Pieces.LEAST);
    int greatest = Memory.getInt(piece + Pieces.GREATEST);
    long content = piece + Pieces.HEADER + Math.max(0, least) + greatest;
    int rows = Memory.getInt(piece + Pieces.ROWS);
    long place = pages.end();
    if (isIndexed(piece)) {
      indices(piece, content, rows);
    } else {
      int bytes = (int) (piece + Memory.getInt(piece) - content);
      int size = Memory.getInt(piece + Pieces.SIZE);
      Encoding encoding = Encoding.findByValue(Memory.getInt(piece + Pieces.ENCODING));
      page(rows, encoding, size, bytes, Memory.getInt(piece + Pieces.CHECK));
      pages.append(content, bytes);
    }
    long range = piece + Pieces.HEADER;
    written.add(
        new Page(
            place,
            (int) (pages.end() - place),
            rows,
            rows - Memory.getInt(piece + Pieces.PRESENT),
            least < 0 ? null : bytes(range, least),
            least < 0 ? null : bytes(range + least, greatest)));
    pageBytes += pages.end() - place;
  }

  private static ByteBuffer bytes(long address, int length) {
    byte[] bytes = new byte[length];
    Memory.copyToArray(address, bytes, 0, length);
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  private void indices(long piece, long content, int rows) throws IOException {
    int size = Memory.getInt(piece + Pieces.SIZE);
    int levels = Memory.getInt(piece + Pieces.LEVELS);
    int present = Memory.getInt(piece + Pieces.PRESENT);
    long values = content + levels;
    long indices = values + Memory.getInt(piece + Pieces.DICTIONARY);
    body.clear();
    body.append(content, levels);
    locate(values, size);
    Encoding encoding = full ? Encoding.PLAIN : Encoding.RLE_DICTIONARY;
    if (full) {
      plain(values, indices, present);
    } else {
      number(values, size);
      Runs.write(numbers, indices, present, keys.size(), body);
    }
    packed.clear();
    int bytes = codec.pack(body.address(), body.used(), packed);
    checksum.reset();
    checksum.update(packed.bytes(0, bytes));
    page(rows, encoding, body.used(), bytes, (int) checksum.getValue());
    pages.append(packed.address(), bytes);
  }

  private void locate(long values, int size) {
    int at = 0;
    for (int i = 0; i < size; i++) {
      starts[i] = at;
      at += column.width() > 0 ? column.width() : 4 + Memory.getInt(values + at);
    }
    starts[size] = at;
  }

  /** Finds the numbers here of the values of a piece, and adds those that are new. */
  private void number(long values, int size) throws CorruptException {
    int before = keys.size();
    switch (column.width()) {
      case 0 -> texts(values, size);
      case 4 -> {
        keys.ints(values, 0, size, numbers);
        long to = dictionary.room(4L * (keys.size() - before));
        for (int i = before; i < keys.size(); i++) {
          Memory.putInt(to + 4L * (i - before), (int) keys.value(i));
        }
        dictionary.advance(4L * (keys.size() - before));
      }
      default -> {
        keys.longs(values, 0, size, numbers);
        long to = dictionary.room(8L * (keys.size() - before));
        for (int i = before; i < keys.size(); i++) {
          Memory.putLong(to + 8L * (i - before), keys.value(i));
        }
        dictionary.advance(8L * (keys.size() - before));
      }
    }
    full = dictionary.used() > MOST_DICTIONARY_BYTES;
  }

  /** All texts are put behind the dictionary, where those that are new stay. */
  private void texts(long values, int size) throws CorruptException {
    int before = keys.size();
    int start = dictionary.used();
    Memory.copy(values, dictionary.room(starts[size]), starts[size]);
    keys.texts(dictionary.address(), start, starts, size, numbers);
    for (int i = before; i < keys.size(); i++) {
      int bytes = keys.length(i) + 4;
      long from = dictionary.address() + keys.start(i) - 4;
      Memory.copy(from, dictionary.address() + dictionary.used(), bytes);
      keys.move(i, dictionary.used() + 4);
      dictionary.advance(bytes);
    }
  }

  private void plain(long values, long indices, int present) throws CorruptException {
    long bytes = 0;
    for (int i = 0; i < present; i++) {
      int number = Memory.getShort(indices + 2L * i);
      bytes += starts[number + 1] - starts[number];
    }
    long to = body.room(bytes);
    for (int i = 0; i < present; i++) {
      int number = Memory.getShort(indices + 2L * i);
      int length = starts[number + 1] - starts[number];
      copy(values + starts[number], to, length);
      to += length;
    }
    body.advance(bytes);
  }

  /** Copies in whole words; those behind the end go where the next value will. */
  private static void copy(long from, long to, int bytes) {
    if (bytes > 64) {
      Memory.copy(from, to, bytes);
      return;
    }
    for (int i = 0; i < bytes; i += 8) {
      Memory.putLong(to + i, Swar.word(from + i, bytes - i));
    }
  }

  private void page(int rows, Encoding encoding, int size, int bytes, int check)
      throws IOException {
    encodings.add(encoding);
    PageHeader header = new PageHeader(PageType.DATA_PAGE, size, bytes);
    header.setCrc(check);
    header.setData_page_header(new DataPageHeader(rows, encoding, Encoding.RLE, Encoding.RLE));
    byte[] head = thrift(header);
    pages.append(head);
    unpackedBytes += size + head.length;
  }

  private static byte[] thrift(PageHeader header) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    Util.writePageHeader(header, bytes);
    return bytes.toByteArray();
  }

  /** Makes the dictionary page, when all pieces are there. */
  void finish() throws IOException {
    takeWaiting();
    if (!hasDictionary()) {
      return;
    }
    packed.clear();
    int bytes = codec.pack(dictionary.address(), dictionary.used(), packed);
    checksum.reset();
    checksum.update(packed.bytes(0, bytes));
    PageHeader header = new PageHeader(PageType.DICTIONARY_PAGE, dictionary.used(), bytes);
    header.setCrc((int) checksum.getValue());
    header.setDictionary_page_header(new DictionaryPageHeader(keys.size(), Encoding.PLAIN));
    byte[] head = thrift(header);
    unpackedBytes += dictionary.used() + head.length;
    dictionaryPlace = pages.end();
    pages.append(head);
    pages.append(packed.address(), bytes);
    dictionaryBytes = head.length + bytes;
  }

  /** Writes all pages, that of the dictionary first. */
  void write(AtomicFile file) throws IOException {
    if (dictionaryBytes > 0) {
      pages.write(dictionaryPlace, dictionaryBytes, file);
    }
    for (Page page : written) {
      pages.write(page.place(), page.bytes(), file);
    }
  }

  /** Bytes of the dictionary page with its header; 0 without a dictionary. */
  int dictionaryBytes() {
    return dictionaryBytes;
  }

  /** Bytes of the data pages with their headers. */
  long pageBytes() {
    return pageBytes;
  }

  /** About how many bytes of the row group there are, whether pieces wait or not. */
  long collected() {
    return settledBytes + waitingBytes;
  }

  /** The data pages in order. */
  List<Page> written() {
    return written;
  }

  WrittenColumn column() {
    return column;
  }

  long unpackedBytes() {
    return unpackedBytes;
  }

  List<Encoding> encodings() {
    Set<Encoding> all = EnumSet.of(Encoding.RLE);
    all.addAll(encodings);
    if (hasDictionary()) {
      // That of the dictionary itself.
      all.add(Encoding.PLAIN);
    }
    return List.copyOf(all);
  }

  private boolean hasDictionary() {
    return encodings.contains(Encoding.RLE_DICTIONARY);
  }

  /** Starts on the next row group. */
  void clear() {
    written.clear();
    dictionary.clear();
    keys.clear();
    full = false;
    dictionaryBytes = 0;
    pageBytes = 0;
    settledBytes = 0;
    unpackedBytes = 0;
    encodings.clear();
  }

  @Override
  public void close() {
    waiting.close();
    dictionary.close();
  }
}
