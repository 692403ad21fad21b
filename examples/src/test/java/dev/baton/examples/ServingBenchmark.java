package dev.baton.examples;

import dev.baton.engine.BatchStream;
import dev.baton.engine.Engine;
import dev.baton.engine.FittedPipeline;
import dev.baton.engine.Pipeline;
import dev.baton.engine.RunOptions;
import dev.baton.engine.Scorer;
import dev.baton.engine.batch.Batch;
import dev.baton.engine.batch.Types;
import dev.baton.engine.source.Repeat;
import dev.baton.engine.source.Source;
import dev.baton.engine.spec.PipelineFile;
import dev.baton.engine.testkit.Rows;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.arrow.vector.types.pojo.Field;

/**
 * How long a fitted pipeline takes for a single row, by name and by position, with one thread and
 * with one for each core.
 *
 * <pre>mvn -q -Pquick -pl engine,operators,ipc,examples -DskipTests test-compile package
 * java @engine/src/main/resources/dev/baton/engine/jvm.args \
 *   -cp "examples/target/test-classes:engine/target/test-classes:examples/target/baton-examples.jar:examples/target/lib/*" \
 *   dev.baton.examples.ServingBenchmark examples/birdstrikes/birdstrikes.yaml</pre>
 */
final class ServingBenchmark {
  private static final int ROUNDS = 12;

  private ServingBenchmark() {}

  public static void main(String[] args) throws Exception {
    Pipeline pipeline = PipelineFile.read(Path.of(args[0])).pipeline();
    Source source =
        pipeline.source() instanceof Repeat repeat ? repeat.source() : pipeline.source();
    try (Engine engine = Engine.open()) {
      FittedPipeline fitted = engine.fit(pipeline.from(source), RunOptions.defaults());
      List<Map<String, Object>> rows = rows(engine, source);
      try (Scorer scorer = fitted.scorer()) {
        List<Object[]> values = rows.stream().map(row -> values(scorer, row)).toList();
        System.out.printf(
            "%d stages, %d columns in, %d out, %,d rows%n",
            fitted.stages().size(),
            scorer.input().getFields().size(),
            scorer.output().getFields().size(),
            rows.size());
        measure("by position", values.size(), i -> scorer.score(values.get(i)));
        measure("by name", rows.size(), i -> scorer.score(rows.get(i)));
        int cores = Runtime.getRuntime().availableProcessors();
        measureThreads(cores, values.size(), i -> scorer.score(values.get(i)));
      }
    }
  }

  private interface Call {
    Object score(int row);
  }

  private static void measure(String what, int rows, Call call) {
    double[] micros = new double[ROUNDS];
    long seen = 0;
    for (int round = 0; round < ROUNDS; round++) {
      long start = System.nanoTime();
      for (int i = 0; i < rows; i++) {
        seen += call.score(i) == null ? 0 : 1;
      }
      micros[round] = (System.nanoTime() - start) / 1e3 / rows;
    }
    // The first half warms up.
    double[] warm = Arrays.copyOfRange(micros, ROUNDS / 2, ROUNDS);
    Arrays.sort(warm);
    System.out.printf(
        "%-12s median %.1f us a row, %.1f to %.1f, cold %.1f (%d scored)%n",
        what, warm[warm.length / 2], warm[0], warm[warm.length - 1], micros[0], seen);
    long[] nanos = new long[rows];
    for (int i = 0; i < rows; i++) {
      long start = System.nanoTime();
      call.score(i);
      nanos[i] = System.nanoTime() - start;
    }
    Arrays.sort(nanos);
    System.out.printf(
        "%-12s p50 %.1f us, p99 %.1f us, p99.9 %.1f us%n",
        "", nanos[rows / 2] / 1e3, nanos[rows * 99 / 100] / 1e3, nanos[rows * 999 / 1000] / 1e3);
  }

  private static void measureThreads(int threads, int rows, Call call) throws InterruptedException {
    List<Thread> all = new ArrayList<>();
    long start = System.nanoTime();
    for (int t = 0; t < threads; t++) {
      Thread thread =
          new Thread(
              () -> {
                for (int round = 0; round < ROUNDS / 2; round++) {
                  for (int i = 0; i < rows; i++) {
                    call.score(i);
                  }
                }
              });
      all.add(thread);
      thread.start();
    }
    for (Thread thread : all) {
      thread.join();
    }
    double seconds = (System.nanoTime() - start) / 1e9;
    System.out.printf(
        "%d threads    %.0f k rows a second together%n",
        threads, threads * (ROUNDS / 2) * (double) rows / seconds / 1e3);
  }

  private static Object[] values(Scorer scorer, Map<String, Object> row) {
    return scorer.input().getFields().stream().map(f -> row.get(f.getName())).toArray();
  }

  private static List<Map<String, Object>> rows(Engine engine, Source source) {
    List<Map<String, Object>> rows = new ArrayList<>();
    try (BatchStream stream = engine.stream(Pipeline.read(source), RunOptions.defaults())) {
      while (stream.hasNext()) {
        try (Batch batch = stream.next()) {
          Rows read = Rows.of(batch);
          for (int i = 0; i < batch.rows(); i++) {
            Map<String, Object> row = new LinkedHashMap<>();
            for (Field field : read.schema().getFields()) {
              Object value = read.get(i, field.getName());
              boolean isDate = field.getType().equals(Types.DATE) && value != null;
              row.put(field.getName(), isDate ? LocalDate.ofEpochDay((Integer) value) : value);
            }
            rows.add(row);
          }
        }
      }
    }
    return rows;
  }
}
