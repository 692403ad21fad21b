package dev.baton.operators.parquet;

import dev.baton.engine.batch.Memory;
import dev.baton.engine.batch.Types;
import dev.baton.engine.operator.KernelContext;
import dev.baton.operators.internal.Utf8;
import java.util.List;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.ipc.message.ArrowFieldNode;
import org.apache.parquet.format.Encoding;

/** Reads columns of texts and of bytes of any length. */
final class TextColumnReader extends ColumnReader {
  private final Indices indices;
  private final boolean isUtf8;
  private TextValues values;

  /** Texts of the dictionary, and where each ends, behind a zero. */
  private GrowingBuffer dictionary;

  private ArrowBuf dictionaryEnds;
  private int dictionarySize;

  private ArrowBuf ends;
  private GrowingBuffer data;
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
    dictionarySize = 0;
    if (dictionary != null) {
      dictionary.close();
      dictionary = null;
    }
    if (dictionaryEnds != null) {
      dictionaryEnds.close();
      dictionaryEnds = null;
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
    forgetDictionary();
    if (size > (to - from) / 4) {
      throw new CorruptException(
          "its dictionary claims " + size + " values in " + (to - from) + " bytes");
    }
    dictionary = new GrowingBuffer(context.allocator(), to - from);
    dictionaryEnds = context.allocator().buffer(4L * size + PageReader.SLACK);
    Memory.putInt(dictionaryEnds.memoryAddress(), 0);
    new TextValues.Plain(from, to).read(size, dictionary, dictionaryEnds.memoryAddress() + 4);
    dictionarySize = size;
    checkText(dictionary, 0, dictionaryEnds.memoryAddress() + 4, size);
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
  void begin(int rows) {
    ends = context.allocator().buffer(4L * (rows + 1) + PageReader.SLACK);
    Memory.putInt(ends.memoryAddress(), 0);
    data = new GrowingBuffer(context.allocator(), expected);
  }

  @Override
  void values(int rows, int present, long bitmap, int first) throws CorruptException {
    long at = ends.memoryAddress() + 4L * (first + 1);
    if (values == null) {
      fromDictionary(present, at);
    } else {
      int start = data.used();
      values.read(present, data, at);
      checkText(data, start, at, present);
    }
    if (present < rows) {
      Spread.ends(at, bitmap, first, rows, present);
    }
  }

  private void fromDictionary(int count, long at) throws CorruptException {
    long from = dictionaryEnds.memoryAddress();
    long texts = dictionary.address();
    for (int done = 0; done < count; done += Indices.PIECE) {
      int some = Math.min(Indices.PIECE, count - done);
      long found = indices.read(some, dictionarySize);
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
  FieldVector finish(int rows, ArrowFieldNode node, ArrowBuf validity) {
    try {
      expected = data.used() + data.used() / 8L + 64;
      ends.writerIndex(4L * (rows + 1));
      data.buffer().writerIndex(data.used());
      return column(node, List.of(validity, ends, data.buffer()));
    } finally {
      abandon();
    }
  }

  @Override
  void abandon() {
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
