package dev.baton.ipc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.baton.engine.BatchStream;
import dev.baton.engine.Engine;
import dev.baton.engine.ExecutionMode;
import dev.baton.engine.ExecutionMode.Ship;
import dev.baton.engine.Pipeline;
import dev.baton.engine.RunOptions;
import dev.baton.engine.batch.Batch;
import dev.baton.engine.batch.Digest;
import dev.baton.engine.batch.Types;
import dev.baton.engine.operator.Binder;
import dev.baton.engine.operator.BoundEstimator;
import dev.baton.engine.operator.BoundTransform;
import dev.baton.engine.operator.Columns;
import dev.baton.engine.operator.Estimator;
import dev.baton.engine.operator.FitState;
import dev.baton.engine.operator.Kernel;
import dev.baton.engine.operator.KernelContext;
import dev.baton.engine.operator.StateReader;
import dev.baton.engine.operator.StateWriter;
import dev.baton.engine.operator.Transform;
import dev.baton.engine.operator.TypeFamily;
import dev.baton.engine.source.Decoder;
import dev.baton.engine.source.OpenSource;
import dev.baton.engine.source.Source;
import dev.baton.engine.source.Split;
import dev.baton.engine.testkit.Rows;
import dev.baton.engine.testkit.TestOperators.Centre;
import dev.baton.engine.testkit.TestOperators.Shift;
import dev.baton.engine.testkit.Variants;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.Float8Vector;
import org.apache.arrow.vector.types.pojo.Schema;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A real {@code kill -9} of a worker at each point of its work loses nothing and doubles nothing.
 */
@Tag("process")
@Timeout(120)
class KillPointsTest {
  private static final int SPLITS = 12;

  /** More than an outbox keeps back: each result is written before the next batch is begun. */
  private static final int ROWS = 10_000;

  private static RootAllocator root;

  /** One for all, whose other worker stays warm. */
  private static Engine engine;

  @TempDir private Path folder;

  @BeforeAll
  static void open() {
    root = new RootAllocator();
    engine = Engine.open(root);
  }

  @AfterAll
  static void nothingIsLeftBehind() {
    engine.close();
    root.close();
  }

  /** Where a worker is killed. */
  public enum Point {
    /** It has a plan and splits, but has begun none. */
    OPENING,
    STARTING_A_SPLIT,
    DECODING,
    /** The results of a split's first batch are written, but the split is not acknowledged. */
    AFTER_A_RESULT,
    TRANSFORMING,
    OBSERVING,
    /** All of a split is seen, and its state is about to be written. */
    WRITING_A_STATE,
    /** All results are acknowledged, and the worker lets go of the plan. */
    CLOSING
  }

