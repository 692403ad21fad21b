package dev.baton.examples;

import dev.baton.engine.Engine;
import dev.baton.engine.ExecutionMode;
import dev.baton.engine.FittedPipeline;
import dev.baton.engine.Pipeline;
import dev.baton.engine.RunOptions;
import dev.baton.engine.RunReport;
import dev.baton.engine.batch.Batch;
import dev.baton.engine.batch.Digest;
import dev.baton.engine.metrics.RunClocks;
import dev.baton.engine.metrics.StageName;
import dev.baton.engine.metrics.TimeLedger;
import dev.baton.engine.metrics.Work;
import dev.baton.engine.metrics.WorkerClock;
import dev.baton.engine.operator.Binder;
import dev.baton.engine.operator.BoundTransform;
import dev.baton.engine.operator.Kernel;
import dev.baton.engine.operator.Operator;
import dev.baton.engine.operator.Transform;
import dev.baton.engine.source.Decoder;
import dev.baton.engine.source.OpenSource;
import dev.baton.engine.source.Split;
import dev.baton.engine.spec.PipelineFile;
import dev.baton.engine.testkit.FakeContext;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.types.pojo.Schema;

/**
 * What the engine costs over calling decoder, kernels and digest by hand in one loop, and what it
 * costs that loop to keep a time ledger as the engine does, as the medians of the ratios of
 * interleaved runs. After {@code ./baton doctor} and {@code mvn -Pquick test-compile}, from the
 * root:
 *
 * <pre>
 * java @engine/src/main/resources/dev/baton/engine/jvm.args \
 *   -cp "examples/target/test-classes:engine/target/test-classes:examples/target/baton-examples.jar:examples/target/lib/&#42;" \
 *   dev.baton.examples.OverheadBenchmark examples/birdstrikes/birdstrikes.yaml 11
 * </pre>
 */
public final class OverheadBenchmark {
  private OverheadBenchmark() {}

  public static void main(String[] arguments) throws Exception {
    Pipeline pipeline = PipelineFile.read(Path.of(arguments[0])).pipeline();
    int repeats = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 11;
    RunOptions inline = RunOptions.defaults().withMode(ExecutionMode.inline()).withDigest();
    try (RootAllocator root = new RootAllocator();
        Engine engine = Engine.open(root)) {
      FittedPipeline fitted = engine.fit(pipeline, inline);
      Pipeline fixed = fitted.read(pipeline.source());
      RunReport warm = engine.run(fixed, inline);
      List<String> columns = warm.passes().get(0).columns();
      byHand(fitted, fixed, columns, root, null);
      byHand(fitted, fixed, columns, root, clock(fitted));
      double[] engines = new double[repeats];
      double[] ledgers = new double[repeats];
      for (int i = 0; i < repeats; i++) {
        long start = System.nanoTime();
        Digest byHand = byHand(fitted, fixed, columns, root, null);
        long middle = System.nanoTime();
        byHand(fitted, fixed, columns, root, clock(fitted));
        long kept = System.nanoTime();
        Digest byEngine = engine.run(fixed, inline).digest();
        long end = System.nanoTime();
        if (!byHand.equals(byEngine)) {
          throw new IllegalStateException("digests differ: " + byHand + " and " + byEngine);
        }
        ledgers[i] = (double) (kept - middle) / (middle - start);
        engines[i] = (double) (end - kept) / (middle - start);
        System.out.printf(
            "by hand %.3f s, with ledger %.3f s, engine %.3f s, ratios %.4f and %.4f%n",
            (middle - start) / 1e9,
            (kept - middle) / 1e9,
            (end - kept) / 1e9,
            ledgers[i],
            engines[i]);
      }
      Arrays.sort(ledgers);
      Arrays.sort(engines);
      System.out.printf(
          "median ratios of %d: with ledger %.4f, engine %.4f%n",
          repeats, ledgers[repeats / 2], engines[repeats / 2]);
    }
  }

  private static WorkerClock clock(FittedPipeline fitted) {
    List<StageName> stages = new ArrayList<>();
    for (Operator operator : fitted.operators()) {
      stages.add(new StageName(stages.size() + 1, operator.getClass().getSimpleName(), Work.APPLY));
    }
    RunClocks clocks = new RunClocks(System::nanoTime, System.nanoTime(), stages.size(), false);
    WorkerClock clock = clocks.worker("caller", TimeLedger.Role.CALLER, () -> 0);
    clocks.startPass(stages);
    return clock;
  }

  private static Digest byHand(
      FittedPipeline fitted,
      Pipeline pipeline,
      List<String> columns,
      BufferAllocator root,
      WorkerClock clock)
      throws Exception {
    try (BufferAllocator allocator = root.newChildAllocator("by hand", 0, Long.MAX_VALUE);
        OpenSource source = pipeline.source().open();
        Decoder decoder = source.decoder(columns, new FakeContext(allocator))) {
      Schema schema = source.schema();
      List<Kernel> kernels = new ArrayList<>();
      for (Operator operator : fitted.operators()) {
        BoundTransform bound = ((Transform) operator).bind(new Binder(schema, true));
        kernels.add(bound.kernels().open(new FakeContext(allocator)));
        schema = bound.output();
      }
      List<String> names = schema.getFields().stream().map(field -> field.getName()).toList();
      Digest digest = Digest.empty(schema);
      for (Iterator<? extends Split> splits = source.splits(); splits.hasNext(); ) {
        decoder.start(splits.next());
        for (Batch next = decoder.next(); next != null; next = decoder.next()) {
          try (Batch batch = next) {
            if (clock == null) {
              for (Kernel kernel : kernels) {
                kernel.apply(batch);
              }
              batch.retain(names);
              digest = digest.then(Digest.of(batch));
            } else {
              digest = digest.then(watched(batch, kernels, names, clock));
            }
          }
        }
      }
      for (Kernel kernel : kernels) {
        kernel.close();
      }
      return digest;
    }
  }

  /** The same for one batch, with the ledger told what the engine tells it. */
  private static Digest watched(
      Batch batch, List<Kernel> kernels, List<String> names, WorkerClock clock) throws Exception {
    clock.enter(0);
    long bytes = batch.bytes();
    clock.flow(1, 0, batch.rows(), 0, bytes);
    for (int i = 0; i < kernels.size(); i++) {
      clock.enter(i + 1);
      int rows = batch.rows();
      kernels.get(i).apply(batch);
      long bytesOut = batch.bytes();
      clock.flow(1, rows, batch.rows(), bytes, bytesOut);
      bytes = bytesOut;
    }
    clock.enter(Work.ENGINE);
    batch.retain(names);
    int before = clock.enter(Work.DIGEST);
    Digest digest = Digest.of(batch);
    clock.flow(1, batch.rows(), batch.rows(), batch.bytes(), 0);
    clock.back(before);
    return digest;
  }
}
