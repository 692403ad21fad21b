package dev.baton.operators.expression;

import dev.baton.engine.batch.Memory;
import dev.baton.engine.batch.Validity;
import dev.baton.engine.batch.Vectors;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.types.pojo.Field;

/** A column under construction, block by block, narrowing values to its type. */
final class Output implements Program.Sink, AutoCloseable {
  private final FieldVector vector;
  private final int rows;
  private final int width;
  private int textEnd;

  Output(Field field, int rows, BufferAllocator allocator) {
    this.rows = rows;
    if (Kind.of(field.getType()) == Kind.TEXT) {
      VarCharVector text = (VarCharVector) field.createVector(allocator);
      vector = text;
      width = 0;
      try {
        text.allocateNew(8L * rows, rows);
      } catch (Throwable e) {
        text.close();
        throw e;
      }
    } else {
      vector = Vectors.fixed(field, rows, allocator);
      width = ((org.apache.arrow.vector.BaseFixedWidthVector) vector).getTypeWidth();
    }
  }

  @Override
  public void take(Node values, Block block) {
    bitmap(values.valid, Validity.address(vector), block);
    long data = Vectors.data(vector);
    long to = data + (long) width * block.first;
    switch (values.kind) {
      case BOOL -> bitmap(values.bits, data, block);
      case FLOAT -> {
        if (width == 8) {
          doubles(values.doubles, to, block.rows);
        } else {
          floats(values.doubles, to, block.rows);
        }
      }
      case TEXT -> text(values, block);
      default -> longs(values.longs, to, block.rows);
    }
  }

  private void bitmap(long[] words, long to, Block block) {
    for (int w = 0; w < block.words; w++) {
      long word = words[w] & Validity.tail(block.rows - (w << 6));
      Validity.putWord(to + (block.first >>> 3), w, block.rows, word);
    }
  }

  private static void doubles(double[] from, long to, int rows) {
    for (int i = 0; i < rows; i++) {
      Memory.putDouble(to + 8L * i, from[i]);
    }
  }

  private static void floats(double[] from, long to, int rows) {
    for (int i = 0; i < rows; i++) {
      Memory.putFloat(to + 4L * i, (float) from[i]);
    }
  }

  private void longs(long[] from, long to, int rows) {
    switch (width) {
      case 1 -> {
        for (int i = 0; i < rows; i++) {
          Memory.putByte(to + i, (byte) from[i]);
        }
      }
      case 2 -> {
        for (int i = 0; i < rows; i++) {
          Memory.putShort(to + 2L * i, (short) from[i]);
        }
      }
      case 4 -> {
        for (int i = 0; i < rows; i++) {
          Memory.putInt(to + 4L * i, (int) from[i]);
        }
      }
      default -> {
        for (int i = 0; i < rows; i++) {
          Memory.putLong(to + 8L * i, from[i]);
        }
      }
    }
  }

  private void text(Node values, Block block) {
    VarCharVector text = (VarCharVector) vector;
    int[] lengths = values.lengths;
    long end = textEnd;
    for (int i = 0; i < block.rows; i++) {
      end += Node.isSet(values.valid, i) ? lengths[i] : 0;
    }
    while (text.getDataBuffer().capacity() < end) {
      text.reallocDataBuffer(); // Refuses, by an exception, to outgrow 32-bit offsets.
    }
    long data = Vectors.data(text);
    long offsets = Vectors.offsets(text) + 4L * block.first;
    int at = textEnd;
    for (int i = 0; i < block.rows; i++) {
      Memory.putInt(offsets + 4L * i, at);
      if (Node.isSet(values.valid, i)) {
        Memory.copy(values.longs[i], data + at, lengths[i]);
        at += lengths[i];
      }
    }
    Memory.putInt(offsets + 4L * block.rows, at);
    textEnd = at;
  }

  /** The finished column, which the caller owns. */
  FieldVector finish() {
    if (vector instanceof VarCharVector text) {
      text.setLastSet(rows - 1);
      text.setValueCount(rows);
    }
    return vector;
  }

  @Override
  public void close() {
    vector.close();
  }
}
