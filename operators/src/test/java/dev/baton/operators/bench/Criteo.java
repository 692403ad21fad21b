package dev.baton.operators.bench;

import dev.baton.engine.batch.Batch;
import dev.baton.engine.batch.Memory;
import dev.baton.engine.batch.Types;
import dev.baton.engine.batch.Validity;
import dev.baton.engine.batch.Vectors;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;

/**
 * Made-up rows in the shape of Criteo's click logs, for benchmarks: {@code label}, 13 skewed
 * integers {@code I1} to {@code I13}, 10 to 45 % of them null, and 26 categories {@code C1} to
 * {@code C26}, texts of eight hexadecimal digits out of 10 to 200,000 by Zipf's law, up to 25 % of
 * them null. The same for every call with the same batch number.
 */
public final class Criteo {
  public static final int NUMBERS = 13;
  public static final int CATEGORIES = 26;
  private static final long SEED = 20_261_124;
  private static final double ZIPF = 1.05;

  private final double[][] cumulative = new double[CATEGORIES][];

  public Criteo() {
    for (int column = 0; column < CATEGORIES; column++) {
      double[] sums = new double[distinct(column)];
      double sum = 0;
      for (int rank = 0; rank < sums.length; rank++) {
        sum += Math.pow(rank + 1, -ZIPF);
        sums[rank] = sum;
      }
      cumulative[column] = sums;
    }
  }

  /** How many categories column {@code C(column + 1)} has, in no particular order of columns. */
  static int distinct(int column) {
    double place = column * 7 % CATEGORIES / (CATEGORIES - 1.0);
    return (int) Math.round(10 * Math.pow(20_000, place));
  }

  public static List<String> numbers() {
    return IntStream.rangeClosed(1, NUMBERS).mapToObj(i -> "I" + i).toList();
  }

  public static List<String> categories() {
    return IntStream.rangeClosed(1, CATEGORIES).mapToObj(i -> "C" + i).toList();
  }

  public static Schema schema() {
    List<Field> fields = new ArrayList<>();
    fields.add(Types.field("label", Types.INT32));
    numbers().forEach(name -> fields.add(Types.field(name, Types.INT32)));
    categories().forEach(name -> fields.add(Types.field(name, Types.UTF8)));
    return new Schema(fields);
  }

  /** {@code rows} rows in batches of {@code batchRows}, the last one shorter; the caller closes. */
  public List<Batch> batches(int rows, int batchRows, BufferAllocator allocator) {
    List<Batch> batches = new ArrayList<>();
    for (int first = 0; first < rows; first += batchRows) {
      batches.add(batch(batches.size(), Math.min(batchRows, rows - first), allocator));
    }
    return batches;
  }

  /** The batch of that number. */
  public Batch batch(int number, int rows, BufferAllocator allocator) {
    List<FieldVector> columns = new ArrayList<>();
    for (Field field : schema().getFields()) {
      SplittableRandom random =
          new SplittableRandom(SEED + 1_000_003L * number + 101L * columns.size());
      int column = columns.size() - 1;
      if (column < NUMBERS) {
        columns.add(integers(field, column, rows, random, allocator));
      } else {
        columns.add(texts(field, column - NUMBERS, rows, random, allocator));
      }
    }
    return Batch.of(rows, columns);
  }

  private static FieldVector integers(
      Field field, int column, int rows, SplittableRandom random, BufferAllocator allocator) {
    FieldVector vector = Vectors.fixed(field, rows, allocator);
    double nulls = column < 0 ? 0 : 0.10 + 0.35 * column / (NUMBERS - 1);
    for (int row = 0; row < rows; row++) {
      if (random.nextDouble() >= nulls) {
        Validity.set(Validity.address(vector), row);
        int value =
            column < 0
                ? (random.nextDouble() < 0.25 ? 1 : 0)
                : (int) Math.exp(random.nextGaussian() * 2 + column * 0.6) - column % 3;
        Memory.putInt(Vectors.data(vector) + 4L * row, value);
      }
    }
    return vector;
  }

  private FieldVector texts(
      Field field, int column, int rows, SplittableRandom random, BufferAllocator allocator) {
    VarCharVector vector = (VarCharVector) field.createVector(allocator);
    vector.allocateNew(8L * rows, rows);
    double nulls = column % 4 == 0 ? 0 : 0.01 * column;
    double[] sums = cumulative[column];
    int used = 0;
    for (int row = 0; row < rows; row++) {
      if (random.nextDouble() >= nulls) {
        Validity.set(Validity.address(vector), row);
        int rank = rank(sums, random.nextDouble() * sums[sums.length - 1]);
        int value = (int) ((rank + 1 + 1_000_000L * column) * 0x9E3779B97F4A7C15L >>> 32);
        for (int digit = 0; digit < 8; digit++) {
          Memory.putByte(
              Vectors.data(vector) + used++,
              (byte) Character.forDigit(value >>> 28 - 4 * digit & 15, 16));
        }
      }
      Memory.putInt(Vectors.offsets(vector) + 4L * (row + 1), used);
    }
    vector.setLastSet(rows - 1);
    vector.setValueCount(rows);
    return vector;
  }

  /** The first place whose sum is more than {@code at}. */
  private static int rank(double[] sums, double at) {
    int low = 0;
    int high = sums.length - 1;
    while (low < high) {
      int middle = low + high >>> 1;
      if (sums[middle] > at) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return low;
  }
}
