package dev.baton.operators.compose;

import dev.baton.engine.batch.Batch;
import dev.baton.engine.operator.Binder;
import dev.baton.engine.operator.BoundEstimator;
import dev.baton.engine.operator.Estimator;
import dev.baton.engine.operator.FitState;
import dev.baton.engine.operator.Nature;
import dev.baton.engine.operator.Operator;
import dev.baton.engine.operator.StateReader;
import dev.baton.engine.operator.StateWriter;
import dev.baton.engine.operator.Transform;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;

/** An estimator that sees only the columns of a group, without their prefix. */
record EstimatorInGroup(String prefix, Estimator<?> estimator)
    implements Estimator<EstimatorInGroup.State<?>> {
  @Override
  public Nature nature() {
    return estimator.nature();
  }

  @Override
  public String label() {
    return InGroup.label(prefix, estimator);
  }

  @Override
  public BoundEstimator<State<?>> bind(Binder binder) {
    Binder inner = InGroup.enter(prefix, binder);
    return bind(estimator.bind(inner), binder);
  }

  private <S extends FitState<S>> BoundEstimator<State<?>> bind(
      BoundEstimator<S> inner, Binder outer) {
    InGroup.checkRows(prefix, inner.changesRows());
    if (!inner.outputKnown()) {
      outer.putUnknown();
    }
    Map<String, String> names = new LinkedHashMap<>();
    inner.reads().forEach(name -> names.put(prefix + name, name));
    return new BoundEstimator<>(
        InGroup.outside(prefix, inner.reads()),
        InGroup.outside(prefix, inner.writes()),
        InGroup.outside(prefix, inner.fills()),
        inner.looksThroughFills(),
        false,
        InGroup.leave(prefix, outer.input(), inner.output()),
        outer.outputKnown(),
        () -> new State<>(prefix, names, inner.newState().get()),
        state -> finish(inner, state));
  }

  @SuppressWarnings("unchecked") // Its own states only.
  private <S extends FitState<S>> Transform finish(BoundEstimator<S> inner, State<?> state) {
    return new TransformInGroup(prefix, inner.finish().apply((S) state.inner));
  }

  @Override
  public Operator forOtherRows(Transform fitted) {
    Operator other = estimator.forOtherRows(((TransformInGroup) fitted).transform());
    return other == estimator ? this : InGroup.of(prefix, other);
  }

  /** The state of the estimator, which is shown the columns of the group. */
  static final class State<S extends FitState<S>> implements FitState<State<?>> {
    private final String prefix;
    private final Map<String, String> names;
    private final S inner;

    State(String prefix, Map<String, String> names, S inner) {
      this.prefix = prefix;
      this.names = names;
      this.inner = inner;
    }

    @Override
    public void observe(Batch batch) {
      show(batch, inner::observe);
    }

    @Override
    public void fill(Batch row) {
      show(row, inner::fill);
    }

    private void show(Batch batch, Consumer<Batch> observer) {
      Batch group = batch.moveOut(names);
      try {
        observer.accept(group);
      } finally {
        batch.moveIn(group, name -> prefix + name);
      }
    }

    @Override
    @SuppressWarnings("unchecked") // States of one estimator are merged.
    public void merge(State<?> later) {
      inner.merge((S) later.inner);
    }

    @Override
    public void write(StateWriter out) {
      inner.write(out);
    }

    @Override
    public void read(StateReader in) {
      inner.read(in);
    }

    @Override
    public String exactness() {
      return inner.exactness();
    }
  }
}
