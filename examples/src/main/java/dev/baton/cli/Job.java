package dev.baton.cli;

import dev.baton.engine.Pipeline;
import dev.baton.engine.spec.Catalogue;
import dev.baton.engine.spec.PipelineFile;
import dev.baton.engine.spec.SpecException;
import java.nio.file.Path;

/**
 * What a command works on: a pipeline file with the changes that options make to it.
 *
 * @param name the example's name, or the file as it was given
 */
record Job(String name, Path file, Pipeline pipeline, RunChoice choice) {

  /**
   * Reads a pipeline file.
   *
   * @param nameOrFile an example's name, or a file, which wins
   */
  static Job load(String nameOrFile) {
    Path file = Examples.resolve(nameOrFile);
    try {
      PipelineFile read = PipelineFile.read(file, Catalogue.load());
      return new Job(nameOrFile, file, read.pipeline(), RunChoice.of(read.run()));
    } catch (SpecException e) {
      throw new UsageException(e.getMessage(), e);
    }
  }

  /** This job with other files where they are not null. */
  Job redirect(Path in, Path out) {
    Catalogue catalogue = Catalogue.load();
    Pipeline changed = pipeline;
    if (in != null) {
      changed = changed.from(Redirect.source(catalogue, changed.source(), in));
    }
    if (out != null) {
      changed = changed.write(Redirect.sink(catalogue, changed.sink(), out));
    }
    return new Job(name, file, changed, choice);
  }
}
