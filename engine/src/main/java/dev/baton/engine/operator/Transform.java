package dev.baton.engine.operator;

/**
 * An operator that needs to learn nothing first: its result depends on the batch at hand alone, or
 * on that and the place of its rows in their split ({@link Kernel#start}).
 */
public non-sealed interface Transform extends Operator {
  /**
   * Checks the columns it needs against the schema that reaches it, declares through {@code binder}
   * what it reads and what becomes of the schema, and returns {@link Binder#transform}. Called
   * before any data is read, possibly several times.
   */
  BoundTransform bind(Binder binder);
}
