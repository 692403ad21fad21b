package dev.baton.ipc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.baton.engine.Engine;
import dev.baton.engine.ExecutionMode;
import dev.baton.engine.ExecutionMode.Transport;
import dev.baton.engine.Pipeline;
import dev.baton.engine.RunReport;
import dev.baton.engine.batch.Batch;
import dev.baton.engine.batch.Types;
import dev.baton.engine.operator.Binder;
import dev.baton.engine.operator.BoundEstimator;
import dev.baton.engine.operator.Columns;
import dev.baton.engine.operator.Estimator;
import dev.baton.engine.operator.FitState;
import dev.baton.engine.operator.StateReader;
import dev.baton.engine.operator.StateWriter;
import dev.baton.engine.operator.TypeFamily;
import dev.baton.engine.source.MemorySource;
import dev.baton.engine.testkit.RandomRows;
import dev.baton.engine.testkit.RandomRows.Mix;
import dev.baton.engine.testkit.Rows;
import dev.baton.engine.testkit.TestOperators.Shift;
import dev.baton.engine.testkit.Variants;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.Float8Vector;
import org.apache.arrow.vector.types.pojo.Schema;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** States of fits that are larger than a slot, and larger than all slots together. */
@Tag("process")
@Timeout(120)
class LargeStateTest {
  private static final Schema SCHEMA = Rows.schema("x", Types.FLOAT64);

  /** 8 MiB for each row seen, where a slot has 4 MiB and there are four. */
  public record Hoard(Columns columns) implements Estimator<Heap> {
    @Override
    public BoundEstimator<Heap> bind(Binder binder) {
      binder.read(columns, TypeFamily.NUMERIC);
      binder.put(Types.field("x", Types.FLOAT64));
      return binder.estimator(
          Heap::new, heap -> new Shift(List.of("x"), List.of((double) heap.hash())));
    }
  }

  /** Long arrays that say what was seen, in order. */
  public static final class Heap implements FitState<Heap> {
    private static final int EACH = 1 << 20;
    private long[] seen = new long[0];

    @Override
    public void observe(Batch batch) {
      Float8Vector x = (Float8Vector) batch.column("x");
      for (int row = 0; row < batch.rows(); row++) {
        int length = seen.length;
        seen = Arrays.copyOf(seen, length + EACH);
        Arrays.fill(seen, length, length + EACH, Double.doubleToLongBits(x.get(row)) + length);
      }
    }

    @Override
    public void merge(Heap later) {
      int length = seen.length;
      seen = Arrays.copyOf(seen, length + later.seen.length);
      System.arraycopy(later.seen, 0, seen, length, later.seen.length);
    }

    @Override
    public void write(StateWriter out) {
      out.longs(seen);
    }

    @Override
    public void read(StateReader in) {
      seen = in.longs();
    }

    int hash() {
      return Arrays.hashCode(seen);
    }
  }

  @ParameterizedTest
  @EnumSource(Transport.class)
  void theyTravelInPartsAndMergeToTheSameBits(Transport transport) {
    List<Batch> batches = new ArrayList<>();
    try (RootAllocator root = new RootAllocator()) {
      try (Engine engine = Engine.open(root)) {
        for (int rows : new int[] {1, 3, 0, 2}) {
          batches.add(RandomRows.of(SCHEMA, rows, rows, Mix.TAME).batch(root));
        }
        Pipeline pipeline =
            Pipeline.read(new MemorySource(batches.get(0).schema(), batches))
                .then(new Hoard(Columns.of("x")));
        RunReport inline = engine.run(pipeline, Variants.baseline());
        RunReport processes =
            engine.run(
                pipeline,
                Variants.baseline().withMode(ExecutionMode.processes(2).withTransport(transport)));
        assertEquals(inline.digest(), processes.digest());
        assertTrue(processes.ipcBytes() > 6L * Long.BYTES * Heap.EACH);
      }
      batches.forEach(Batch::close);
    }
  }
}
