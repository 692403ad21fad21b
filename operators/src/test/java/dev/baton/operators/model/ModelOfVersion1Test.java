package dev.baton.operators.model;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.baton.engine.Engine;
import dev.baton.engine.FittedPipeline;
import dev.baton.engine.Pipeline;
import dev.baton.engine.RunOptions;
import dev.baton.engine.Scorer;
import dev.baton.engine.operator.Columns;
import dev.baton.engine.operator.TypeFamily;
import dev.baton.engine.source.Source;
import dev.baton.operators.compose.ColumnTransformer;
import dev.baton.operators.compose.ColumnTransformer.Group;
import dev.baton.operators.compose.ColumnTransformer.Remainder;
import dev.baton.operators.encode.HashBucket;
import dev.baton.operators.encode.OneHotEncoder;
import dev.baton.operators.encode.OrdinalEncoder;
import dev.baton.operators.encode.TargetEncoder;
import dev.baton.operators.expression.Derive;
import dev.baton.operators.expression.Expression;
import dev.baton.operators.impute.MissingIndicator;
import dev.baton.operators.impute.SimpleImputer;
import dev.baton.operators.impute.Strategy;
import dev.baton.operators.io.csv.CsvSource;
import dev.baton.operators.math.Log1p;
import dev.baton.operators.scale.MinMaxScaler;
import dev.baton.operators.scale.StandardScaler;
import dev.baton.operators.text.HashingVectorizer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * A model file of version 1 of the format, which every later Baton must read and understand the
 * same. If this fails, something that is part of the format has changed: give the new meaning a new
 * name, and leave the file as it is.
 *
 * <p>It was written by {@code mvn -pl engine,operators test -Dtest=ModelOfVersion1Test
 * -Dbaton.writeModel=true -Dsurefire.failIfNoSpecifiedTests=false}.
 */
class ModelOfVersion1Test {
  private static final Path FOLDER = Path.of("src/test/resources/models");
  private static final Path MODEL = FOLDER.resolve("version1.baton");
  private static final Path DIGEST = FOLDER.resolve("version1.digest");
  private static final Source SOURCE = new CsvSource(FOLDER.resolve("rows.csv"));

  private static Pipeline pipeline() {
    return Pipeline.read(SOURCE)
        .then(new MissingIndicator(Columns.of("age")))
        .then(new SimpleImputer(Columns.of("age"), Strategy.MEDIAN, null, false))
        .then(new SimpleImputer(Columns.of("income")))
        .then(new SimpleImputer(Columns.of("city", "member"), Strategy.MOST_FREQUENT, null, false))
        .then(new Derive("each", Expression.parse("income / age")))
        .then(new Log1p(Columns.of("income")))
        .then(new Derive("place", Expression.parse("concat(city, '!')")))
        .then(new TargetEncoder(Columns.of("place"), "income"))
        .then(new StandardScaler(Columns.of("income", "each")))
        .then(
            new ColumnTransformer(
                List.of(
                    new Group("a", Columns.of("age"), List.of(new MinMaxScaler(Columns.all()))),
                    new Group(
                        "c",
                        Columns.of("city").or(Columns.of(TypeFamily.BOOLEAN)).except("age_missing"),
                        List.of(new OneHotEncoder(Columns.all()))),
                    new Group("o", Columns.of("city"), List.of(new OrdinalEncoder(Columns.all()))),
                    new Group("h", Columns.of("city"), List.of(new HashBucket(Columns.all(), 9)))),
                Remainder.PASSTHROUGH,
                true))
        .then(new HashingVectorizer(Columns.of("note")));
  }

  @BeforeAll
  static void writeWhenAsked() throws IOException {
    if (Boolean.getBoolean("baton.writeModel")) {
      try (Engine engine = Engine.open()) {
        FittedPipeline fitted = engine.fit(pipeline(), RunOptions.defaults());
        fitted.save(MODEL);
        Files.writeString(DIGEST, digest(engine, fitted) + "\n");
      }
    }
  }

  private static String digest(Engine engine, FittedPipeline fitted) {
    return engine.run(fitted.read(SOURCE), RunOptions.defaults().withDigest()).digest().toString();
  }

  @Test
  void itGivesWhatItGave() throws IOException {
    try (Engine engine = Engine.open()) {
      FittedPipeline loaded = FittedPipeline.load(MODEL);
      assertEquals(Files.readString(DIGEST).strip(), digest(engine, loaded));
      assertEquals(6, loaded.rows());
    }
  }

  @Test
  void itsStatesCanBeGoneOnFrom() {
    try (Engine engine = Engine.open()) {
      FittedPipeline more =
          engine.partialFit(FittedPipeline.load(MODEL), SOURCE, RunOptions.defaults());
      assertEquals(12, more.rows());
      assertEquals(2, more.rounds().size());
    }
  }

  @Test
  void itScoresRows() {
    FittedPipeline loaded = FittedPipeline.load(MODEL);
    try (Scorer scorer = loaded.scorer()) {
      assertEquals(loaded.output(), scorer.output());
    }
  }
}
