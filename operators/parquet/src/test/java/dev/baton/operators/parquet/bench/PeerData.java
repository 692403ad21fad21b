package dev.baton.operators.parquet.bench;

import dev.baton.engine.batch.Batch;
import dev.baton.engine.batch.Memory;
import dev.baton.engine.batch.Types;
import dev.baton.engine.batch.Validity;
import dev.baton.engine.batch.Vectors;
import dev.baton.operators.internal.TextBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.BaseFixedWidthVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.types.pojo.ArrowType;

/** The inputs that engines are compared on, made from a seed: the same rows every time. */
enum PeerData {
  /**
   * Click logs: a label, 13 skewed integers with 10 to 45 % nulls, 26 texts of 8 hexadecimal digits
   * that follow Zipf's law over 10 to 200,000 values, some null.
   */
  CRITEO {
    @Override
    Batch batch(int number, int rows, BufferAllocator allocator) {
      SplittableRandom random = new SplittableRandom(1_000_003L * number + 1);
      List<FieldVector> columns = new ArrayList<>();
      columns.add(
          fixed(
              "label",
              Types.INT32,
              rows,
              0,
              random,
              allocator,
              (at, r) -> {
                Memory.putInt(at, r.nextInt(4) == 0 ? 1 : 0);
              }));
      for (int i = 1; i <= 13; i++) {
        double spread = 3 + i * 0.5;
        columns.add(
            fixed(
                "i" + i,
                Types.INT32,
                rows,
                0.1 + 0.025 * i,
                random,
                allocator,
                (at, r) -> {
                  Memory.putInt(at, (int) Math.exp(r.nextDouble() * spread) - 2);
                }));
      }
      for (int i = 1; i <= 26; i++) {
        double values = Math.log(10 * Math.pow(20_000, (i - 1) / 25.0));
        columns.add(hex("c" + i, i, values, i % 4 * 0.08, rows, random, allocator));
      }
      return Batch.of(rows, columns);
    }
  },

  /** What is learnt from: {@link #CRITEO} as logarithms, float32, and buckets below 100,000. */
  FEATURES {
    @Override
    Batch batch(int number, int rows, BufferAllocator allocator) {
      List<FieldVector> columns = new ArrayList<>();
      try (Batch logs = CRITEO.batch(number, rows, allocator)) {
        for (String name : logs.names()) {
          columns.add(feature(logs.column(name), rows, allocator));
        }
      }
      return Batch.of(rows, columns);
    }
  },

  /** 40 doubles, 5 % of them null. */
  WIDE {
    @Override
    Batch batch(int number, int rows, BufferAllocator allocator) {
      SplittableRandom random = new SplittableRandom(1_000_003L * number + 2);
      List<FieldVector> columns = new ArrayList<>();
      for (int i = 0; i < 40; i++) {
        double scale = Math.pow(10, i % 7 - 3);
        columns.add(
            fixed(
                "x" + i,
                Types.FLOAT64,
                rows,
                0.05,
                random,
                allocator,
                (at, r) -> {
                  Memory.putDouble(at, (r.nextDouble() + r.nextDouble() - 1) * scale);
                }));
      }
      return Batch.of(rows, columns);
    }
  };

  /** Rows of a batch with that number; the caller closes it. */
  abstract Batch batch(int number, int rows, BufferAllocator allocator);

  /** Writes a random value. */
  @FunctionalInterface
  private interface Value {
    void write(long at, SplittableRandom random);
  }

  private static FieldVector fixed(
      String name,
      ArrowType type,
      int rows,
      double nulls,
      SplittableRandom random,
      BufferAllocator allocator,
      Value value) {
    BaseFixedWidthVector vector = Vectors.fixed(Types.field(name, type), rows, allocator);
    long data = Vectors.data(vector);
    for (int i = 0; i < rows; i++) {
      if (random.nextDouble() >= nulls) {
        Validity.set(Validity.address(vector), i);
        value.write(data + (long) vector.getTypeWidth() * i, random);
      }
    }
    return vector;
  }

  /** Nulls become 0 in numbers and stay in categories. */
  private static FieldVector feature(FieldVector logs, int rows, BufferAllocator allocator) {
    boolean isText = logs instanceof VarCharVector;
    boolean isLabel = logs.getName().equals("label");
    ArrowType type = isText || isLabel ? Types.INT32 : Types.FLOAT32;
    FieldVector made = Vectors.fixed(Types.field(logs.getName(), type), rows, allocator);
    for (int i = 0; i < rows; i++) {
      if (logs.isNull(i) && isText) {
        continue;
      }
      Validity.set(Validity.address(made), i);
      long at = Vectors.data(made) + 4L * i;
      if (isText) {
        Memory.putInt(at, (int) (Long.parseLong(logs.getObject(i).toString(), 16) % 100_000));
      } else {
        int value = logs.isNull(i) ? 0 : (Integer) logs.getObject(i);
        Memory.putInt(
            at, isLabel ? value : Float.floatToRawIntBits((float) Math.log1p(Math.max(0, value))));
      }
    }
    return made;
  }

  private static FieldVector hex(
      String name,
      int column,
      double logOfValues,
      double nulls,
      int rows,
      SplittableRandom random,
      BufferAllocator allocator) {
    try (TextBuilder text = new TextBuilder(name, rows, 8L * rows, allocator)) {
      for (int i = 0; i < rows; i++) {
        if (random.nextDouble() < nulls) {
          text.appendNull();
          continue;
        }
        long rank = (long) Math.exp(random.nextDouble() * logOfValues);
        long digits = (rank * 1_000_003L + column) * 0x9E3779B97F4A7C15L >>> 32;
        long at = text.room(8);
        for (int j = 0; j < 8; j++) {
          int digit = (int) (digits >>> 4 * j & 15);
          Memory.putByte(at + j, (byte) (digit < 10 ? '0' + digit : 'a' + digit - 10));
        }
        text.appendTo(at + 8);
      }
      return text.finish();
    }
  }
}
