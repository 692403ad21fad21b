package dev.baton.engine.internal.eventloop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.baton.engine.Engine;
import dev.baton.engine.ExecutionMode;
import dev.baton.engine.Pipeline;
import dev.baton.engine.PipelineException;
import dev.baton.engine.RunCancelledException;
import dev.baton.engine.RunHandle;
import dev.baton.engine.RunOptions;
import dev.baton.engine.RunReport;
import dev.baton.engine.batch.Batch;
import dev.baton.engine.batch.Memory;
import dev.baton.engine.batch.Types;
import dev.baton.engine.batch.Vectors;
import dev.baton.engine.lock.LockPolicy;
import dev.baton.engine.metrics.Account;
import dev.baton.engine.metrics.Times;
import dev.baton.engine.operator.Binder;
import dev.baton.engine.operator.BoundTransform;
import dev.baton.engine.operator.Columns;
import dev.baton.engine.operator.KernelContext;
import dev.baton.engine.operator.Nature;
import dev.baton.engine.operator.Transform;
import dev.baton.engine.operator.TypeFamily;
import dev.baton.engine.request.Exchange;
import dev.baton.engine.request.InFlight;
import dev.baton.engine.request.Questions;
import dev.baton.engine.request.RequestKernel;
import dev.baton.engine.request.RequestPolicy;
import dev.baton.engine.testkit.BatchBuilder;
import dev.baton.engine.testkit.SplitSource;
import dev.baton.engine.testkit.TestOperators.Add;
import dev.baton.engine.testkit.TestOperators.Calling;
import dev.baton.engine.testkit.TestOperators.Centre;
import dev.baton.engine.testkit.TestOperators.Numbered;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.Float8Vector;
import org.apache.arrow.vector.types.pojo.Schema;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Answers arrive in any order, from other threads; what comes out is what inline gives. */
class EventLoopTest {
  private static final int SPLITS = 12;

  private final RootAllocator allocator = new RootAllocator();
  private final List<List<Batch>> splits = new ArrayList<>();
  private Engine engine;

  @BeforeEach
  void splitsOfNoneOneAndSeveralBatches() {
    engine = Engine.open(allocator);
    double next = 0;
    for (int split = 0; split < SPLITS; split++) {
      List<Batch> batches = new ArrayList<>();
      for (int i = 0; i < split % 4; i++) {
        Double[] values = new Double[3 + i];
        for (int row = 0; row < values.length; row++) {
          values[row] = next++;
        }
        batches.add(new BatchBuilder(allocator).doubles("x", values).build());
      }
      splits.add(batches);
    }
  }

  @AfterEach
  void nothingIsLeftBehind() {
    engine.close();
    splits.forEach(batches -> batches.forEach(Batch::close));
    allocator.close();
  }

  private Pipeline pipeline(Service... services) {
    Schema schema = splits.get(1).get(0).schema();
    Pipeline pipeline = Pipeline.read(new SplitSource(schema, splits));
    for (Service service : services) {
      pipeline = pipeline.then(new Ask(service, service.limit));
    }
    return pipeline;
  }

  private static RunOptions loop(int inFlight) {
    return RunOptions.defaults().withMode(ExecutionMode.eventLoop(inFlight)).withDigest();
  }

