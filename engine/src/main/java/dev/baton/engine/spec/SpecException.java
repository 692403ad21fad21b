package dev.baton.engine.spec;

/**
 * A pipeline that cannot be read from a file or written to one. The message says where, what rule,
 * which value and what to do.
 */
public final class SpecException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  SpecException(String message) {
    super(message);
  }

  SpecException(Position at, String message) {
    super(at + ": " + message);
  }

  SpecException(Position at, String message, Throwable cause) {
    super(at + ": " + message, cause);
  }
}
