package dev.baton.examples;

import dev.baton.engine.Engine;
import dev.baton.engine.ExecutionMode;
import dev.baton.engine.FittedPipeline;
import dev.baton.engine.Pipeline;
import dev.baton.engine.RunOptions;
import dev.baton.engine.RunReport;
import dev.baton.engine.batch.Batch;
import dev.baton.engine.batch.Digest;
import dev.baton.engine.operator.Binder;
import dev.baton.engine.operator.BoundTransform;
import dev.baton.engine.operator.Kernel;
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
 * What the engine costs over calling decoder, kernels and digest by hand in one loop, as the median
 * of the ratios of interleaved runs. After {@code ./baton doctor} and {@code mvn -Pquick
 * test-compile}, from the root:
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
      byHand(fitted, fixed, columns, root);
      double[] ratios = new double[repeats];
      for (int i = 0; i < repeats; i++) {
        long start = System.nanoTime();
        Digest byHand = byHand(fitted, fixed, columns, root);
        long middle = System.nanoTime();
        Digest byEngine = engine.run(fixed, inline).digest();
        long end = System.nanoTime();
        if (!byHand.equals(byEngine)) {
          throw new IllegalStateException("digests differ: " + byHand + " and " + byEngine);
        }
        ratios[i] = (double) (end - middle) / (middle - start);
        System.out.printf(
            "by hand %.3f s, engine %.3f s, ratio %.4f%n",
            (middle - start) / 1e9, (end - middle) / 1e9, ratios[i]);
      }
      Arrays.sort(ratios);
      System.out.printf("median ratio %.4f of %d%n", ratios[repeats / 2], repeats);
    }
  }

  private static Digest byHand(
      FittedPipeline fitted, Pipeline pipeline, List<String> columns, BufferAllocator root)
      throws Exception {
    try (BufferAllocator allocator = root.newChildAllocator("by hand", 0, Long.MAX_VALUE);
        OpenSource source = pipeline.source().open();
        Decoder decoder = source.decoder(columns, new FakeContext(allocator))) {
      Schema schema = source.schema();
      List<Kernel> kernels = new ArrayList<>();
      for (Transform transform : fitted.transforms()) {
        BoundTransform bound = transform.bind(new Binder(schema, true));
        kernels.add(bound.kernels().open(new FakeContext(allocator)));
        schema = bound.output();
      }
      List<String> names = schema.getFields().stream().map(field -> field.getName()).toList();
      Digest digest = Digest.empty(schema);
      for (Iterator<? extends Split> splits = source.splits(); splits.hasNext(); ) {
        decoder.start(splits.next());
        for (Batch next = decoder.next(); next != null; next = decoder.next()) {
          try (Batch batch = next) {
            for (Kernel kernel : kernels) {
              kernel.apply(batch);
            }
            batch.retain(names);
            digest = digest.then(Digest.of(batch));
          }
        }
      }
      for (Kernel kernel : kernels) {
        kernel.close();
      }
      return digest;
    }
  }
}
