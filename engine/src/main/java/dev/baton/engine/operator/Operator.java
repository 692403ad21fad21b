package dev.baton.engine.operator;

/**
 * A step of a pipeline, as the user wrote it: an immutable record of its parameters, checked on
 * construction.
 *
 * <p>Its components are also its YAML form: {@code standard-scaler: {columns: [age]}} calls the
 * constructor of the record {@code StandardScaler}. The public constructor with the fewest
 * parameters names the required ones and supplies the defaults of the others.
 */
public sealed interface Operator permits Transform, Estimator, Composite {
  /** What kind of work its kernel does. */
  default Nature nature() {
    return Nature.COLUMNAR;
  }

  /** What messages and plans call it. */
  default String label() {
    return getClass().getSimpleName();
  }
}
