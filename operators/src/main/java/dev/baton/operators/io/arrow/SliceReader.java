package dev.baton.operators.io.arrow;

import dev.baton.engine.batch.Memory;
import dev.baton.engine.batch.Validity;
import dev.baton.engine.operator.KernelContext;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.vector.BaseFixedWidthVector;
import org.apache.arrow.vector.BitVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.complex.FixedSizeListVector;
import org.apache.arrow.vector.ipc.message.ArrowFieldNode;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;

/** Fills a column with a run of rows of the same column in a record batch. */
final class SliceReader {
  private final BatchReader batch;
  private final KernelContext context;

  SliceReader(BatchReader batch, KernelContext context) {
    this.batch = batch;
    this.context = context;
  }

  /**
   * Loads rows {@code first} to {@code first + count}; goes on to the next column of the batch.
   *
   * @param vector a new, empty column of the type that {@link ArrowTypes} makes of {@code written}
   */
  void load(FieldVector vector, Field written, long first, int count) throws Exception {
    List<ArrowBuf> buffers = new ArrayList<>(3);
    try {
      String name = written.getName();
      ArrowType stored = ArrowTypes.stored(written);
      long nullCount = batch.column(name, first + count);
      if (stored instanceof ArrowType.Null) {
        vector.setInitialCapacity(count);
        vector.allocateNew();
        vector.setValueCount(count);
        return;
      }
      Piece validity = batch.buffer(name);
      ArrowBuf bits =
          nullCount == 0 || validity.length() == 0
              ? allValid(count)
              : batch.bits(name, validity, first, count);
      buffers.add(bits);
      int nulls = count == 0 ? 0 : Validity.nulls(bits.memoryAddress(), count);
      long childFirst = 0;
      int childCount = 0;
      switch (stored.getTypeID()) {
        case Struct -> {
          childFirst = first;
          childCount = count;
        }
        case FixedSizeList -> {
          int size = ((FixedSizeListVector) vector).getListSize();
          childFirst = Math.multiplyExact(first, size);
          childCount = Math.multiplyExact(count, size);
        }
        case List, Map -> {
          ArrowBuf offsets = offsets(name, first, count, false);
          buffers.add(offsets);
          childFirst = origin;
          childCount = Memory.getInt(offsets.memoryAddress() + 4L * count);
        }
        case Utf8, Binary -> text(name, first, count, false, buffers);
        case LargeUtf8, LargeBinary -> text(name, first, count, true, buffers);
        default -> buffers.add(values(vector, name, first, count));
      }
      vector.loadFieldBuffers(new ArrowFieldNode(count, nulls), buffers);
      List<Field> children = ArrowTypes.children(written);
      for (int i = 0; i < children.size(); i++) {
        FieldVector child = vector.getChildrenFromFields().get(i);
        load(child, children.get(i), childFirst, childCount);
      }
    } finally {
      buffers.forEach(ArrowBuf::close);
    }
  }

  private ArrowBuf allValid(int count) {
    ArrowBuf bits = context.allocator().buffer(Validity.bytes(count) + 8L);
    Memory.fill(bits.memoryAddress(), bits.capacity(), (byte) 0);
    Validity.setAll(bits, count);
    bits.writerIndex(Validity.bytes(count));
    return bits;
  }

  private ArrowBuf values(FieldVector vector, String name, long first, int count) throws Exception {
    Piece values = batch.buffer(name);
    if (vector instanceof BitVector) {
      return batch.bits(name, values, first, count);
    }
    long width = ((BaseFixedWidthVector) vector).getTypeWidth();
    return batch.view(name, values, first * width, count * width);
  }

  private void text(String name, long first, int count, boolean wide, List<ArrowBuf> buffers)
      throws Exception {
    ArrowBuf offsets = offsets(name, first, count, wide);
    buffers.add(offsets);
    int bytes = Memory.getInt(offsets.memoryAddress() + 4L * count);
    buffers.add(batch.view(name, batch.buffer(name), origin, bytes));
  }

  /** Where the first row's bytes or elements start; left behind by {@link #offsets}. */
  private long origin;

  /** Offsets of four bytes, checked to grow, and moved so that the first is zero. */
  private ArrowBuf offsets(String name, long first, int count, boolean wide) throws Exception {
    Piece source = batch.buffer(name);
    ArrowBuf target;
    if (count == 0) {
      origin = 0;
      target = context.allocator().buffer(8);
      Memory.putLong(target.memoryAddress(), 0);
    } else {
      int width = wide ? 8 : 4;
      long bytes = (count + 1L) * width;
      target = batch.allocate(name, source, first * width, bytes, bytes);
    }
    try {
      if (count > 0) {
        rebase(name, target.memoryAddress(), count, wide);
      }
      target.writerIndex(4L * (count + 1));
      return target;
    } catch (Throwable e) {
      target.close();
      throw e;
    }
  }

  private void rebase(String name, long address, int count, boolean wide) throws Exception {
    long start = wide ? Memory.getLong(address) : Memory.getInt(address);
    long previous = start;
    for (int i = 0; i <= count; i++) {
      long offset = wide ? Memory.getLong(address + 8L * i) : Memory.getInt(address + 4L * i);
      if (start < 0 || offset < previous || offset - start > Integer.MAX_VALUE) {
        throw batch.corrupt(
            String.format(
                "column '%s' has offset %d after %d (they must grow, by less than 2 GiB in all)",
                name, offset, previous));
      }
      previous = offset;
      Memory.putInt(address + 4L * i, (int) (offset - start));
    }
    origin = start;
  }
}
