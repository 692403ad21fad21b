package dev.baton.cli.lab;

import dev.baton.engine.batch.Batch;
import dev.baton.engine.operator.Binder;
import dev.baton.engine.operator.BoundTransform;
import dev.baton.engine.operator.KernelContext;
import dev.baton.engine.operator.Nature;
import dev.baton.engine.operator.Transform;
import dev.baton.engine.operator.TypeFamily;
import dev.baton.engine.request.Exchange;
import dev.baton.engine.request.InFlight;
import dev.baton.engine.request.Questions;
import dev.baton.engine.request.RequestKernel;
import dev.baton.engine.request.RequestPolicy;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * Asks somebody who answers after a while, and computes with each answer. Nobody is there: an
 * answer is time that passes, so that what is measured is the way of waiting and not a network.
 *
 * @param delay from a question to its answer
 * @param steps of work with each answer, holding the lock
 */
record Ask(Duration delay, int steps) implements Transform {
  @Override
  public Nature nature() {
    return Nature.BLOCKING;
  }

  @Override
  public BoundTransform bind(Binder binder) {
    binder.read(Numbers.COLUMN, TypeFamily.NUMERIC);
    InFlight noLimit = new InFlight(0);
    return binder.transform(
        context ->
            new RequestKernel<>(
                context, new Time(), new RequestPolicy(), noLimit, new Work(steps, context)));
  }

  private final class Time implements Exchange<Integer, Integer> {
    @Override
    public Integer ask(Integer question, Duration timeout) throws InterruptedException {
      TimeUnit.NANOSECONDS.sleep(delay.toNanos());
      return question;
    }

    @Override
    public CompletableFuture<Integer> askLater(Integer question, Duration timeout) {
      CompletableFuture<Integer> answer = new CompletableFuture<>();
      CompletableFuture.delayedExecutor(delay.toNanos(), TimeUnit.NANOSECONDS, Runnable::run)
          .execute(() -> answer.complete(question));
      return answer;
    }
  }

  private record Work(int steps, KernelContext context) implements Questions<Integer, Integer> {
    @Override
    public Integer ask(Batch batch, int row) {
      return row;
    }

    @Override
    public void answer(Batch batch, List<Integer> answers) {
      for (Integer answer : answers) {
        if (Toil.steps(answer, steps) == 0) {
          throw new IllegalStateException("the generator is never 0");
        }
        context.checkpoint();
      }
    }

    @Override
    public String column() {
      return Numbers.COLUMN;
    }
  }
}
