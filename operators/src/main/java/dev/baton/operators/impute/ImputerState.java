package dev.baton.operators.impute;

import dev.baton.engine.batch.Batch;
import dev.baton.engine.operator.FitState;
import dev.baton.engine.operator.StateReader;
import dev.baton.engine.operator.StateWriter;
import dev.baton.engine.operator.TypeFamily;
import dev.baton.operators.internal.Values;
import dev.baton.operators.scale.Moments;
import dev.baton.operators.scale.Quantiles;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.vector.types.pojo.Field;

/**
 * What an imputer has seen of each of its columns. Exact and independent of the order of merging,
 * but for means of floats, which round as {@link Moments} do.
 */
public final class ImputerState implements FitState<ImputerState> {
  /** What there is to know of one column; {@code C} is its own class. */
  interface Collector<C extends Collector<C>> {
    void observe(Batch batch);

    void merge(C later);

    void write(StateWriter out);

    /** Takes over what {@link #write} wrote; called on a new collector. */
    void read(StateReader in);

    /** The replacement as {@link Fill} reads it, or null when no value has been seen. */
    String value();
  }

  private final List<Collector<?>> collectors = new ArrayList<>();

  ImputerState(List<Field> fields, Strategy strategy) {
    int limit = Quantiles.limit(Quantiles.MEMORY, fields.size());
    for (Field field : fields) {
      collectors.add(collector(field, strategy, limit));
    }
  }

  private static Collector<?> collector(Field field, Strategy strategy, int limit) {
    String name = field.getName();
    return switch (strategy) {
      case MEAN ->
          TypeFamily.INTEGER.accepts(field.getType())
              ? new IntegerMean(name)
              : new Mean(new Moments(List.of(name)));
      case MEDIAN -> new Median(name, limit);
      case CONSTANT -> new AnyValue(name);
      case MOST_FREQUENT ->
          TypeFamily.BOOLEAN.accepts(field.getType())
              ? new BooleanCounts(name)
              : new ValueCounts(field);
    };
  }

  @Override
  public void observe(Batch batch) {
    if (batch.rows() > 0) {
      collectors.forEach(collector -> collector.observe(batch));
    }
  }

  @Override
  public void merge(ImputerState later) {
    for (int i = 0; i < collectors.size(); i++) {
      merge(collectors.get(i), later.collectors.get(i));
    }
  }

  /** Both were made for the same column and strategy, so they are of one class. */
  @SuppressWarnings("unchecked")
  private static <C extends Collector<C>> void merge(Collector<C> first, Collector<?> later) {
    first.merge((C) later);
  }

  @Override
  public void write(StateWriter out) {
    collectors.forEach(collector -> collector.write(out));
  }

  @Override
  public void read(StateReader in) {
    collectors.forEach(collector -> collector.read(in));
  }

  @Override
  public String exactness() {
    List<Values> medians = new ArrayList<>();
    for (Collector<?> collector : collectors) {
      if (collector instanceof Median median) {
        medians.add(median.values());
      }
    }
    return medians.isEmpty() ? null : Values.exactness(medians);
  }

  /** The replacement for the column at that position, or null when it has no value. */
  String value(int column) {
    return collectors.get(column).value();
  }

  private record Mean(Moments moments) implements Collector<Mean> {
    @Override
    public void observe(Batch batch) {
      moments.observe(batch);
    }

    @Override
    public void merge(Mean later) {
      moments.merge(later.moments);
    }

    @Override
    public void write(StateWriter out) {
      moments.write(out);
    }

    @Override
    public void read(StateReader in) {
      moments.read(in);
    }

    @Override
    public String value() {
      return moments.count(0) == 0 ? null : Double.toString(moments.mean(0));
    }
  }
}
