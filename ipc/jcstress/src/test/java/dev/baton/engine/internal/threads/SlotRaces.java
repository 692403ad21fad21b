package dev.baton.engine.internal.threads;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import dev.baton.engine.RunOptions;
import dev.baton.engine.metrics.RunClocks;
import dev.baton.engine.spi.RunScope;
import dev.baton.engine.spi.WorkerScope;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.arrow.memory.RootAllocator;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;

/** More results than a slot holds, handed from a worker to the consumer: in order and whole. */
@JCStressTest
@Outcome(id = "1, 2, 3", expect = ACCEPTABLE, desc = "All, in order, then the end.")
@Outcome(expect = FORBIDDEN, desc = "A result lost, overtaken or half written.")
@State
public class SlotRaces {
  private static final RunScope SCOPE =
      new RunScope(
          RunOptions.defaults(),
          new RootAllocator(),
          new RunClocks(System::nanoTime, System.nanoTime(), 0, false));
  private static final ThreadLocal<WorkerScope> WORKER =
      ThreadLocal.withInitial(() -> SCOPE.worker("worker"));

  private final Slot<Result> slot = new Slot<>(new AtomicInteger(), 0);

  @Actor
  public void worker() {
    try {
      for (int i = 1; i <= 3; i++) {
        Result result = new Result();
        result.value = i;
        slot.put(result, WORKER.get());
      }
      slot.finish();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Actor
  public void consumer(III_Result r) {
    try {
      r.r1 = slot.take(SCOPE).value;
      r.r2 = slot.take(SCOPE).value;
      r.r3 = slot.take(SCOPE).value;
      if (slot.take(SCOPE) != null) {
        r.r3 = -1;
      }
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** Not immutable on purpose. */
  private static final class Result implements AutoCloseable {
    private int value;

    @Override
    public void close() {}
  }
}
