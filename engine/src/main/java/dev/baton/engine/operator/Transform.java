package dev.baton.engine.operator;

/** An operator whose result depends on nothing but the batch at hand. */
public non-sealed interface Transform extends Operator {
  /**
   * Checks the columns it needs against the schema that reaches it, declares through {@code binder}
   * what it reads and what becomes of the schema, and returns {@link Binder#transform}. Called
   * before any data is read, possibly several times.
   */
  BoundTransform bind(Binder binder);
}
