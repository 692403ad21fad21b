package dev.baton.engine.request;

import dev.baton.engine.batch.Batch;
import dev.baton.engine.operator.AsyncKernel;
import dev.baton.engine.operator.KernelContext;
import dev.baton.engine.operator.ValueException;
import java.io.IOException;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/**
 * Asks a question for every row, by the rules of a {@link RequestPolicy}. Where the thread may
 * wait, rows are asked one after the other, as a Python thread with a blocking client does; on an
 * event loop all rows are, as far as there is room.
 *
 * <p>Either way the answers are put in their rows, so the result does not depend on who answered
 * first, and the failure reported is that of the first row that failed.
 */
public final class RequestKernel<Q, A> implements AsyncKernel {
  private final KernelContext context;
  private final Exchange<Q, A> exchange;
  private final RequestPolicy policy;
  private final InFlight limit;
  private final Questions<Q, A> questions;
  private final Delay delay;

  /**
   * @param exchange closed with the kernel
   * @param limit what bounds the questions of all workers together, by {@link RequestPolicy#limit}
   */
  public RequestKernel(
      KernelContext context,
      Exchange<Q, A> exchange,
      RequestPolicy policy,
      InFlight limit,
      Questions<Q, A> questions) {
    this(context, exchange, policy, limit, questions, Delay.SYSTEM);
  }

  RequestKernel(
      KernelContext context,
      Exchange<Q, A> exchange,
      RequestPolicy policy,
      InFlight limit,
      Questions<Q, A> questions,
      Delay delay) {
    this.context = context;
    this.exchange = exchange;
    this.policy = policy;
    this.limit = limit;
    this.questions = questions;
    this.delay = delay;
  }

  @Override
  public void apply(Batch batch) throws Exception {
    Object[] answers = new Object[batch.rows()];
    for (int row = 0; row < answers.length; row++) {
      context.checkpoint();
      Q question = questions.ask(batch, row);
      if (question != null) {
        answers[row] = context.blocking(() -> askPatiently(question));
        if (answers[row] instanceof Failure failure) {
          answers[row] = orElseNull(row, failure);
        }
      }
    }
    questions.answer(batch, list(answers));
  }

  private Object askPatiently(Q question) throws InterruptedException {
    for (int failures = 1; ; failures++) {
      limit.acquire();
      try {
        return exchange.ask(question, policy.timeout());
      } catch (IOException | RuntimeException e) {
        if (!Failure.mayPass(e) || failures > policy.retries()) {
          return new Failure(question, failures, e);
        }
      } finally {
        limit.release();
      }
      delay.sleep(policy.backoff(failures));
    }
  }

  /** What a row without an answer gets. */
  private A orElseNull(int row, Failure failure) {
    if (policy.onFailure() == RequestPolicy.OnFailure.FAIL) {
      throw new ValueException(questions.column(), row, failure.message(), failure.cause());
    }
    return null;
  }

  // The exchange makes answers of no other type, and failures are taken out before.
  @SuppressWarnings("unchecked")
  private List<A> list(Object[] answers) {
    return (List<A>) Collections.unmodifiableList(Arrays.asList(answers));
  }

  @Override
  public Answers begin(Batch batch, InFlight requests) {
    Object[] asked = new Object[batch.rows()];
    for (int row = 0; row < asked.length; row++) {
      asked[row] = questions.ask(batch, row);
    }
    Flight<Q> flight = new Flight<>(asked, exchange, policy, List.of(limit, requests), delay);
    flight.send();
    return new Answers() {
      @Override
      public void whenReady(Runnable action) {
        flight.whenReady(action);
      }

      @Override
      public void finish() {
        Object[] answers = flight.answers();
        for (int row = 0; row < answers.length; row++) {
          if (answers[row] instanceof Failure failure) {
            answers[row] = orElseNull(row, failure);
          }
        }
        questions.answer(batch, list(answers));
      }

      @Override
      public void close() {
        flight.close();
      }
    };
  }

  @Override
  public void close() {
    exchange.close();
  }
}
