package dev.baton.operators.bench;

import dev.baton.engine.Engine;
import dev.baton.engine.ExecutionMode;
import dev.baton.engine.Pipeline;
import dev.baton.engine.RunOptions;
import dev.baton.engine.batch.Batch;
import dev.baton.engine.batch.Memory;
import dev.baton.engine.batch.Types;
import dev.baton.engine.batch.Validity;
import dev.baton.engine.batch.Vectors;
import dev.baton.engine.operator.Columns;
import dev.baton.engine.source.MemorySource;
import dev.baton.operators.impute.SimpleImputer;
import dev.baton.operators.scale.StandardScaler;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.types.pojo.Schema;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * A whole run on one core of what numbers are commonly made into: 2 million rows of 40 float64
 * columns, 5 % of them null, filled with their means and brought to mean 0 and deviation 1: two
 * passes that fit and one that transforms, by the engine. An operation is a million bytes of those
 * columns (640 of them), counted once, so that the score divided by 1000 is GB/s. {@code mvn -q
 * -Pbench -pl operators -am test -Dbench=ImputeScale} runs it.
 */
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 7, time = 1)
@Fork(1)
@State(Scope.Benchmark)
public class ImputeScaleBenchmark {
  private static final int COLUMNS = 40;
  private static final int ROWS = 2_000_000;
  private static final int MEGABYTES = 640;

  @Param({"8192", "16384", "65536"})
  int batchRows;

  private BufferAllocator allocator;
  private List<Batch> batches;
  private Engine engine;
  private Pipeline pipeline;

  @Setup(Level.Trial)
  public void make() {
    allocator = new RootAllocator();
    batches = new ArrayList<>();
    Schema schema =
        new Schema(
            IntStream.range(0, COLUMNS)
                .mapToObj(i -> Types.field("c" + i, Types.FLOAT64))
                .toList());
    for (int first = 0; first < ROWS; first += batchRows) {
      batches.add(batch(schema, first, Math.min(batchRows, ROWS - first)));
    }
    engine = Engine.open(allocator);
    pipeline =
        Pipeline.read(new MemorySource(schema, batches))
            .then(new SimpleImputer(Columns.all()))
            .then(new StandardScaler(Columns.all()));
  }

  private Batch batch(Schema schema, int first, int rows) {
    List<FieldVector> columns = new ArrayList<>();
    for (int i = 0; i < COLUMNS; i++) {
      SplittableRandom random = new SplittableRandom(31L * first + i);
      FieldVector column = Vectors.fixed(schema.getFields().get(i), rows, allocator);
      for (int row = 0; row < rows; row++) {
        Memory.putDouble(Vectors.data(column) + 8L * row, random.nextDouble() * 100 - i);
        if (random.nextInt(20) > 0) {
          Validity.set(Validity.address(column), row);
        }
      }
      columns.add(column);
    }
    return Batch.of(rows, columns);
  }

  @TearDown(Level.Trial)
  public void close() {
    engine.close();
    batches.forEach(Batch::close);
    allocator.close();
  }

  @Benchmark
  @OperationsPerInvocation(MEGABYTES)
  public long fitAndTransform() {
    return engine.run(pipeline, RunOptions.defaults().withMode(ExecutionMode.inline())).rowsOut();
  }
}
