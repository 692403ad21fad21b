package dev.baton.operators.io.arrow;

import dev.baton.engine.batch.Memory;
import dev.baton.engine.batch.Validity;
import dev.baton.engine.batch.Vectors;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.BaseFixedWidthVector;
import org.apache.arrow.vector.BaseVariableWidthVector;
import org.apache.arrow.vector.BitVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.ipc.message.ArrowFieldNode;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.util.TransferPair;

/** Reads some rows of one column of a record batch into a new vector, which the caller closes. */
final class ColumnReader {
  private final BlockReader block;
  private final BufferAllocator allocator;

  ColumnReader(BlockReader block, BufferAllocator allocator) {
    this.block = block;
    this.allocator = allocator;
  }

  /**
   * @param field the type as stored; text and binary with 64-bit offsets come with 32-bit ones
   * @param first the first row, a multiple of 64
   */
  FieldVector read(Field field, Field held, int node, int buffer, int first, int rows)
      throws IOException {
    ArrowType type = field.getType();
    if (block.values(node) < (long) first + rows) {
      throw block.error(
          String.format(
              "column '%s' has %d values but the batch %d rows; the file is corrupt",
              field.getName(), block.values(node), block.rows()));
    }
    if (type instanceof ArrowType.Null) {
      return empty(held, rows);
    }
    try (FieldVector probe = field.createVector(allocator)) {
      if (probe instanceof BaseFixedWidthVector fixed) {
        int width = fixed instanceof BitVector ? 0 : fixed.getTypeWidth();
        return fixedWidth(held, width, node, buffer, first, rows);
      }
    }
    if (type instanceof ArrowType.Utf8 || type instanceof ArrowType.Binary) {
      return variableWidth(held, 4, node, buffer, first, rows);
    }
    if (type instanceof ArrowType.LargeUtf8 || type instanceof ArrowType.LargeBinary) {
      return variableWidth(held, 8, node, buffer, first, rows);
    }
    return nested(field, node, buffer, first, rows);
  }

  private FieldVector empty(Field held, int rows) {
    BaseVariableWidthVector vector = (BaseVariableWidthVector) held.createVector(allocator);
    vector.allocateNew(0, rows);
    vector.setValueCount(rows);
    return vector;
  }

  /** Reads values of {@code width} bytes, or of one bit when it is 0. */
  private FieldVector fixedWidth(Field held, int width, int node, int buffer, int first, int rows)
      throws IOException {
    FieldVector vector = Vectors.fixed(held, rows, allocator);
    try {
      readValidity(vector, node, buffer, first, rows);
      long from = width == 0 ? first >>> 3 : (long) first * width;
      long bytes = width == 0 ? Validity.bytes(rows) : (long) rows * width;
      block.readInto(buffer + 1, from, bytes, vector.getDataBuffer());
      return vector;
    } catch (Throwable e) {
      vector.close();
      throw e;
    }
  }

  private void readValidity(FieldVector vector, int node, int buffer, int first, int rows)
      throws IOException {
    if (rows == 0) {
      return;
    }
    ArrowBuf validity = vector.getValidityBuffer();
    // A column without nulls may come without a bitmap.
    if (block.nulls(node) == 0 || block.length(buffer) == 0) {
      Validity.setAll(validity, rows);
      return;
    }
    block.readInto(buffer, first >>> 3, Validity.bytes(rows), validity);
    Validity.copy(validity.memoryAddress(), validity.memoryAddress(), rows);
  }

  private FieldVector variableWidth(
      Field held, int offsetWidth, int node, int buffer, int first, int rows) throws IOException {
    if (rows == 0) {
      return empty(held, 0);
    }
    try (ArrowBuf offsets =
        block.read(buffer + 1, (long) first * offsetWidth, (rows + 1L) * offsetWidth)) {
      long from = offset(offsets, offsetWidth, 0);
      long bytes = offset(offsets, offsetWidth, rows) - from;
      if (from < 0 || bytes < 0 || bytes > Integer.MAX_VALUE) {
        throw badOffsets(held, from, from + bytes);
      }
      // Unbounded claims must not become allocations.
      if (from + bytes > block.length(buffer + 2)) {
        throw badOffsets(held, from, from + bytes);
      }
      BaseVariableWidthVector vector = (BaseVariableWidthVector) held.createVector(allocator);
      try {
        vector.allocateNew(bytes, rows);
        rebase(held, offsets, offsetWidth, from, rows, Vectors.offsets(vector));
        readValidity(vector, node, buffer, first, rows);
        block.readInto(buffer + 2, from, bytes, vector.getDataBuffer());
        vector.setLastSet(rows - 1);
        vector.setValueCount(rows);
        return vector;
      } catch (Throwable e) {
        vector.close();
        throw e;
      }
    }
  }

