package dev.baton.engine.operator;

/**
 * An operator does not fit the schema that reaches it. The message says which column, what rule and
 * what to do; the engine adds the stage.
 */
public final class BindException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public BindException(String message) {
    super(message);
  }
}
