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

  /**
   * What a {@link dev.baton.engine.FittedPipeline} keeps of it, for rows other than those it has
   * learned from: {@code fitted} itself. An operator whose result depends on the order of the rows
   * returns {@code this}, since what it learns holds for these very rows only: it then learns again
   * in every run, and such a pipeline cannot transform single rows.
   *
   * @param fitted what it was fitted to
   */
  default Operator forOtherRows(Transform fitted) {
    return fitted;
  }
}
