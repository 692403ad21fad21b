package dev.baton.operators;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.baton.engine.Engine;
import dev.baton.engine.Pipeline;
import dev.baton.engine.RunOptions;
import dev.baton.engine.RunReport;
import dev.baton.engine.batch.Batch;
import dev.baton.engine.batch.Digest;
import dev.baton.engine.batch.Types;
import dev.baton.engine.operator.Columns;
import dev.baton.engine.operator.Operator;
import dev.baton.engine.source.MemorySource;
import dev.baton.engine.spec.Catalogue;
import dev.baton.engine.spec.PipelineFile;
import dev.baton.engine.testkit.MemorySink;
import dev.baton.engine.testkit.RandomRows;
import dev.baton.engine.testkit.RandomRows.Mix;
import dev.baton.engine.testkit.Rows;
import dev.baton.engine.testkit.Variants;
import dev.baton.operators.encode.HashBucket;
import dev.baton.operators.encode.OneHotEncoder;
import dev.baton.operators.encode.OneHotEncoder.Nulls;
import dev.baton.operators.encode.OneHotEncoder.Unknown;
import dev.baton.operators.encode.OrdinalEncoder;
import dev.baton.operators.encode.OrdinalEncoder.Order;
import dev.baton.operators.text.Accents;
import dev.baton.operators.text.Analyzer;
import dev.baton.operators.text.HashingVectorizer;
import dev.baton.operators.text.Norm;
import dev.baton.operators.text.Output;
import dev.baton.operators.text.StopList;
import dev.baton.operators.text.Tokenize;
import dev.baton.operators.text.Unit;
import dev.baton.operators.time.DateParts;
import dev.baton.operators.time.DateParts.Part;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.types.pojo.Schema;
import org.junit.jupiter.api.Test;

/** The encoders, date parts and text operators together, in a pipeline that an engine runs. */
class FeaturesInEveryModeTest {
  private static final Schema SCHEMA =
      Rows.schema(
          "colour", Types.UTF8,
          "size", Types.INT32,
          "city", Types.UTF8,
          "seen", Types.TIMESTAMP,
          "title", Types.UTF8,
          "remarks", Types.UTF8);

  private static final List<Operator> STEPS =
      List.of(
          new OneHotEncoder(
              Columns.of("colour"),
              Unknown.INFREQUENT,
              60,
              5,
              Nulls.CATEGORY,
              OneHotEncoder.Drop.FIRST),
          new OrdinalEncoder(
              Columns.of("size"), OrdinalEncoder.Unknown.VALUE, -1, Order.FREQUENCY, 2, 0, -2),
          new HashBucket(Columns.of("city"), 100),
          new DateParts(
              Columns.of("seen"),
              List.of(Part.YEAR, Part.DAY_OF_WEEK),
              ZoneId.of("Europe/Paris"),
              true,
              true),
          new Tokenize(Columns.of("title")),
          new HashingVectorizer(
              Columns.of("remarks"),
              64,
              Norm.L1,
              true,
              false,
              Output.SPARSE,
              new Analyzer(Unit.WORD, null, true, Accents.KEEP, 1, new StopList.None(), 1, 2)));

  private static final String FILE =
      """
      source: {unread: {}}
      steps:
        - one-hot-encoder:
            {columns: [colour], unknown: infrequent, min-frequency: 60, max-categories: 5,
             drop: first}
        - ordinal-encoder:
            {columns: [size], unknown: value, order: frequency, min-frequency: 2, null-value: -2}
        - hash-bucket: {columns: [city], buckets: 100}
        - date-parts:
            {columns: [seen], parts: [year, day-of-week], zone: Europe/Paris, cyclical: true,
             keep: true}
        - tokenize: {columns: [title]}
        - hashing-vectorizer:
            {columns: [remarks], features: 64, norm: l1, analyzer: {max-gram: 2, min-length: 1}}
      """;

  @Test
  void everyModeAndLockPolicyGivesTheSameBits() {
    try (RootAllocator root = new RootAllocator()) {
      List<Batch> batches = new ArrayList<>();
      for (int i = 0; i < 12; i++) {
        batches.add(RandomRows.of(SCHEMA, 40 + i, i, Mix.ALL).batch(root));
      }
      try (Engine engine = Engine.open(root)) {
        Pipeline pipeline =
            new Pipeline(new MemorySource(SCHEMA, batches), STEPS, new MemorySink());
        Digest expected = engine.run(pipeline, Variants.baseline()).digest();
        for (RunOptions variant : Variants.all()) {
          RunReport report = engine.run(pipeline, variant);
          assertEquals(expected, report.digest(), variant.toString());
        }
      } finally {
        batches.forEach(Batch::close);
      }
    }
  }

  @Test
  void aFileSaysTheSameAsJava() {
    PipelineFile file =
        PipelineFile.parse(FILE, Path.of("features.yaml").toAbsolutePath(), Catalogue.load());
    assertEquals(STEPS, file.pipeline().operators());
  }
}
