package dev.baton.engine.request;

import java.io.IOException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeoutException;

/**
 * Why a question has no answer.
 *
 * @param attempts how often it was asked
 */
record Failure(Object question, int attempts, Throwable cause) {
  /** Whether asking again may help. */
  static boolean mayPass(Throwable e) {
    return e instanceof IOException || e instanceof TimeoutException;
  }

  /** What a future's stages have wrapped. */
  static Throwable unwrap(Throwable e) {
    return e instanceof CompletionException && e.getCause() != null ? e.getCause() : e;
  }

  String message() {
    String why =
        cause instanceof TimeoutException
            ? "no answer in time"
            : cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
    return question
        + " failed"
        + (attempts > 1 ? " " + attempts + " times" : "")
        + ": "
        + why
        + (mayPass(cause) ? "; allow more retries or a longer timeout," : "; correct it,")
        + " or set on-failure to null";
  }
}
