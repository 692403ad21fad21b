package dev.baton.operators.bench;

import dev.baton.engine.batch.Batch;
import dev.baton.engine.operator.Binder;
import dev.baton.engine.operator.BoundEstimator;
import dev.baton.engine.operator.Estimator;
import dev.baton.engine.operator.FitState;
import dev.baton.engine.operator.Kernel;
import dev.baton.engine.operator.Transform;
import dev.baton.engine.testkit.FakeContext;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.types.pojo.Schema;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** Two million rows of {@link Criteo} in memory, and what benchmarks do with all of them. */
@State(Scope.Benchmark)
public class CriteoRows {
  public static final int ROWS = 2_000_000;

  /** Rows of a batch; what a batch becomes should fit the second cache. */
  @Param("8192")
  int batchRows;

  BufferAllocator allocator;
  List<Batch> batches;

  @Setup(Level.Trial)
  public void make() {
    allocator = new RootAllocator();
    batches = new Criteo().batches(ROWS, batchRows, allocator);
  }

  @TearDown(Level.Trial)
  public void close() {
    batches.forEach(Batch::close);
    allocator.close();
  }

  /** A state that has observed all batches. */
  <S extends FitState<S>> S observe(BoundEstimator<S> estimator) {
    S state = estimator.newState().get();
    batches.forEach(state::observe);
    return state;
  }

  /** The kernels of some transforms in turn. */
  List<Kernel> kernels(List<? extends Transform> transforms) {
    List<Kernel> kernels = new ArrayList<>();
    Schema schema = Criteo.schema();
    for (Transform transform : transforms) {
      var bound = transform.bind(new Binder(schema, true));
      kernels.add(bound.kernels().open(new FakeContext(allocator)));
      schema = bound.output();
    }
    return kernels;
  }

  /** Takes every batch through all kernels, columns that they only read shared and not copied. */
  int apply(List<Kernel> kernels, List<String> columns) throws Exception {
    int rows = 0;
    for (Batch batch : batches) {
      try (Batch shared = batch.share(columns, allocator)) {
        for (Kernel kernel : kernels) {
          kernel.apply(shared);
        }
        rows += shared.rows();
      }
    }
    return rows;
  }

  static <S extends FitState<S>> BoundEstimator<S> bind(Estimator<S> estimator) {
    return estimator.bind(new Binder(Criteo.schema(), true));
  }
}
