package dev.baton.engine.internal.plan;

import dev.baton.engine.PipelineException;
import dev.baton.engine.RunCancelledException;
import org.apache.arrow.memory.OutOfMemoryException;

/** Turns what a stage threw into words for the user. */
final class Failures {
  private Failures() {}

  static String describe(Throwable e) {
    if (e instanceof OutOfMemoryException) {
      return "the memory limit of the run is reached; raise it, or use smaller splits or fewer"
          + " workers ("
          + firstLine(e)
          + ")";
    }
    String message = firstLine(e);
    if (e instanceof InternalError && message.contains("unsafe memory access")) {
      return "a mapped file was made shorter while it was read; read it when nothing writes to it,"
          + " or without map";
    }
    if (e instanceof IllegalArgumentException && !message.isEmpty()) {
      return message;
    }
    return message.isEmpty()
        ? e.getClass().getName()
        : e.getClass().getSimpleName() + ": " + message;
  }

  private static String firstLine(Throwable e) {
    return e.getMessage() == null ? "" : e.getMessage().lines().findFirst().orElse("");
  }

  /** A failure of the source or the sink, whose own messages say where. */
  static RuntimeException outside(String what, String batch, Throwable e) {
    if (e instanceof PipelineException || e instanceof RunCancelledException) {
      return (RuntimeException) e;
    }
    String message =
        e instanceof java.io.IOException && e.getMessage() != null ? e.getMessage() : describe(e);
    return new PipelineException(
        what + (batch == null ? "" : ", batch " + batch) + ": " + message, e);
  }
}
