package dev.baton.examples.serving;

import dev.baton.engine.Engine;
import dev.baton.engine.FittedPipeline;
import dev.baton.engine.Pipeline;
import dev.baton.engine.RunOptions;
import dev.baton.engine.Scorer;
import dev.baton.engine.operator.Columns;
import dev.baton.operators.encode.OneHotEncoder;
import dev.baton.operators.impute.SimpleImputer;
import dev.baton.operators.io.csv.CsvSource;
import dev.baton.operators.scale.StandardScaler;
import dev.baton.operators.select.Select;
import java.nio.file.Path;

/** Fits penguins, saves, loads, scores one: {@code ./baton java examples/serving/Serving.java}. */
public final class Serving {
  /** A row, whose components are columns. */
  record Penguin(String species, int bodyMassG) {}

  private Serving() {}

  public static void main(String[] args) {
    Path in = Path.of(args.length > 0 ? args[0] : "examples/data/penguins.csv");
    Path model = Path.of(args.length > 1 ? args[1] : "penguins.baton");

    Pipeline pipeline =
        Pipeline.read(new CsvSource(in).withNulls("NA"))
            .then(new Select(Columns.of("species", "body_mass_g")))
            .then(new SimpleImputer(Columns.of("body_mass_g")))
            .then(new StandardScaler(Columns.of("body_mass_g")))
            .then(new OneHotEncoder(Columns.of("species")));
    try (Engine engine = Engine.open()) {
      engine.fit(pipeline, RunOptions.defaults()).save(model);
    }

    // In another program, on another machine, next year:
    try (Scorer scorer = FittedPipeline.load(model).scorer()) {
      System.out.println(scorer.score(new Penguin("Gentoo", 5200)));
    }
  }
}
