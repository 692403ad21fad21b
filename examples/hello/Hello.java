package dev.baton.examples.hello;

import dev.baton.engine.Engine;
import dev.baton.engine.Pipeline;
import dev.baton.engine.RunReport;
import dev.baton.engine.operator.Columns;
import dev.baton.operators.encode.OneHotEncoder;
import dev.baton.operators.impute.SimpleImputer;
import dev.baton.operators.io.csv.CsvSink;
import dev.baton.operators.io.csv.CsvSource;
import dev.baton.operators.scale.StandardScaler;
import dev.baton.operators.select.Select;
import java.nio.file.Path;

/** Makes penguins into features: {@code ./baton java examples/hello/Hello.java IN.csv OUT.csv}. */
public final class Hello {
  private Hello() {}

  public static void main(String[] args) {
    Path in = Path.of(args.length > 0 ? args[0] : "examples/data/penguins.csv");
    Path out = Path.of(args.length > 1 ? args[1] : "penguin-features.csv");

    Pipeline pipeline =
        Pipeline.read(new CsvSource(in).withNulls("NA"))
            .then(new Select(Columns.of("species", "body_mass_g")))
            .then(new SimpleImputer(Columns.of("body_mass_g")))
            .then(new StandardScaler(Columns.of("body_mass_g")))
            .then(new OneHotEncoder(Columns.of("species")))
            .write(new CsvSink(out));

    try (Engine engine = Engine.open()) {
      RunReport report = engine.run(pipeline);
      System.out.printf(
          "%d rows in %d ms, see %s%n", report.rowsOut(), report.wall().toMillis(), out);
    }
  }
}
