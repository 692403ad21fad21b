package dev.baton.cli;

import dev.baton.engine.FittedPipeline;
import dev.baton.engine.PipelineException;
import java.nio.file.Path;

/** Reads model files for commands. */
final class Models {
  private Models() {}

  /**
   * The fitted pipeline in a file.
   *
   * @throws UsageException when there is none
   */
  static FittedPipeline load(Path file) {
    try {
      return FittedPipeline.load(file);
    } catch (PipelineException e) {
      throw new UsageException(e.getMessage(), e);
    }
  }
}
