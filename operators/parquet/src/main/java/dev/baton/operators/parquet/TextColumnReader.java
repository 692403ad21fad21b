package dev.baton.operators.parquet;

import dev.baton.engine.batch.Batch;
import dev.baton.engine.batch.Memory;
import dev.baton.engine.batch.TextDictionary;
import dev.baton.engine.batch.Types;
import dev.baton.engine.batch.Validity;
import dev.baton.engine.batch.Vectors;
import dev.baton.engine.operator.KernelContext;
import dev.baton.operators.internal.Utf8;
import java.util.List;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.vector.IntVector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.ipc.message.ArrowFieldNode;
import org.apache.parquet.format.Encoding;

/** Reads columns of texts and of bytes of any length. */
final class TextColumnReader extends ColumnReader {
  /** Texts of a batch are no more as numbers than they could be as texts. */
  private static final long MOST_BYTES = 1 << 30;

  private final Indices indices;
  private final boolean isUtf8;
  private TextValues values;

  /** Null before there is one. */
  private TextDictionary dictionary;

  /** The bytes of its longest text. */
  private int longest;

  /**
   * The number of each row's text in the dictionary, while all rows since {@link #begin} have come
   * from it.
   */
  private ArrowBuf numbers;

  /** Else the texts themselves, and where each ends, behind a zero. */
  private GrowingBuffer data;

  private ArrowBuf ends;

  /** Rows of the batch, how many of them are there, and which of those have a text. */
  private int rows;

  private int filled;
  private long bitmap;
  private long expected = 1024;

  TextColumnReader(
      ParquetFile file, ParquetColumn column, PageReader pages, KernelContext context) {
    super(file, column, pages, context);
    indices = new Indices(context);
    isUtf8 = column.field().getType().equals(Types.UTF8);
  }

  /** Reads pages of texts that are no indices. */
  static TextValues decoder(
      Encoding encoding, long from, long to, ParquetColumn column, KernelContext context)
      throws CorruptException {
    return switch (encoding) {
      case PLAIN -> new TextValues.Plain(from, to);
      case DELTA_LENGTH_BYTE_ARRAY -> new TextValues.DeltaLength(from, to);
      case DELTA_BYTE_ARRAY -> new TextValues.DeltaText(from, to, context.allocator());
      default -> throw unsupported(column, encoding);
    };
  }

  @Override
  void forgetDictionary() {
    forgetValues();
    if (dictionary != null) {
      dictionary.close();
      dictionary = null;
    }
  }

  private void forgetValues() {
    if (values != null) {
      values.close();
      values = null;
    }
  }

  @Override
  void dictionary(long from, long to, int size) throws CorruptException {
    if (numbers != null) {
      // A second dictionary in a column chunk: what came before has its own.
      beginTexts();
    }
    forgetDictionary();
    if (size > (to - from) / 4) {
      throw new CorruptException(
          "its dictionary claims " + size + " values in " + (to - from) + " bytes");
    }
    try (GrowingBuffer texts = new GrowingBuffer(context.allocator(), to - from);
        ArrowBuf places = context.allocator().buffer(4L * (size + 1) + PageReader.SLACK);
        ArrowBuf all = context.allocator().buffer(Validity.bytes(size) + 8L)) {
      long at = places.memoryAddress();
      Memory.putInt(at, 0);
      new TextValues.Plain(from, to).read(size, texts, at + 4);
      checkText(texts, 0, at + 4, size);
      longest = 0;
      for (int i = 0; i < size; i++) {
        longest = Math.max(longest, Memory.getInt(at + 4L * i + 4) - Memory.getInt(at + 4L * i));
      }
      Validity.setAll(all.memoryAddress(), size);
      VarCharVector vector = new VarCharVector(column.name(), context.allocator());
      vector.loadFieldBuffers(new ArrowFieldNode(size, 0), List.of(all, places, texts.buffer()));
      dictionary = new TextDictionary(vector);
    }
  }

  @Override
  void indices(long from, long to) throws CorruptException {
    if (dictionary == null) {
      throw new CorruptException("a page has indices where there is no dictionary");
    }
    forgetValues();
    indices.start(from, to);
  }

  @Override
  void plain(Encoding encoding, long from, long to, int count) throws CorruptException {
    forgetValues();
    values = decoder(encoding, from, to, column, context);
  }

  @Override
  void begin(int count) {
    rows = count;
    filled = 0;
  }

