package dev.baton.cli;

import dev.baton.cli.compare.Difference;
import dev.baton.cli.compare.Variant;
import dev.baton.engine.BatchStream;
import dev.baton.engine.Engine;
import dev.baton.engine.Pipeline;
import dev.baton.engine.RunOptions;
import dev.baton.engine.RunReport;
import dev.baton.engine.source.Source;
import java.lang.reflect.RecordComponent;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/** What is compared: a pipeline without its sink, for every size of batches asked for. */
final class Subject {
  private static final int ATTEMPTS = 3;
  private static final String SPLIT_BYTES = "splitBytes";

  private final Map<Long, Pipeline> pipelines = new HashMap<>();
  private final RunOptions options;

  /**
   * Takes a job apart.
   *
   * @param sizes of splits in bytes; 0 for what the file says
   * @throws UsageException when the source's splits have no size in bytes
   */
  Subject(Job job, Collection<Long> sizes) {
    // Only what bounds memory counts of the file's settings: how to run is what is compared.
    RunChoice choice =
        new RunChoice(
            null,
            null,
            null,
            null,
            null,
            job.choice().memory(),
            job.choice().ring(),
            null,
            null,
            null);
    options = choice.options().withDigest();
    Pipeline pipeline = job.pipeline().write(null);
    for (long size : sizes) {
      Source source = pipeline.source();
      pipelines.put(
          size, size == 0 ? pipeline : pipeline.from(source.inside(reader -> sized(reader, size))));
    }
  }

  private static Source sized(Source source, long size) {
    for (RecordComponent component : source.getClass().getRecordComponents()) {
      if (component.getName().equals(SPLIT_BYTES)) {
        return (Source) Redirect.with(source, SPLIT_BYTES, Math.toIntExact(size));
      }
    }
    throw new UsageException(
        "--batch-sizes: "
            + source.getClass().getSimpleName()
            + " has no split-bytes, so its batches have no size in bytes; leave the option out");
  }

  RunReport run(Engine engine, Variant variant, String label, boolean timeline, Terminal terminal) {
    RunOptions how = timeline ? how(variant).withTimeline() : how(variant);
    return Running.run(engine, pipeline(variant), how, terminal, label + ": " + variant);
  }

  /** Where two variants that gave different outputs first differ, or null when they agree now. */
  Difference difference(Engine engine, Variant left, Variant right) {
    for (int i = 0; i < ATTEMPTS; i++) {
      try (BatchStream one = engine.stream(pipeline(left), how(left));
          BatchStream other = engine.stream(pipeline(right), how(right))) {
        Difference difference = Difference.find(one, other);
        if (difference != null) {
          return difference;
        }
      }
    }
    return null;
  }

  private Pipeline pipeline(Variant variant) {
    return pipelines.get(variant.batchBytes());
  }

  private RunOptions how(Variant variant) {
    return options.withMode(variant.mode()).withLock(variant.lock());
  }
}
