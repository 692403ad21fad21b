package dev.baton.operators.bench;

import dev.baton.engine.batch.Batch;
import dev.baton.engine.batch.StateRow;
import dev.baton.engine.operator.BoundEstimator;
import dev.baton.engine.operator.Columns;
import dev.baton.engine.operator.Kernel;
import dev.baton.engine.operator.Transform;
import dev.baton.operators.encode.Categorify;
import dev.baton.operators.encode.CategoryState;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Rows a second, on one core, of frequency-ordered codes for 26 columns of categories that occur at
 * least 15 times: what is learnt of the rows, alone and in splits whose states are merged, and the
 * encoding. {@code mvn -q -Pbench -pl engine,operators test -Dbench=Categorify} runs it.
 */
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 3, time = 3)
@Measurement(iterations = 5, time = 3)
@Fork(1)
@State(Scope.Benchmark)
public class CategorifyBenchmark {
  private static final List<String> COLUMNS = Criteo.categories();
  private static final int SPLIT_ROWS = 65_536;
  private static final Categorify ENCODER =
      new Categorify(new Columns.Named(COLUMNS), 15, 0, 1, 1, 2);

  private final BoundEstimator<CategoryState> estimator = CriteoRows.bind(ENCODER);
  private List<Kernel> kernels;
  private CategoryState seen;

  @Setup
  public void fit(CriteoRows rows) {
    seen = rows.observe(estimator);
    kernels = rows.kernels(List.of(estimator.finish().apply(seen)));
  }

  /** Observing all rows in one split and fitting. */
  @Benchmark
  @OperationsPerInvocation(CriteoRows.ROWS)
  public Transform fitWhole(CriteoRows rows) {
    return estimator.finish().apply(rows.observe(estimator));
  }

  /** Observing splits of 65,536 rows into states of their own, merging them, fitting. */
  @Benchmark
  @OperationsPerInvocation(CriteoRows.ROWS)
  public Transform fitSplits(CriteoRows rows) {
    CategoryState merged = estimator.newState().get();
    int batches = SPLIT_ROWS / rows.batchRows;
    for (int first = 0; first < rows.batches.size(); first += batches) {
      CategoryState state = estimator.newState().get();
      int last = Math.min(first + batches, rows.batches.size());
      rows.batches.subList(first, last).forEach(state::observe);
      merged.merge(state);
    }
    return estimator.finish().apply(merged);
  }

  @Benchmark
  @OperationsPerInvocation(CriteoRows.ROWS)
  public int encode(CriteoRows rows) throws Exception {
    return rows.apply(kernels, COLUMNS);
  }

  /** Sending the state of all rows to another process and reading it there, once. */
  @Benchmark
  @BenchmarkMode(Mode.AverageTime)
  @OutputTimeUnit(TimeUnit.MILLISECONDS)
  public CategoryState sendState(CriteoRows rows) {
    CategoryState received = estimator.newState().get();
    try (Batch row = StateRow.of(List.of(seen), rows.allocator)) {
      StateRow.read(row, List.of(received));
    }
    return received;
  }
}