  @Override
  void values(int count, int present, long validity, int first) throws CorruptException {
    bitmap = validity;
    if (data == null && (values != null || !fitsNumbers())) {
      beginTexts();
    } else if (data == null && numbers == null) {
      numbers = context.allocator().buffer(4L * rows + PageReader.SLACK);
    }
    if (numbers != null) {
      long at = numbers.memoryAddress() + 4L * first;
      indices.read(present, dictionary.size(), at);
      if (present < count) {
        Spread.values(at, 4, validity, first, count, present);
      }
    } else {
      texts(count, present, first);
    }
    filled = first + count;
  }

  private void texts(int count, int present, int first) throws CorruptException {
    long at = ends.memoryAddress() + 4L * (first + 1);
    if (values == null) {
      fromDictionary(present, at);
    } else {
      int start = data.used();
      values.read(present, data, at);
      checkText(data, start, at, present);
    }
    if (present < count) {
      Spread.ends(at, bitmap, first, count, present);
    }
  }

  /** Numbers instead of texts, where all texts together would be none too large for a column. */
  private boolean fitsNumbers() {
    return isUtf8 && dictionary.size() > 0 && (long) longest * rows <= MOST_BYTES;
  }

  /** Starts on texts; rows that have numbers get them first. */
  private void beginTexts() throws CorruptException {
    ends = context.allocator().buffer(4L * (rows + 1) + PageReader.SLACK);
    Memory.putInt(ends.memoryAddress(), 0);
    data = new GrowingBuffer(context.allocator(), expected);
    if (numbers == null) {
      return;
    }
    long from = Vectors.offsets(dictionary.texts());
    long texts = Vectors.data(dictionary.texts());
    for (int row = 0; row < filled; row++) {
      if (Validity.isSet(bitmap, row)) {
        int start = Memory.getInt(from + 4L * Memory.getInt(numbers.memoryAddress() + 4L * row));
        int end = Memory.getInt(from + 4L * Memory.getInt(numbers.memoryAddress() + 4L * row) + 4);
        data.append(texts + start, end - start);
      }
      Memory.putInt(ends.memoryAddress() + 4L * (row + 1), data.used());
    }
    numbers.close();
    numbers = null;
  }

  private void fromDictionary(int count, long at) throws CorruptException {
    long from = Vectors.offsets(dictionary.texts());
    long texts = Vectors.data(dictionary.texts());
    for (int done = 0; done < count; done += Indices.PIECE) {
      int some = Math.min(Indices.PIECE, count - done);
      long found = indices.read(some, dictionary.size());
      long bytes = 0;
      for (int i = 0; i < some; i++) {
        long entry = Memory.getLong(from + 4L * Memory.getInt(found + 4L * i));
        bytes += (entry >>> 32) - (entry & 0xFFFF_FFFFL);
      }
      long to = data.room(bytes);
      int used = data.used();
      long end = at + 4L * done;
      for (int i = 0; i < some; i++) {
        long entry = Memory.getLong(from + 4L * Memory.getInt(found + 4L * i));
        int start = (int) entry;
        int length = (int) (entry >>> 32) - start;
        TextValues.copy(texts + start, to, length);
        to += length;
        used += length;
        Memory.putInt(end + 4L * i, used);
      }
      data.advance(bytes);
    }
  }

  /** Text must be UTF-8, and each end lie between two characters. */
  private void checkText(GrowingBuffer texts, int start, long at, int count)
      throws CorruptException {
    if (!isUtf8) {
      return;
    }
    long base = texts.address();
    int end = texts.used();
    boolean valid = Utf8.valid(base + start, base + end);
    for (int i = 0; i < count - 1 && valid; i++) {
      int next = Memory.getInt(at + 4L * i);
      valid = next == end || (Memory.getByte(base + next) & 0xC0) != 0x80;
    }
    if (!valid) {
      throw new CorruptException("a text is not UTF-8");
    }
  }

  @Override
  void finish(Batch batch, ArrowFieldNode node, ArrowBuf validity) throws CorruptException {
    try {
      if (numbers != null) {
        numbers.writerIndex(4L * rows);
        IntVector vector = new IntVector(column.name(), context.allocator());
        vector.loadFieldBuffers(node, List.of(validity, numbers));
        batch.put(vector, dictionary);
        return;
      } else if (data == null) {
        beginTexts();
      }
      expected = data.used() + data.used() / 8L + 64;
      ends.writerIndex(4L * (rows + 1));
      data.buffer().writerIndex(data.used());
      batch.put(column(node, List.of(validity, ends, data.buffer())));
    } finally {
      abandon();
    }
  }

  @Override
  void abandon() {
    if (numbers != null) {
      numbers.close();
      numbers = null;
    }
    if (ends != null) {
      ends.close();
      ends = null;
    }
    if (data != null) {
      data.close();
      data = null;
    }
  }

  @Override
  public void close() {
    super.close();
    indices.close();
  }
}
