package dev.baton.engine.source;

import java.io.IOException;

/** Input that cannot be decoded. The message says file, line or offset, rule, value and remedy. */
public final class SourceException extends IOException {
  private static final long serialVersionUID = 1L;

  public SourceException(String message) {
    super(message);
  }

  public SourceException(String message, Throwable cause) {
    super(message, cause);
  }
}
