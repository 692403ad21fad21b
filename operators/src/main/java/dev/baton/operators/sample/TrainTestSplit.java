package dev.baton.operators.sample;

import dev.baton.engine.batch.Batch;
import dev.baton.engine.batch.Types;
import dev.baton.engine.operator.Binder;
import dev.baton.engine.operator.BoundTransform;
import dev.baton.engine.operator.Columns;
import dev.baton.engine.operator.Kernel;
import dev.baton.engine.operator.KernelContext;
import dev.baton.engine.operator.Transform;
import dev.baton.operators.internal.TextBuilder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.apache.arrow.vector.types.pojo.Field;

/**
 * Shares the rows out at random, each by itself, among {@code train}, {@code validation} and {@code
 * test}: adds a text column that says which, or keeps the rows of one of them.
 *
 * <p>With {@code by}, rows with equal values there, such as all of one customer, get the same part,
 * in every file and forever; without, a row's place decides: its split and its number in that,
 * which depend on the source but not on mode or workers.
 *
 * <p>Cost: a few steps a row.
 *
 * <p>Like: scikit-learn train_test_split (which cuts at exact counts, in memory; stratify); Spark
 * ML {@code randomSplit}; Ray Data {@code train_test_split}.
 *
 * @param test about which part of the rows is for the test, from 0 to 1 (default 0.25)
 * @param validation the same for validation (default 0)
 * @param by columns whose values decide; the place of the row when left out
 * @param seed another seed shares out differently (default 0)
 * @param column the name of the new column (default {@code part})
 * @param keep which rows to keep, without adding a column; all when left out
 */
public record TrainTestSplit(
    double test, double validation, Columns by, long seed, String column, Part keep)
    implements Transform {
  /** What a row is for. */
  public enum Part {
    TRAIN,
    VALIDATION,
    TEST
  }

  public TrainTestSplit {
    Objects.requireNonNull(column, "column");
    if (!(test >= 0 && validation >= 0 && test + validation <= 1)) {
      throw new IllegalArgumentException(
          "test and validation must be parts of 1 but were " + test + " and " + validation);
    }
  }

  /** A quarter for the test, by place. */
  public TrainTestSplit() {
    this(0.25, 0, null, 0, "part", null);
  }

  @Override
  public BoundTransform bind(Binder binder) {
    List<Field> fields = RowHashes.bind(by, binder);
    if (keep == null) {
      binder.put(Types.field(column, Types.UTF8));
    } else {
      binder.changesRows();
    }
    return binder.transform(context -> new SplitKernel(fields, context));
  }

  private final class SplitKernel implements Kernel {
    private final RowHashes hashes;
    private final KernelContext context;
    private final byte[][] words = new byte[Part.values().length][];
    private int[] parts = new int[0];

    SplitKernel(List<Field> fields, KernelContext context) {
      this.hashes = new RowHashes(fields, seed);
      this.context = context;
      for (Part part : Part.values()) {
        words[part.ordinal()] =
            part.name().toLowerCase(Locale.ROOT).getBytes(StandardCharsets.US_ASCII);
      }
    }

    @Override
    public void start(long split) {
      hashes.start(split);
    }

    @Override
    public void apply(Batch batch) {
      int rows = batch.rows();
      parts = parts.length < rows ? new int[rows] : parts;
      long[] of = hashes.of(batch);
      double validationFrom = 1 - test - validation;
      double testFrom = 1 - test;
      for (int row = 0; row < rows; row++) {
        double unit = RowHashes.unit(of[row]);
        parts[row] = (unit >= validationFrom ? 1 : 0) + (unit >= testFrom ? 1 : 0);
      }
      if (keep == null) {
        name(batch);
      } else {
        select(batch);
      }
    }

    private void name(Batch batch) {
      int rows = batch.rows();
      try (TextBuilder builder = new TextBuilder(column, rows, 8L * rows, context.allocator())) {
        for (int row = 0; row < rows; row++) {
          byte[] word = words[parts[row]];
          builder.append(word, word.length);
        }
        batch.put(builder.finish());
      }
    }

    private void select(Batch batch) {
      int count = 0;
      for (int row = 0; row < batch.rows(); row++) {
        boolean kept = parts[row] == keep.ordinal();
        parts[count] = row;
        count += kept ? 1 : 0;
      }
      if (count < batch.rows()) {
        batch.take(parts, count, context.allocator());
      }
    }
  }
}
