package dev.baton.engine.request;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.baton.engine.batch.Batch;
import dev.baton.engine.operator.AsyncKernel;
import dev.baton.engine.operator.ValueException;
import dev.baton.engine.testkit.FakeContext;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.apache.arrow.memory.RootAllocator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The same rules hold whether a kernel waits for each answer or sends all questions at once. */
class RequestKernelTest {
  private static final Duration SECOND = Duration.ofSeconds(1);

  private final RootAllocator allocator = new RootAllocator();
  private final FakeContext context = new FakeContext(allocator);
  private final Oracle oracle = new Oracle();
  private final Waits waits = new Waits();
  private List<String> answers;

  @AfterEach
  void nothingLeaks() {
    allocator.close();
  }

  private static RequestPolicy policy(int retries, RequestPolicy.OnFailure onFailure) {
    return new RequestPolicy(SECOND, retries, Duration.ofMillis(100), 0, onFailure);
  }

  private void run(boolean later, int rows, RequestPolicy policy) throws Exception {
    try (Batch batch = Batch.of(rows, List.of());
        AsyncKernel kernel =
            new RequestKernel<>(context, oracle, policy, new InFlight(0), new Recorder(), waits)) {
      if (!later) {
        kernel.apply(batch);
        return;
      }
      try (AsyncKernel.Answers under = kernel.begin(batch, new InFlight(2))) {
        boolean[] ready = {false};
        under.whenReady(() -> ready[0] = true);
        assertTrue(ready[0], "every answer is there");
        under.finish();
      }
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void everyRowGetsItsAnswer(boolean later) throws Exception {
    run(later, 5, policy(0, RequestPolicy.OnFailure.FAIL));
    assertEquals("[a0, a1, null, a3, a4]", answers.toString(), "row 2 asks nothing");
    assertEquals(4, oracle.asked.size());
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void asksAgainAfterAFailureThatMayPassAndWaitsTwiceAsLongEachTime(boolean later)
      throws Exception {
    oracle.failures.put("q1", 3);
    run(later, 2, policy(3, RequestPolicy.OnFailure.FAIL));
    assertEquals("[a0, a1]", answers.toString());
    assertEquals(
        List.of(Duration.ofMillis(100), Duration.ofMillis(200), Duration.ofMillis(400)),
        waits.waited);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void theFirstRowWithoutAnAnswerIsTheError(boolean later) {
    oracle.failures.put("q1", 9);
    oracle.failures.put("q4", 9);
    ValueException e =
        assertThrows(
            ValueException.class, () -> run(later, 6, policy(1, RequestPolicy.OnFailure.FAIL)));
    assertEquals(1, e.row());
    assertEquals("answer", e.column());
    assertEquals(
        "q1 failed 2 times: busy; allow more retries or a longer timeout, or set on-failure to null",
        e.getMessage());
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void whatWillNotPassIsNotAskedAgain(boolean later) {
    oracle.refused.add("q3");
    ValueException e =
        assertThrows(
            ValueException.class, () -> run(later, 6, policy(5, RequestPolicy.OnFailure.FAIL)));
    assertEquals(3, e.row());
    assertEquals("q3 failed: no such thing; correct it, or set on-failure to null", e.getMessage());
    assertEquals(1, oracle.asked.stream().filter("q3"::equals).count());
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void failuresCanBeNull(boolean later) throws Exception {
    oracle.refused.add("q0");
    oracle.failures.put("q3", 9);
    run(later, 4, policy(1, RequestPolicy.OnFailure.NULL));
    assertEquals("[null, a1, null, null]", answers.toString());
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aBatchWithoutRowsAsksNothing(boolean later) throws Exception {
    run(later, 0, policy(0, RequestPolicy.OnFailure.FAIL));
    assertEquals("[]", answers.toString());
  }

  @Test
  void theLockIsGivenUpForEachQuestion() throws Exception {
    run(false, 5, policy(0, RequestPolicy.OnFailure.FAIL));
    assertEquals(4, context.blocked());
    assertTrue(context.checkpoints() >= 5);
  }

  @Test
  void noMoreIsUnderWayThanTheModeAllows() throws Exception {
    oracle.hold = true;
    try (Batch batch = Batch.of(50, List.of());
        AsyncKernel kernel =
            new RequestKernel<>(
                context,
                oracle,
                policy(0, RequestPolicy.OnFailure.FAIL),
                new InFlight(0),
                new Recorder(),
                waits)) {
      InFlight requests = new InFlight(7);
      try (AsyncKernel.Answers under = kernel.begin(batch, requests)) {
        while (!oracle.held.isEmpty()) {
          assertTrue(oracle.held.size() <= 7, "at most 7 but " + oracle.held.size());
          // The last question is answered first.
          oracle.held.remove(oracle.held.size() - 1).run();
        }
        under.finish();
      }
      assertEquals(50, answers.size());
      assertEquals("a49", answers.get(49));
      assertEquals(0, requests.pending());
    }
  }

  @Test
  void noAnswerInTimeIsAFailure() throws Exception {
    oracle.hold = true;
    RequestPolicy impatient =
        new RequestPolicy(
            Duration.ofMillis(1), 0, Duration.ofMillis(1), 0, RequestPolicy.OnFailure.FAIL);
    try (Batch batch = Batch.of(1, List.of());
        AsyncKernel kernel =
            new RequestKernel<>(
                context, oracle, impatient, new InFlight(0), new Recorder(), waits);
        AsyncKernel.Answers under = kernel.begin(batch, new InFlight(0))) {
      ValueException e = assertThrows(ValueException.class, under::finish);
      assertTrue(e.getMessage().startsWith("q0 failed: no answer in time"), e.getMessage());
    }
  }

  /** Where a question waits for a thread, its time has not begun: only the exchange knows. */
  @Test
  void whatTheExchangeHasNotSentYetIsNotLate() throws Exception {
    oracle.hold = true;
    oracle.busy = true;
    Duration shortly = Duration.ofMillis(1);
    RequestPolicy impatient =
        new RequestPolicy(shortly, 0, shortly, 0, RequestPolicy.OnFailure.FAIL);
    try (Batch batch = Batch.of(1, List.of());
        AsyncKernel kernel =
            new RequestKernel<>(
                context, oracle, impatient, new InFlight(0), new Recorder(), waits);
        AsyncKernel.Answers under = kernel.begin(batch, new InFlight(0))) {
      // What was to end before this has ended by then: one thread ends them in turn.
      CompletableFuture<Void> later = new CompletableFuture<>();
      assertThrows(
          CompletionException.class, () -> later.orTimeout(2, TimeUnit.MILLISECONDS).join());
      oracle.held.get(0).run();
      under.finish();
      assertEquals(List.of("a0"), answers);
    }
  }

  @Test
  void policiesThatMakeNoSenseAreRefused() {
    IllegalArgumentException e =
        assertThrows(
            IllegalArgumentException.class,
            () -> new RequestPolicy(Duration.ZERO, 0, SECOND, 0, RequestPolicy.OnFailure.FAIL));
    assertEquals("timeout must be positive but was PT0S", e.getMessage());
    e =
        assertThrows(
            IllegalArgumentException.class,
            () -> new RequestPolicy(SECOND, -1, SECOND, 0, RequestPolicy.OnFailure.FAIL));
    assertEquals(
        "retries, backoff and limit must not be negative but were -1, PT1S and 0", e.getMessage());
  }

  /** Asks q0, q1, nothing, q3, … and keeps the answers. */
  private final class Recorder implements Questions<String, String> {
    @Override
    public String ask(Batch batch, int row) {
      return row == 2 ? null : "q" + row;
    }

    @Override
    public void answer(Batch batch, List<String> given) {
      answers = new ArrayList<>(given);
    }

    @Override
    public String column() {
      return "answer";
    }
  }

  /** Answers aN to qN, after failing as often as it was told to. */
  private static final class Oracle implements Exchange<String, String> {
    private final Map<String, Integer> failures = new HashMap<>();
    private final List<String> refused = new ArrayList<>();
    private final List<String> asked = new ArrayList<>();
    private final List<Runnable> held = new ArrayList<>();
    private boolean hold;
    private boolean busy;

    @Override
    public String ask(String question, Duration timeout) throws IOException {
      assertTrue(timeout.compareTo(SECOND) <= 0);
      asked.add(question);
      if (refused.contains(question)) {
        throw new IllegalStateException("no such thing");
      }
      if (failures.merge(question, -1, Integer::sum) >= 0) {
        throw new IOException("busy");
      }
      return "a" + question.substring(1);
    }

    @Override
    public CompletableFuture<String> askLater(String question, Duration timeout) {
      CompletableFuture<String> answer = new CompletableFuture<>();
      Runnable give =
          () -> {
            try {
              answer.complete(ask(question, timeout));
            } catch (IOException | RuntimeException e) {
              answer.completeExceptionally(e);
            }
          };
      if (!busy) {
        var unused = answer.orTimeout(timeout.toNanos(), TimeUnit.NANOSECONDS);
      }
      if (hold) {
        held.add(give);
      } else {
        give.run();
      }
      return answer;
    }
  }

  /** Lets no time pass, and notes how much should have. */
  private static final class Waits implements Delay {
    private final List<Duration> waited = new ArrayList<>();

    @Override
    public void sleep(Duration time) {
      waited.add(time);
    }

    @Override
    public void after(Duration time, Runnable action) {
      waited.add(time);
      action.run();
    }
  }
}
