package dev.baton.operators.parquet;

import dev.baton.engine.batch.Batch;
import dev.baton.engine.batch.Memory;
import dev.baton.engine.batch.Types;
import dev.baton.engine.batch.Validity;
import dev.baton.engine.operator.KernelContext;
import java.util.List;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.vector.BaseFixedWidthVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.ipc.message.ArrowFieldNode;
import org.apache.parquet.format.Encoding;
import org.apache.parquet.format.Type;

/** Reads columns of values of one width; booleans are bytes until they become bits at the end. */
final class FixedColumnReader extends ColumnReader {
  private final int storedWidth;
  private final int width;
  private final Indices indices;
  private FixedValues values;
  private ArrowBuf dictionary;
  private int dictionarySize;
  private ArrowBuf data;

  /** Stored values that are still to be converted. */
  private ArrowBuf scratch;

  FixedColumnReader(
      ParquetFile file, ParquetColumn column, PageReader pages, KernelContext context) {
    super(file, column, pages, context);
    storedWidth = column.width();
    indices = new Indices(context);
    if (column.field().getType().equals(Types.BOOL)) {
      width = 1;
    } else {
      try (FieldVector example = column.field().createVector(context.allocator())) {
        width = ((BaseFixedWidthVector) example).getTypeWidth();
      }
    }
  }

  @Override
  void forgetDictionary() {
    forgetValues();
    dictionarySize = 0;
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
    forgetDictionary();
    // A value has at least a bit in its page, so that this is bounded by what was read.
    long least = storedWidth == 0 ? 4L : storedWidth;
    if (column.physical() == Type.BOOLEAN || size > (to - from) / least) {
      throw new CorruptException(
          "its dictionary claims " + size + " values in " + (to - from) + " bytes");
    }
    dictionary = context.allocator().buffer((long) size * width + PageReader.SLACK);
    dictionarySize = size;
    try (FixedValues plain = decoder(Encoding.PLAIN, from, to)) {
      decode(plain, size, dictionary.memoryAddress());
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
    values = decoder(encoding, from, to);
  }

  private FixedValues decoder(Encoding encoding, long from, long to) throws CorruptException {
    Type type = column.physical();
    if (type == Type.BYTE_ARRAY) {
      TextValues bytes = TextColumnReader.decoder(encoding, from, to, column, context);
      return FixedText.decimals(bytes, width, context);
    }
    return switch (encoding) {
      case PLAIN ->
          type == Type.BOOLEAN
              ? new BooleanValues.Plain(from, to)
              : new FixedValues.Plain(storedWidth, from, to);
      case RLE -> {
        if (type != Type.BOOLEAN) {
          throw unsupported(column, encoding);
        }
        yield new BooleanValues.Runs(from, to);
      }
      case DELTA_BINARY_PACKED -> {
        if (type != Type.INT32 && type != Type.INT64) {
          throw unsupported(column, encoding);
        }
        yield new FixedValues.Delta(storedWidth, from, to);
      }
      case BYTE_STREAM_SPLIT -> {
        if (type == Type.BOOLEAN || type == Type.INT96) {
          throw unsupported(column, encoding);
        }
        yield new FixedValues.Split(storedWidth, from, to);
      }
      case DELTA_BYTE_ARRAY -> {
        if (type != Type.FIXED_LEN_BYTE_ARRAY) {
          throw unsupported(column, encoding);
        }
        yield FixedText.same(
            TextColumnReader.decoder(encoding, from, to, column, context), storedWidth, context);
      }
      default -> throw unsupported(column, encoding);
    };
  }

  @Override
  void begin(int rows) {
    data = context.allocator().buffer((long) rows * width + PageReader.SLACK);
  }

  @Override
  void values(int rows, int present, long bitmap, int first) throws CorruptException {
    long target = data.memoryAddress() + (long) first * width;
    if (values == null) {
      indices.gather(present, dictionary.memoryAddress(), dictionarySize, width, target);
    } else {
      decode(values, present, target);
    }
    if (present < rows) {
      Spread.values(target, width, bitmap, first, rows, present);
    }
  }

  private void decode(FixedValues from, int count, long target) throws CorruptException {
    if (column.conversion() == Conversion.NONE || column.physical() == Type.BYTE_ARRAY) {
      from.read(count, target);
      return;
    }
    long bytes = (long) count * storedWidth + PageReader.SLACK;
    if (scratch == null || scratch.capacity() < bytes) {
      ArrowBuf larger = context.allocator().buffer(bytes);
      if (scratch != null) {
        scratch.close();
      }
      scratch = larger;
    }
    from.read(count, scratch.memoryAddress());
    column.conversion().apply(scratch.memoryAddress(), storedWidth, target, width, count);
  }

  @Override
  void finish(Batch batch, ArrowFieldNode node, ArrowBuf validity) {
    int rows = batch.rows();
    try {
      if (column.physical() == Type.BOOLEAN) {
        pack(rows);
        data.writerIndex(Validity.bytes(rows));
      } else {
        data.writerIndex((long) rows * width);
      }
      batch.put(column(node, List.of(validity, data)));
    } finally {
      abandon();
    }
  }

  /** Bytes become bits, in place. */
  private void pack(int rows) {
    long at = data.memoryAddress();
    Memory.putLong(at + rows, 0);
    for (int i = 0; i < rows; i += 8) {
      // Multiplying moves the lowest bit of each byte into the highest byte.
      long bits = Memory.getLong(at + i) * 0x0102_0408_1020_4080L >>> 56;
      Memory.putByte(at + (i >>> 3), (byte) bits);
    }
  }

  @Override
  void abandon() {
    if (data != null) {
      data.close();
      data = null;
    }
  }

  @Override
  public void close() {
    super.close();
    indices.close();
    if (scratch != null) {
      scratch.close();
      scratch = null;
    }
  }
}
