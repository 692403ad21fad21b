package dev.baton.engine.operator;

/**
 * An operator that must see the data before it can transform any: it observes every batch into a
 * {@link FitState} and turns the merged state into a {@link Transform}.
 *
 * @param <S> what it remembers of the data
 */
public non-sealed interface Estimator<S extends FitState<S>> extends Operator {
  /**
   * Checks the columns it needs, declares through {@code binder} what the fitted transform will do
   * to the schema ({@link Binder#putUnknown} when that depends on the data), and returns {@link
   * Binder#estimator}. Called before any data is read, possibly several times.
   */
  BoundEstimator<S> bind(Binder binder);
}