  /** Kills this process the first time that it comes to the point. */
  record Blow(Point point, Path marker) {
    void at(Point here) {
      try {
        if (here == point && Deadly.first(marker)) {
          Deadly.kill();
        }
      } catch (IOException | InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  /** Splits of two batches of numbers, which workers make themselves. */
  public record Numbers(Point point, Path marker) implements Source {
    /** One of them. */
    public record Part(int number) implements Split {
      @Override
      public long bytes() {
        return 1;
      }
    }

    @Override
    public OpenSource open() {
      return new OpenSource() {
        @Override
        public Schema schema() {
          return Rows.schema("x", Types.FLOAT64);
        }

        @Override
        public long bytes() {
          return SPLITS;
        }

        @Override
        public Iterator<? extends Split> splits() {
          return IntStream.range(0, SPLITS).mapToObj(Part::new).iterator();
        }

        @Override
        public Decoder decoder(List<String> columns, KernelContext context) {
          return new Making(new Blow(point, marker), context);
        }

        @Override
        public void close() {}
      };
    }
  }

  private static final class Making implements Decoder {
    private final Blow blow;
    private final KernelContext context;
    private int split;
    private int batch;

    Making(Blow blow, KernelContext context) {
      this.blow = blow;
      this.context = context;
    }

    @Override
    public void start(Split next) {
      split = ((Numbers.Part) next).number();
      batch = 0;
      if (split == SPLITS / 2) {
        blow.at(Point.STARTING_A_SPLIT);
      }
    }

    @Override
    public Batch next() {
      if (batch == 2) {
        return null;
      }
      if (split == SPLITS / 2) {
        blow.at(batch == 0 ? Point.DECODING : Point.AFTER_A_RESULT);
      }
      Float8Vector x = new Float8Vector("x", context.allocator());
      x.allocateNew(ROWS);
      for (int row = 0; row < ROWS; row++) {
        x.set(row, 0.1 * (split * 31 + batch * 17 + row));
      }
      x.setValueCount(ROWS);
      batch++;
      return Batch.of(ROWS, List.of(x));
    }

    @Override
    public void close() {}
  }

  /** Changes nothing. */
  public record Blows(Point point, Path marker) implements Transform {
    @Override
    public BoundTransform bind(Binder binder) {
      binder.changesRows(); // so that no pass leaves it out
      Blow blow = new Blow(point, marker);
      return binder.transform(
          context -> {
            blow.at(Point.OPENING);
            return new Kernel() {
              @Override
              public void apply(Batch batch) {
                blow.at(Point.TRANSFORMING);
              }

              @Override
              public void close() {
                blow.at(Point.CLOSING);
              }
            };
          });
    }
  }

  /** Sums what it sees. */
  public record Sum(Point point, Path marker) implements Estimator<Total> {
    @Override
    public BoundEstimator<Total> bind(Binder binder) {
      binder.read(Columns.of("x"), TypeFamily.NUMERIC);
      binder.put(Types.field("x", Types.FLOAT64));
      return binder.estimator(
          () -> new Total(new Blow(point, marker)),
          total -> new Shift(List.of("x"), List.of(total.sum)));
    }
  }

  /** A sum, which is another in another order. */
  public static final class Total implements FitState<Total> {
    private final Blow blow;
    private double sum;

    Total(Blow blow) {
      this.blow = blow;
    }

    @Override
    public void observe(Batch batch) {
      blow.at(Point.OBSERVING);
      for (int row = 0; row < batch.rows(); row++) {
        sum += ((Float8Vector) batch.column("x")).get(row);
      }
    }

    @Override
    public void merge(Total later) {
      sum += later.sum;
    }

    @Override
    public void write(StateWriter out) {
      if (sum != 0) { // not that of a new one, which tells the parent the schema
        blow.at(Point.WRITING_A_STATE);
      }
      out.doubles(sum);
    }

    @Override
    public void read(StateReader in) {
      sum = in.doubles()[0];
    }
  }

  @ParameterizedTest
  @EnumSource(Point.class)
  void theOutputIsThatOfARunInWhichNobodyDied(Point point) throws IOException {
    Path marker = folder.resolve("marker");
    Files.createFile(marker); // nobody is to die here
    Digest expected = digest(pipeline(point, marker), Variants.baseline());
    Files.delete(marker);
    RunOptions processes =
        Variants.baseline().withMode(ExecutionMode.processes(2).withShip(Ship.SPLITS));
    assertEquals(expected, digest(pipeline(point, marker), processes));
    assertTrue(Files.exists(marker), "nobody died");
  }

  private static Pipeline pipeline(Point point, Path marker) {
    Pipeline read = Pipeline.read(new Numbers(point, marker));
    // Results of fit passes are small and wait for each other, so there it must be the last pass.
    return point == Point.AFTER_A_RESULT
        ? read.then(new Blows(point, marker))
        : read.then(new Blows(point, marker))
            .then(new Sum(point, marker))
            .then(new Centre(Columns.of("x")));
  }

  /** Of batches that come back, each as a result of its own. */
  private static Digest digest(Pipeline pipeline, RunOptions options) {
    try (BatchStream stream = engine.stream(pipeline, options)) {
      Digest digest = Digest.empty(stream.schema());
      while (stream.hasNext()) {
        try (Batch batch = stream.next()) {
          digest = digest.then(Digest.of(batch));
        }
      }
      return digest;
    }
  }
}
