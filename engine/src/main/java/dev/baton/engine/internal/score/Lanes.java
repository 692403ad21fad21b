package dev.baton.engine.internal.score;

import dev.baton.engine.internal.plan.KernelChain;
import java.util.concurrent.ConcurrentLinkedDeque;

/** As many lanes as threads have ever scored at once, kept for whoever comes next. Thread-safe. */
public final class Lanes implements AutoCloseable {
  private final KernelChain.Plan plan;
  private final ConcurrentLinkedDeque<Lane> idle = new ConcurrentLinkedDeque<>();
  private final Gate gate = new Gate(this::release);

  public Lanes(KernelChain.Plan plan) {
    this.plan = plan;
    // A pipeline that cannot be opened says so now.
    idle.push(new Lane(plan));
  }

  /** Scores rows in a lane of their own. */
  public Object[][] score(Object[][] rows) {
    if (!gate.enter()) {
      throw new IllegalStateException("the scorer is closed");
    }
    Lane lane = null;
    try {
      lane = idle.poll();
      lane = lane == null ? new Lane(plan) : lane;
      Object[][] scored = lane.score(rows);
      idle.push(lane);
      lane = null;
      return scored;
    } catch (KernelChain.BrokenException e) {
      throw e.failure();
    } catch (dev.baton.engine.PipelineException e) {
      // It was the rows: the lane is as good as before.
      idle.push(lane);
      lane = null;
      throw e;
    } finally {
      if (lane != null) {
        lane.close();
      }
      gate.leave();
    }
  }

  private void release() {
    for (Lane lane = idle.poll(); lane != null; lane = idle.poll()) {
      lane.close();
    }
  }

  @Override
  public void close() {
    gate.close();
  }
}
