package dev.baton.examples.peers;

import dev.baton.engine.BatchStream;
import dev.baton.engine.Engine;
import dev.baton.engine.ExecutionMode;
import dev.baton.engine.Pipeline;
import dev.baton.engine.RunOptions;
import dev.baton.engine.batch.Batch;
import dev.baton.engine.batch.Memory;
import dev.baton.engine.batch.Types;
import dev.baton.engine.batch.Vectors;
import dev.baton.engine.operator.Columns;
import dev.baton.engine.source.MemorySource;
import dev.baton.operators.bench.Criteo;
import dev.baton.operators.encode.HashBucket;
import dev.baton.operators.encode.OrdinalEncoder;
import dev.baton.operators.impute.FillMissing;
import dev.baton.operators.impute.SimpleImputer;
import dev.baton.operators.io.csv.CsvSource;
import dev.baton.operators.math.Clip;
import dev.baton.operators.math.Log1p;
import dev.baton.operators.parquet.ParquetSink;
import dev.baton.operators.parquet.ParquetSource;
import dev.baton.operators.scale.StandardScaler;
import dev.baton.operators.select.Cast;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.arrow.vector.types.pojo.Field;

/** The works as Baton's pipelines. Arguments: work, threads, runs, folder. */
final class BatonPeer {
  private static final Columns NUMBERS = new Columns.Named(Criteo.numbers());
  private static final Columns CATEGORIES = new Columns.Named(Criteo.categories());

  private BatonPeer() {}

  public static void main(String[] args) throws Exception {
    Work work = Work.of(args[0]);
    int threads = Integer.parseInt(args[1]);
    int runs = Integer.parseInt(args[2]);
    Path folder = Path.of(args[3]);
    RunOptions options =
        RunOptions.defaults()
            .withMode(threads == 1 ? ExecutionMode.inline() : ExecutionMode.threads(threads));
    try (Engine engine = Engine.open()) {
      if (work == Work.B_MEMORY) {
        inMemory(engine, Inputs.wide(folder), options, runs);
      } else {
        ParquetSink sink = new ParquetSink(Work.output(folder, "baton"));
        Pipeline pipeline = pipeline(work, folder).write(sink);
        Child.measure(runs, () -> engine.run(pipeline, options));
      }
    }
  }

  private static Pipeline pipeline(Work work, Path folder) {
    Pipeline csv = Pipeline.read(csv(Inputs.criteo(folder, "csv")));
    Pipeline parquet = Pipeline.read(new ParquetSource(Inputs.criteo(folder, "parquet")));
    return switch (work) {
      case A_CSV -> features(csv);
      case A_PARQUET -> features(parquet);
      case C_PARQUET ->
          parquet.then(
              new OrdinalEncoder(
                  CATEGORIES,
                  OrdinalEncoder.Unknown.INFREQUENT,
                  -1,
                  OrdinalEncoder.Order.FREQUENCY,
                  Work.MIN_FREQUENCY,
                  0,
                  null));
      case D_CSV -> csv;
      case B_MEMORY -> throw new IllegalArgumentException("no files");
    };
  }

  private static CsvSource csv(Path file) {
    Map<String, String> types = new LinkedHashMap<>();
    for (Field field : Criteo.schema().getFields()) {
      types.put(field.getName(), field.getType().equals(Types.UTF8) ? "utf8" : "int32");
    }
    return new CsvSource(file).withTypes(types);
  }

  private static Pipeline features(Pipeline rows) {
    return rows.then(new FillMissing(NUMBERS, "0"))
        .then(new Clip(NUMBERS, 0, Double.POSITIVE_INFINITY))
        .then(new Log1p(NUMBERS))
        .then(new Cast(NUMBERS, Types.FLOAT32))
        .then(new HashBucket(CATEGORIES, Work.BUCKETS, 0, HashBucket.Hash.MODULO));
  }

  /** Reads the table once, then fits and transforms what is in memory into memory. */
  private static void inMemory(Engine engine, Path file, RunOptions options, int runs)
      throws Exception {
    List<Batch> input = read(engine, Pipeline.read(new ParquetSource(file)), options);
    try {
      Columns all = new Columns.Named(Inputs.wideColumns());
      Pipeline pipeline =
          Pipeline.read(new MemorySource(input.get(0).schema(), input))
              .then(new SimpleImputer(all))
              .then(new StandardScaler(all));
      Child.measure(runs, () -> read(engine, pipeline, options).forEach(Batch::close));
      List<Batch> output = read(engine, pipeline, options);
      Child.printFigures(figures(output));
      output.forEach(Batch::close);
    } finally {
      input.forEach(Batch::close);
    }
  }

  private static List<Double> figures(List<Batch> batches) {
    List<Double> figures = new ArrayList<>();
    for (String name : Inputs.wideColumns()) {
      double least = Double.POSITIVE_INFINITY;
      double most = Double.NEGATIVE_INFINITY;
      double sum = 0;
      for (Batch batch : batches) {
        long values = Vectors.data(batch.column(name));
        for (int row = 0; row < batch.rows(); row++) {
          double value = Memory.getDouble(values + 8L * row);
          least = Math.min(least, value);
          most = Math.max(most, value);
          sum += Math.abs(value);
        }
      }
      figures.addAll(List.of(least, most, sum));
    }
    return figures;
  }

  private static List<Batch> read(Engine engine, Pipeline pipeline, RunOptions options) {
    List<Batch> batches = new ArrayList<>();
    try (BatchStream stream = engine.stream(pipeline, options)) {
      stream.forEachRemaining(batches::add);
    }
    return batches;
  }
}
