package dev.baton.examples.flights;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.baton.engine.Engine;
import dev.baton.engine.FittedPipeline;
import dev.baton.engine.Pipeline;
import dev.baton.engine.RunOptions;
import dev.baton.engine.RunReport;
import dev.baton.engine.source.OnBad;
import dev.baton.engine.source.Source;
import dev.baton.engine.spec.PipelineFile;
import dev.baton.engine.testkit.Variants;
import dev.baton.operators.io.csv.CsvSource;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The flights example gives the same bits in every mode, also after it was fitted on others. */
class FlightsTest {
  private static final Path FILE = Path.of("flights/flights.yaml").toAbsolutePath();

  @Test
  void hasTheSameDigestInEveryModeUnderEveryPolicy() {
    Pipeline pipeline = PipelineFile.read(FILE).pipeline();
    try (Engine engine = Engine.open()) {
      RunReport inline = engine.run(pipeline, Variants.baseline());
      assertEquals(50_000, inline.rowsIn());
      for (RunOptions options : Variants.all()) {
        assertEquals(inline.digest(), engine.run(pipeline, options).digest(), options.toString());
      }
    }
  }

  @Test
  void learnsTheOrderOfOtherFlightsAnew() {
    Pipeline pipeline = PipelineFile.read(FILE).pipeline();
    CsvSource all = (CsvSource) pipeline.source();
    try (Engine engine = Engine.open()) {
      FittedPipeline fitted = engine.fit(pipeline, Variants.baseline());
      // Other splits, and each flight once more, which is a duplicate.
      Source other =
          new CsvSource(
                  all.path(),
                  all.delimiter(),
                  all.header(),
                  all.types(),
                  all.nulls(),
                  all.sampleRows(),
                  100_000,
                  new OnBad.Fail())
              .repeat(2);
      RunReport inline = engine.run(fitted.read(other), Variants.baseline());
      assertEquals(100_000, inline.rowsIn());
      RunReport once = engine.run(fitted.read(all), Variants.baseline());
      assertEquals(once.rowsOut(), inline.rowsOut());
      assertEquals(once.digest(), inline.digest());
      for (RunOptions options : Variants.all()) {
        RunReport report = engine.run(fitted.read(other), options);
        assertEquals(inline.digest(), report.digest(), options.toString());
      }
    }
  }
}
