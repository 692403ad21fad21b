package dev.baton.engine.request;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The questions of one batch that are asked without waiting. Answers arrive on any thread and are
 * handed over when the last one is there.
 */
final class Flight<Q> {
  private final Object[] asked;
  private final Object[] answers;
  private final Exchange<Q, ?> exchange;
  private final RequestPolicy policy;
  private final List<InFlight> limits;
  private final Delay delay;
  private final AtomicInteger open;
  private final CompletableFuture<Void> ready = new CompletableFuture<>();

  /** Rows after this one need not be asked any more, since the run fails at this one. */
  private final AtomicInteger last = new AtomicInteger(Integer.MAX_VALUE);

  Flight(
      Object[] asked,
      Exchange<Q, ?> exchange,
      RequestPolicy policy,
      List<InFlight> limits,
      Delay delay) {
    this.asked = asked;
    this.answers = new Object[asked.length];
    this.exchange = exchange;
    this.policy = policy;
    this.limits = limits;
    this.delay = delay;
    this.open = new AtomicInteger(asked.length + 1);
  }

  void send() {
    for (int row = 0; row < asked.length; row++) {
      if (asked[row] == null) {
        done();
      } else {
        attempt(row, 1);
      }
    }
    done();
  }

  private void attempt(int row, int number) {
    acquire(0, () -> ask(row, number));
  }

  private void acquire(int from, Runnable action) {
    if (from == limits.size()) {
      action.run();
    } else {
      limits.get(from).acquire(() -> acquire(from + 1, action));
    }
  }

  // What is asked are questions: Java cannot make an array of them.
  @SuppressWarnings("unchecked")
  private void ask(int row, int number) {
    if (row > last.get()) {
      release();
      done();
      return;
    }
    CompletableFuture<?> answer;
    try {
      answer = exchange.askLater((Q) asked[row], policy.timeout());
    } catch (RuntimeException e) {
      answer = CompletableFuture.failedFuture(e);
    }
    var unused = answer.whenComplete((value, e) -> answered(row, number, value, e));
  }

  private void answered(int row, int number, Object value, Throwable failure) {
    release();
    if (failure == null) {
      answers[row] = value;
      done();
      return;
    }
    Throwable cause = Failure.unwrap(failure);
    if (Failure.mayPass(cause) && number <= policy.retries() && row <= last.get()) {
      delay.after(policy.backoff(number), () -> attempt(row, number + 1));
      return;
    }
    answers[row] = new Failure(asked[row], number, cause);
    if (policy.onFailure() == RequestPolicy.OnFailure.FAIL) {
      last.accumulateAndGet(row, Math::min);
    }
    done();
  }

  private void release() {
    limits.forEach(InFlight::release);
  }

  private void done() {
    if (open.decrementAndGet() == 0) {
      ready.complete(null);
    }
  }

  void whenReady(Runnable action) {
    var unused = ready.thenRun(action);
  }

  /** One entry a row: the answer, a {@link Failure}, or null. */
  Object[] answers() {
    ready.join();
    return answers;
  }

  /** Asks nothing more; answers that are on their way are not waited for. */
  void close() {
    last.set(-1);
  }
}