  private static RunOptions inline() {
    return RunOptions.defaults().withMode(ExecutionMode.inline()).withDigest();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 7, 1000})
  void answersInAnyOrderGiveTheSameBitsAsInline(int inFlight) {
    for (int seed = 0; seed < 8; seed++) {
      Service first = new Service(seed);
      Service second = new Service(seed + 1);
      Pipeline pipeline =
          pipeline(first)
              .then(new Centre(Columns.of("x")))
              .then(new Numbered("n"))
              .then(new Ask(second, 0))
              .then(new Centre(Columns.of("x")))
              .then(new Add("x", 1));
      RunReport expected = engine.run(pipeline, inline());
      RunReport report = engine.run(pipeline, loop(inFlight));
      assertEquals(expected.digest(), report.digest(), "seed " + seed);
      assertEquals(expected.rowsIn(), report.rowsIn());
      assertEquals(expected.passes().get(0).rows(), report.passes().get(0).rows());
      assertTrue(first.most <= inFlight, first.most + " under way");
    }
  }

  @Test
  void everyPolicyIsReal() {
    RunReport expected = engine.run(pipeline(new Service(1)), inline());
    for (String policy : LockPolicy.IDS) {
      RunOptions options = loop(5).withLock(LockPolicy.parse(policy, Duration.ofMillis(1)));
      assertEquals(expected.digest(), engine.run(pipeline(new Service(2)), options).digest());
    }
  }

  @Test
  void questionsOfSeveralBatchesAreUnderWayAtOnce() {
    Service service = new Service(3);
    service.waitFor = 20; // more rows than any batch has
    engine.run(pipeline(service), loop(20));
    assertEquals(20, service.most);
  }

  @Test
  void thousandsOfQuestionsAreUnderWayAtOnce() {
    Double[] values = new Double[5000];
    Arrays.setAll(values, row -> (double) row);
    splits.add(List.of(new BatchBuilder(allocator).doubles("x", values).build()));
    RunReport expected = engine.run(pipeline(new Service(8)), inline());
    Service service = new Service(8);
    service.waitFor = 3000;
    RunReport report = engine.run(pipeline(service), loop(3000));
    assertEquals(3000, service.most);
    assertEquals(expected.digest(), report.digest());
  }

  @Test
  @Timeout(60)
  void aThreadThatWaitsForAnAnswerHasGivenTheGlobalLockUp() {
    RunOptions threads = inline().withMode(ExecutionMode.threads(2));
    for (String policy : List.of("global", "global-released")) {
      Service service = new Service(9);
      service.together = new CountDownLatch(2); // nothing is answered before both threads ask
      RunOptions options = threads.withLock(LockPolicy.parse(policy, Duration.ofSeconds(50)));
      engine.run(pipeline(service), options);
      assertEquals(2, service.most, policy);
    }
  }

  @Test
  void anOperatorsOwnLimitHoldsInEveryMode() {
    for (ExecutionMode mode : List.of(ExecutionMode.eventLoop(50), ExecutionMode.threads(4))) {
      Service service = new Service(4);
      service.limit = 2;
      engine.run(pipeline(service), inline().withMode(mode));
      assertTrue(service.most <= 2, mode + ": " + service.most + " under way");
    }
  }

  @Test
  void allOperatorCodeRunsOnTheCallersThread() {
    Set<Thread> threads = Collections.synchronizedSet(new HashSet<>());
    Calling note =
        new Calling(Nature.COLUMNAR, (batch, context) -> threads.add(Thread.currentThread()));
    engine.run(pipeline(new Service(5)).then(note), loop(9));
    assertEquals(Set.of(Thread.currentThread()), threads);
  }

  @Test
  void theFirstFailureInTheDataIsReported() {
    for (int seed = 0; seed < 8; seed++) {
      Service service = new Service(seed);
      service.failing = Set.of(11.0, 30.0);
      PipelineException inline =
          assertThrows(PipelineException.class, () -> engine.run(pipeline(service), inline()));
      PipelineException e =
          assertThrows(PipelineException.class, () -> engine.run(pipeline(service), loop(50)));
      assertEquals(inline.getMessage(), e.getMessage());
      assertTrue(
          e.getMessage().startsWith("stage 1 'x' (Ask), batch 3, row 1: 11.0 failed: no"),
          e.getMessage());
    }
  }

  @Test
  void theTimeOfWaitingIsNotComputing() {
    RunReport report = engine.run(pipeline(new Service(6)), loop(4));
    Times caller = report.ledger().workers().get(0).times();
    assertTrue(caller.get(Account.IO).toNanos() > 0, caller.toString());
  }

  @Test
  void aRunThatWaitsForeverCanBeCancelled() throws Exception {
    Service service = new Service(7);
    service.never = true;
    RunHandle handle = engine.submit(pipeline(service), loop(4));
    service.asked.await();
    handle.cancel();
    CompletionException e = assertThrows(CompletionException.class, () -> handle.report().join());
    assertSame(RunCancelledException.class, e.getCause().getClass());
  }

  /** Asks about x and adds one to it. */
  record Ask(Service service, int limit) implements Transform {
    @Override
    public Nature nature() {
      return Nature.BLOCKING;
    }

    @Override
    public BoundTransform bind(Binder binder) {
      binder.read("x", TypeFamily.FLOATING);
      binder.put(Types.field("x", Types.FLOAT64));
      InFlight shared = new InFlight(limit);
      RequestPolicy policy =
          new RequestPolicy(
              Duration.ofMinutes(1), 0, Duration.ZERO, limit, RequestPolicy.OnFailure.FAIL);
      return binder.transform(
          context -> new RequestKernel<>(context, service, policy, shared, new AboutX(context)));
    }
  }

  private record AboutX(KernelContext context) implements Questions<Double, Double> {
    @Override
    public Double ask(Batch batch, int row) {
      return Memory.getDouble(Vectors.data(batch.column("x")) + 8L * row);
    }

    @Override
    public void answer(Batch batch, List<Double> answers) {
      Float8Vector x = Vectors.writableDoubles(batch, "x", context.allocator());
      for (int row = 0; row < answers.size(); row++) {
        Memory.putDouble(Vectors.data(x) + 8L * row, answers.get(row));
      }
    }

    @Override
    public String column() {
      return "x";
    }
  }

  /** Answers what it has been asked in an order of its own, from a thread of its own. */
  private static final class Service implements Exchange<Double, Double> {
    private final Random random;
    private final List<Runnable> held = new ArrayList<>();
    private final CountDownLatch asked = new CountDownLatch(1);
    private Set<Double> failing = Set.of();
    private boolean never;
    private CountDownLatch together = new CountDownLatch(0);
    private int limit;
    private int waitFor = 1;
    private int underWay;
    private int most;
    private int total;

    Service(long seed) {
      random = new Random(seed);
    }

    private double answer(double x) {
      if (failing.contains(x)) {
        throw new IllegalStateException("no");
      }
      return x + 1;
    }

    @Override
    public Double ask(Double x, Duration timeout) throws InterruptedException {
      synchronized (this) {
        most = Math.max(most, ++underWay);
      }
      together.countDown();
      together.await();
      try {
        return answer(x);
      } finally {
        synchronized (this) {
          underWay--;
        }
      }
    }

    @Override
    public CompletableFuture<Double> askLater(Double x, Duration timeout) {
      CompletableFuture<Double> future = new CompletableFuture<>();
      asked.countDown();
      if (never) {
        return future;
      }
      boolean start;
      synchronized (this) {
        most = Math.max(most, ++underWay);
        total++;
        start = held.isEmpty();
        held.add(
            () -> {
              synchronized (this) {
                underWay--;
              }
              try {
                future.complete(answer(x));
              } catch (IllegalStateException e) {
                future.completeExceptionally(e);
              }
            });
      }
      if (start) {
        new Thread(this::answerAll).start();
      }
      return future;
    }

    private void answerAll() {
      while (true) {
        Runnable next;
        synchronized (this) {
          if (total < waitFor) {
            continue;
          }
          if (held.isEmpty()) {
            return;
          }
          next = held.remove(random.nextInt(held.size()));
        }
        next.run();
      }
    }
  }
}
