package dev.baton.operators.expression;

import dev.baton.engine.batch.Memory;
import dev.baton.engine.batch.Validity;
import dev.baton.engine.batch.Vectors;
import dev.baton.operators.internal.Doubles;
import dev.baton.operators.internal.Longs;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.types.pojo.Field;

/** A column under construction, block by block, narrowing values to its type. */
final class Output implements Program.Sink, AutoCloseable {
  private final FieldVector vector;
  private final int rows;
  private int textEnd;

  Output(Field field, int rows, BufferAllocator allocator) {
    this.rows = rows;
    if (Kind.of(field.getType()) == Kind.TEXT) {
      VarCharVector text = (VarCharVector) field.createVector(allocator);
      vector = text;
      try {
        text.allocateNew(8L * rows, rows);
      } catch (Throwable e) {
        text.close();
        throw e;
      }
    } else {
      vector = Vectors.fixed(field, rows, allocator);
    }
  }

  @Override
  public void take(Node values, Block block) {
    bitmap(values.valid, Validity.address(vector), block);
    switch (values.kind) {
      case BOOL -> bitmap(values.bits, Vectors.data(vector), block);
      case FLOAT -> Doubles.store(values.doubles, vector, block.first, block.rows);
      case TEXT -> text(values, block);
      default -> Longs.store(values.longs, vector, block.first, block.rows);
    }
  }

  private void bitmap(long[] words, long to, Block block) {
    for (int w = 0; w < block.words; w++) {
      long word = words[w] & Validity.tail(block.rows - (w << 6));
      Validity.putWord(to + (block.first >>> 3), w, block.rows, word);
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
