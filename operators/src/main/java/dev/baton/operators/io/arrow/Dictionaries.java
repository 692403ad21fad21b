package dev.baton.operators.io.arrow;

import dev.baton.engine.batch.Memory;
import dev.baton.engine.batch.Validity;
import dev.baton.engine.operator.KernelContext;
import dev.baton.engine.source.SourceException;
import java.nio.channels.FileChannel;
import java.util.IdentityHashMap;
import org.apache.arrow.flatbuf.DictionaryBatch;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.vector.BaseFixedWidthVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.FieldType;

/** The dictionaries one decoder has met, each read once. */
final class Dictionaries implements AutoCloseable {
  private final KernelContext context;
  private final IdentityHashMap<ArrowMessage, FieldVector> loaded = new IdentityHashMap<>();

  Dictionaries(KernelContext context) {
    this.context = context;
  }

  /** A new column of the values that {@code indices}, which is only borrowed, stand for. */
  FieldVector decode(
      FieldVector indices, Field written, Field made, ArrowIndex.Block block, FileChannel channel)
      throws Exception {
    long id = written.getDictionary().getId();
    ArrowMessage message = block.dictionaries().get(id);
    if (message == null) {
      throw new SourceException(
          String.format(
              "%s: dictionary %d of column '%s' is not in the file before it",
              block.message().place(), id, written.getName()));
    }
    FieldVector values = loaded.get(message);
    if (values == null) {
      values = load(message, written, made, channel);
      loaded.put(message, values);
    }
    return gather(indices, values, made, block);
  }

  private FieldVector load(ArrowMessage message, Field written, Field made, FileChannel channel)
      throws Exception {
    DictionaryBatch header = (DictionaryBatch) message.header().header(new DictionaryBatch());
    Field plain = new Field(written.getName(), FieldType.nullable(written.getType()), null);
    FieldVector values = made.createVector(context.allocator());
    Compression compression = BatchReader.compression(message, header.data());
    try (Unpacked unpacked = new Unpacked(message, compression, context)) {
      BatchReader batch = new BatchReader(message, header.data(), channel, null, unpacked, context);
      int rows = Math.toIntExact(header.data().length());
      new SliceReader(batch, context).load(values, plain, 0, rows);
      return values;
    } catch (Throwable e) {
      values.close();
      throw e;
    }
  }

  private FieldVector gather(
      FieldVector indices, FieldVector values, Field made, ArrowIndex.Block block)
      throws SourceException {
    int rows = indices.getValueCount();
    int[] selected = new int[rows];
    long data = indices.getDataBuffer().memoryAddress();
    long validity = rows == 0 ? 0 : Validity.address(indices);
    int width = ((BaseFixedWidthVector) indices).getTypeWidth();
    boolean signed = ((ArrowType.Int) indices.getField().getType()).getIsSigned();
    for (int i = 0; i < rows; i++) {
      if (!Validity.isSet(validity, i)) {
        selected[i] = -1;
        continue;
      }
      long index = index(data, i, width, signed);
      if (index < 0 || index >= values.getValueCount()) {
        throw new SourceException(
            String.format(
                "%s, column '%s', row %d: index %d is not in its dictionary of %d values",
                block.message().place(), made.getName(), i, index, values.getValueCount()));
      }
      selected[i] = values.isNull((int) index) ? -1 : (int) index;
    }
    FieldVector target = made.createVector(context.allocator());
    try {
      if (made.getType() instanceof ArrowType.Utf8) {
        text(target, values, selected);
      } else {
        target.setInitialCapacity(Math.max(rows, 1));
        target.allocateNew();
        for (int i = 0; i < rows; i++) {
          if (selected[i] >= 0) {
            target.copyFromSafe(selected[i], i, values);
          }
        }
        target.setValueCount(rows);
      }
      return target;
    } catch (Throwable e) {
      target.close();
      throw e;
    }
  }

  private static long index(long data, int row, int width, boolean signed) {
    return switch (width) {
      case 8 -> Memory.getLong(data + 8L * row);
      case 4 -> Memory.getInt(data + 4L * row) & (signed ? -1L : 0xFFFF_FFFFL);
      case 2 -> Memory.getShort(data + 2L * row) & (signed ? -1L : 0xFFFFL);
      default -> Memory.getByte(data + row) & (signed ? -1L : 0xFFL);
    };
  }

  private static void text(FieldVector target, FieldVector values, int[] selected) {
    int rows = selected.length;
    long from = values.getOffsetBuffer().memoryAddress();
    long bytes = 0;
    for (int row : selected) {
      bytes += row < 0 ? 0 : Memory.getInt(from + 4L * row + 4) - Memory.getInt(from + 4L * row);
    }
    org.apache.arrow.vector.VarCharVector text = (org.apache.arrow.vector.VarCharVector) target;
    text.allocateNew(Math.max(bytes, 1), Math.max(rows, 1));
    ArrowBuf data = text.getDataBuffer();
    long offsets = text.getOffsetBuffer().memoryAddress();
    long validity = text.getValidityBuffer().memoryAddress();
    long source = values.getDataBuffer().memoryAddress();
    int used = 0;
    Memory.putInt(offsets, 0);
    for (int i = 0; i < rows; i++) {
      if (selected[i] >= 0) {
        int start = Memory.getInt(from + 4L * selected[i]);
        int length = Memory.getInt(from + 4L * selected[i] + 4) - start;
        Memory.copy(source + start, data.memoryAddress() + used, length);
        used += length;
        Validity.set(validity, i);
      }
      Memory.putInt(offsets + 4L * i + 4, used);
    }
    text.setLastSet(rows - 1);
    text.setValueCount(rows);
  }

  @Override
  public void close() {
    loaded.values().forEach(FieldVector::close);
    loaded.clear();
  }
}
