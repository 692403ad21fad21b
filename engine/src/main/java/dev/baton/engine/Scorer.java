package dev.baton.engine;

import dev.baton.engine.internal.plan.KernelChain;
import dev.baton.engine.internal.score.Lane;
import dev.baton.engine.internal.score.Lanes;
import dev.baton.engine.internal.score.RecordRows;
import dev.baton.engine.internal.score.RowNames;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.apache.arrow.vector.types.pojo.Schema;

/**
 * Transforms single rows in microseconds, by the very kernels that transform files: what a model is
 * served is what it was trained on. Thread-safe; any number of threads score at once, each with
 * kernels and memory of its own that are kept for the next call. Close it when it is not needed any
 * more.
 *
 * <pre>{@code
 * try (Scorer scorer = FittedPipeline.load(path).scorer()) {
 *   Map<String, Object> features = scorer.score(Map.of("age", 31, "city", "Oslo"));
 * }
 * }</pre>
 *
 * <p><b>Values</b> are Java's: {@code Long}, {@code Integer}, {@code Short} and {@code Byte} for
 * integers that fit; these, {@code Double} and {@code Float} for floats; {@code Boolean}; {@code
 * CharSequence} for text; {@code LocalDate}; {@code LocalDateTime} for timestamps without a time
 * zone, {@code Instant}, {@code OffsetDateTime} or {@code ZonedDateTime} for those with one; null
 * is null. Results are of the type that fits exactly, lists of numbers as {@code int[]}, {@code
 * long[]}, {@code float[]} or {@code double[]}, other lists as {@code List}.
 *
 * <p><b>Columns</b> are those the pipeline was fitted on. One that no stage needs, and that is not
 * in the result, may be missing. All that are missing, new or of another type are one {@link
 * PipelineException} that names each.
 */
public final class Scorer implements AutoCloseable {
  private final KernelChain.Plan plan;
  private final RowNames names;
  private final Lanes lanes;

  Scorer(FittedPipeline fitted) {
    JvmFlags.check();
    this.plan = KernelChain.plan(fitted);
    String unwritable = Lane.unwritable(plan.input());
    if (unwritable != null) {
      throw new PipelineException("single rows cannot be scored:\n  " + unwritable, null);
    }
    this.names = new RowNames(fitted.schema(), plan.input(), plan.output());
    this.lanes = new Lanes(plan);
  }

  /** The columns it needs, in the order of {@link #score(Object[])}. */
  public Schema input() {
    return plan.input();
  }

  /** The columns it gives, in order. */
  public Schema output() {
    return plan.output();
  }

  /**
   * Scores a row.
   *
   * @param row values by column name
   * @return values by column name, in the order of {@link #output}; null when a stage drops the row
   * @throws PipelineException when the row does not have the right columns, or a stage refuses a
   *     value
   */
  public Map<String, Object> score(Map<String, ?> row) {
    return named(score(names.values(row)));
  }

  /**
   * Scores a record, whose components are the columns: {@code flightDate} is the column of that
   * name, or {@code flight_date} or {@code Flight Date}.
   *
   * @return as {@link #score(Map)}
   */
  public Map<String, Object> score(Record row) {
    return named(score(RecordRows.values(row, names)));
  }

  /**
   * Scores a row by position, the fastest way.
   *
   * @param row values in the order of {@link #input}
   * @return values in the order of {@link #output}; null when a stage drops the row
   */
  public Object[] score(Object[] row) {
    names.checkWidth(row);
    Object[][] scored = lanes.score(new Object[][] {row});
    return scored.length == 0 ? null : scored[0];
  }

  /**
   * Scores rows, in one go where no stage can drop any.
   *
   * @return for each row what {@link #score(Map)} gives, null where a stage drops it
   */
  public List<Map<String, Object>> score(Collection<? extends Map<String, ?>> rows) {
    List<Map<String, Object>> scored = new ArrayList<>(rows.size());
    if (plan.changesRows()) {
      rows.forEach(row -> scored.add(score(row)));
      return scored;
    }
    Object[][] values = new Object[rows.size()][];
    int at = 0;
    for (Map<String, ?> row : rows) {
      values[at++] = names.values(row);
    }
    for (Object[] row : lanes.score(values)) {
      scored.add(names.named(row));
    }
    return scored;
  }

  private Map<String, Object> named(Object[] scored) {
    return scored == null ? null : names.named(scored);
  }

  /** Releases all memory; calls under way end first, later ones are refused. */
  @Override
  public void close() {
    lanes.close();
  }
}
