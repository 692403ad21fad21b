package dev.baton.engine.spi;

/**
 * A job under way. Confined to the thread that started it, but for cancelling through its scope.
 */
public interface Execution<R extends AutoCloseable> extends AutoCloseable {
  /**
   * Waits for the next result in the order of the splits, which the caller closes; null at the end.
   *
   * @throws dev.baton.engine.PipelineException the failure of the first split that failed, whatever
   *     the mode
   * @throws dev.baton.engine.RunCancelledException when the scope was cancelled
   */
  R next();

  /**
   * Ends all work, waits for the workers to be gone and releases everything not yet taken. Closing
   * twice does nothing more.
   */
  @Override
  void close();
}