  private static long offset(ArrowBuf offsets, int width, long i) {
    return width == 8 ? offsets.getLong(8 * i) : offsets.getInt(4 * i);
  }

  private void rebase(Field held, ArrowBuf offsets, int width, long from, int rows, long target)
      throws IOException {
    long previous = from;
    for (int i = 0; i <= rows; i++) {
      long offset = offset(offsets, width, i);
      if (offset < previous) {
        throw badOffsets(held, previous, offset);
      }
      previous = offset;
      Memory.putInt(target + 4L * i, (int) (offset - from));
    }
  }

  private IOException badOffsets(Field field, long from, long to) {
    return block.error(
        String.format(
            "column '%s' has a value from byte %d to byte %d; the file is corrupt",
            field.getName(), from, to));
  }

  /** Lists and structs are read whole, since their children are not aligned with the rows. */
  private FieldVector nested(Field field, int node, int buffer, int first, int rows)
      throws IOException {
    try (FieldVector whole = field.createVector(allocator)) {
      load(whole, new int[] {node, buffer});
      TransferPair pair = whole.getTransferPair(field, allocator);
      pair.splitAndTransfer(first, rows);
      return (FieldVector) pair.getTo();
    }
  }

  /** Loads a vector and its children; {@code next} holds the next node and the next buffer. */
  private void load(FieldVector vector, int[] next) throws IOException {
    int node = next[0]++;
    int values = block.values(node);
    int nulls = (int) Math.min(values, Math.max(0, block.nulls(node)));
    Field field = vector.getField();
    int count = org.apache.arrow.vector.TypeLayout.getTypeBufferCount(field.getType());
    List<ArrowBuf> buffers = new ArrayList<>();
    try {
      for (int i = 0; i < count; i++) {
        int buffer = next[1]++;
        buffers.add(block.read(buffer, 0, block.length(buffer)));
        buffers.get(i).writerIndex(block.length(buffer));
      }
      checkBuffers(vector, values, nulls, buffers);
      vector.loadFieldBuffers(new ArrowFieldNode(values, nulls), buffers);
    } finally {
      buffers.forEach(ArrowBuf::close);
    }
    for (FieldVector child : vector.getChildrenFromFields()) {
      load(child, next);
    }
    checkOffsets(vector, values);
  }

  private void checkBuffers(FieldVector vector, int values, int nulls, List<ArrowBuf> buffers)
      throws IOException {
    String name = vector.getField().getName();
    for (int i = 0; i < buffers.size(); i++) {
      long needed = 0;
      if (i == 0) {
        needed = nulls == 0 ? 0 : Validity.bytes(values);
      } else if (vector instanceof BitVector) {
        needed = Validity.bytes(values);
      } else if (vector instanceof BaseFixedWidthVector fixed) {
        needed = (long) values * fixed.getTypeWidth();
      } else if (i == 1 && values > 0) {
        needed = 4L * (values + 1L);
      }
      if (buffers.get(i).writerIndex() < needed) {
        throw block.error(
            String.format(
                "column '%s' needs %d bytes in a buffer of %d; the file is corrupt",
                name, needed, buffers.get(i).writerIndex()));
      }
    }
  }

  /** Offsets must ascend and end within the data or the children. */
  private void checkOffsets(FieldVector vector, int values) throws IOException {
    boolean text = vector instanceof BaseVariableWidthVector;
    boolean list = vector instanceof org.apache.arrow.vector.complex.ListVector;
    if (values == 0 || !text && !list) {
      return;
    }
    long end =
        text
            ? vector.getDataBuffer().writerIndex()
            : vector.getChildrenFromFields().get(0).getValueCount();
    long previous = 0;
    for (int i = 0; i <= values; i++) {
      int offset = vector.getOffsetBuffer().getInt(4L * i);
      if (offset < previous || offset > end) {
        throw badOffsets(vector.getField(), previous, offset);
      }
      previous = offset;
    }
  }
}
