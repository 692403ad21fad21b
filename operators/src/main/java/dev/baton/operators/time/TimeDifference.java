package dev.baton.operators.time;

import dev.baton.engine.batch.Batch;
import dev.baton.engine.batch.Memory;
import dev.baton.engine.batch.Types;
import dev.baton.engine.batch.Validity;
import dev.baton.engine.batch.Vectors;
import dev.baton.engine.operator.BindException;
import dev.baton.engine.operator.Binder;
import dev.baton.engine.operator.BoundTransform;
import dev.baton.engine.operator.Columns;
import dev.baton.engine.operator.Kernel;
import dev.baton.engine.operator.KernelContext;
import dev.baton.engine.operator.Transform;
import dev.baton.engine.operator.TypeFamily;
import dev.baton.operators.internal.Longs;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;

/**
 * How much time has passed between a point in time and each date or timestamp: a float64 column
 * {@code <column>_<unit>} at the end, such as {@code delivered_days}, that is negative before. Null
 * where either is null.
 *
 * <p>A date counts as midnight. Times with and without a zone are not compared: attach a zone
 * before. A constant is taken for UTC beside a column with a zone. The whole units are exact; what
 * is left of one is rounded once.
 *
 * <p>Cost: linear.
 *
 * <p>Like: Spark ML SQLTransformer (with datediff, whole days).
 *
 * @param columns date and timestamp columns of any unit
 * @param since a date or timestamp column, or an ISO date or timestamp such as {@code 2024-02-29}
 * @param unit {@code weeks}, {@code days} (the default), {@code hours}, {@code minutes}, {@code
 *     seconds} or {@code milliseconds}
 */
public record TimeDifference(Columns columns, TimePoint since, Unit unit) implements Transform {

  /** What the difference is measured in. */
  public enum Unit {
    WEEKS(604_800, 1),
    DAYS(86_400, 1),
    HOURS(3_600, 1),
    MINUTES(60, 1),
    SECONDS(1, 1),
    MILLISECONDS(1, 1_000);

    private final long seconds;
    private final long perSecond;

    Unit(long seconds, long perSecond) {
      this.seconds = seconds;
      this.perSecond = perSecond;
    }
  }

  public TimeDifference {
    Objects.requireNonNull(columns, "columns");
    Objects.requireNonNull(since, "since");
    Objects.requireNonNull(unit, "unit");
  }

  /** Days. */
  public TimeDifference(Columns columns, TimePoint since) {
    this(columns, since, Unit.DAYS);
  }

  @Override
  public BoundTransform bind(Binder binder) {
    List<Field> fields = binder.read(columns, TypeFamily.TEMPORAL);
    if (since.isColumn()) {
      Field other = binder.read(since.text(), TypeFamily.TEMPORAL);
      for (Field field : fields) {
        if (hasZone(field) != hasZone(other)) {
          throw new BindException(
              String.format(
                  "column '%s' has a time zone and '%s' has none; put attach-zone before this stage"
                      + " for '%s'",
                  (hasZone(field) ? field : other).getName(),
                  (hasZone(field) ? other : field).getName(),
                  (hasZone(field) ? other : field).getName()));
        }
      }
    }
    fields.forEach(field -> binder.put(output(field.getName())));
    List<String> names = fields.stream().map(Field::getName).toList();
    return binder.transform(context -> new DifferenceKernel(names, context));
  }

  private static boolean hasZone(Field field) {
    return field.getType() instanceof ArrowType.Timestamp type && type.getTimezone() != null;
  }

  private Field output(String column) {
    return Types.field(column + "_" + unit.name().toLowerCase(Locale.ROOT), Types.FLOAT64);
  }

  private final class DifferenceKernel implements Kernel {
    private final List<String> names;
    private final KernelContext context;
    private final Seconds later = new Seconds();
    private final Seconds earlier = new Seconds();

    DifferenceKernel(List<String> names, KernelContext context) {
      this.names = names;
      this.context = context;
      if (!since.isColumn()) {
        Arrays.fill(earlier.seconds, since.seconds());
        Arrays.fill(earlier.rest, since.nanos());
      }
    }

    @Override
    public void apply(Batch batch) {
      int rows = batch.rows();
      FieldVector other = since.isColumn() ? batch.column(since.text()) : null;
      for (String name : names) {
        FieldVector source = batch.column(name);
        FieldVector target = Vectors.fixed(output(name), rows, context.allocator());
        try {
          Vectors.copyValidity(source, target);
          if (other != null) {
            long from = Validity.address(other);
            long to = Validity.address(target);
            for (int i = 0; i < Validity.words(rows); i++) {
              long both = Validity.word(from, i, rows) & Validity.word(to, i, rows);
              Validity.putWord(to, i, rows, both);
            }
          }
          subtract(source, other, target);
        } catch (Throwable e) {
          target.close();
          throw e;
        }
        batch.put(target);
      }
    }

    private void subtract(FieldVector source, FieldVector other, FieldVector target) {
      int rows = source.getValueCount();
      double restUnit = Seconds.perSecond(source.getField().getType());
      double otherUnit = other == null ? 1e9 : Seconds.perSecond(other.getField().getType());
      boolean nulls = Validity.nulls(source) > 0;
      boolean otherNulls = other != null && Validity.nulls(other) > 0;
      for (int first = 0; first < rows; first += Longs.BLOCK) {
        int count = Math.min(Longs.BLOCK, rows - first);
        later.load(source, nulls, first, count);
        if (other != null) {
          earlier.load(other, otherNulls, first, count);
        }
        long to = Vectors.data(target) + 8L * first;
        for (int i = 0; i < count; i++) {
          long seconds = later.seconds[i] - earlier.seconds[i];
          double rest = later.rest[i] / restUnit - earlier.rest[i] / otherUnit;
          long whole = Math.floorDiv(seconds, unit.seconds);
          double part = (seconds - whole * unit.seconds + rest) / unit.seconds;
          Memory.putDouble(to + 8L * i, whole * unit.perSecond + part * unit.perSecond);
        }
        context.checkpoint();
      }
    }
  }
}
