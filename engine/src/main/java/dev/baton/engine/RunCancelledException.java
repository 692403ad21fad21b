package dev.baton.engine;

/** The run was cancelled before it was complete. It leaves no output behind. */
public final class RunCancelledException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public RunCancelledException() {
    super("the run was cancelled");
  }
}
