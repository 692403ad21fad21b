package dev.baton.engine.internal.plan;

import dev.baton.engine.request.InFlight;
import dev.baton.engine.spi.Pending;
import java.util.function.Supplier;

/** A batch, or the end of a split, whose turn has not come, and what becomes of it then. */
final class SetAside<R extends AutoCloseable> implements Pending<R> {
  private final StepRunner steps;
  private final Journey journey;
  private final InFlight requests;
  private final Supplier<R> arrive;
  private boolean arrived;

  /** A batch that has come as far as it could. */
  SetAside(StepRunner steps, Journey journey, InFlight requests, Supplier<R> arrive) {
    this.steps = steps;
    this.journey = journey;
    this.requests = requests;
    this.arrive = arrive;
  }

  /** A result that needs nothing but its turn. */
  SetAside(Supplier<R> arrive) {
    this(null, null, null, arrive);
  }

  @Override
  public int waitsIn() {
    return journey == null || journey.answers == null ? NOWHERE : journey.step;
  }

  @Override
  public void whenReady(Runnable action) {
    journey.answers.whenReady(action);
  }

  @Override
  public void resume() {
    steps.resume(journey, requests);
  }

  @Override
  public R take() {
    arrived = true;
    return arrive.get();
  }

  @Override
  public void close() {
    if (journey != null && !arrived) {
      journey.close();
    }
  }
}
