package dev.baton.operators.internal;

import dev.baton.engine.batch.Batch;
import dev.baton.engine.operator.FitState;
import dev.baton.engine.operator.StateReader;
import dev.baton.engine.operator.StateWriter;

/** A state whose kind depends on the parameters of its estimator, but on nothing else. */
public final class EitherState implements FitState<EitherState> {
  private final FitState<?> state;

  public EitherState(FitState<?> state) {
    this.state = state;
  }

  /** The state itself. */
  public <S extends FitState<S>> S as(Class<S> kind) {
    return kind.cast(state);
  }

  @Override
  public void observe(Batch batch) {
    state.observe(batch);
  }

  @Override
  public void merge(EitherState later) {
    merge(state, later.state);
  }

  /** Both were made for the same parameters, so they are of one class. */
  @SuppressWarnings("unchecked")
  private static <S extends FitState<S>> void merge(FitState<S> first, FitState<?> later) {
    first.merge((S) later);
  }

  @Override
  public void write(StateWriter out) {
    state.write(out);
  }

  @Override
  public void read(StateReader in) {
    state.read(in);
  }

  @Override
  public void fill(Batch row) {
    state.fill(row);
  }

  @Override
  public String exactness() {
    return state.exactness();
  }
}
