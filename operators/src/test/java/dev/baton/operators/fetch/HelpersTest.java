package dev.baton.operators.fetch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** One helper, two questions, and a clock that only the test moves. */
@Timeout(60)
class HelpersTest {
  private static final Duration SECOND = Duration.ofSeconds(1);

  private final ConcurrentLinkedQueue<CompletableFuture<?>> running = new ConcurrentLinkedQueue<>();
  private final CountDownLatch asked = new CountDownLatch(1);
  private final CountDownLatch end = new CountDownLatch(1);

  private Helpers helpers(boolean replaced) {
    return new Helpers("helper", 1, replaced, (answer, timeout) -> running.add(answer));
  }

  private String slowly() throws InterruptedException {
    asked.countDown();
    end.await();
    return "slow";
  }

  @Test
  void theTimeOfAQuestionDoesNotRunWhileItWaitsForAHelper() throws Exception {
    try (Helpers helpers = helpers(false)) {
      CompletableFuture<String> first = helpers.call(this::slowly, SECOND);
      CompletableFuture<Integer> second = helpers.call(running::size, SECOND);
      asked.await();
      assertEquals(List.of(first), List.copyOf(running));
      end.countDown();
      assertEquals("slow", first.get());
      assertEquals(2, second.get(), "its time runs when it is at work");
    }
  }

  @Test
  void aHelperThatHangsIsReplaced() throws Exception {
    try (Helpers helpers = helpers(true)) {
      CompletableFuture<String> hangs = helpers.call(this::slowly, SECOND);
      CompletableFuture<String> next = helpers.call(() -> "next", SECOND);
      asked.await();
      assertFalse(next.isDone());
      assertTrue(hangs.completeExceptionally(new TimeoutException()), "its time is up");
      assertEquals("next", next.get());
      end.countDown();
    }
  }

  @Test
  void aHelperThatWillComeBackIsWaitedFor() throws Exception {
    try (Helpers helpers = helpers(false)) {
      CompletableFuture<String> late = helpers.call(this::slowly, SECOND);
      CompletableFuture<Long> next = helpers.call(end::getCount, SECOND);
      asked.await();
      assertTrue(late.completeExceptionally(new TimeoutException()), "its time is up");
      end.countDown();
      assertEquals(0, next.get(), "not before the helper was free");
    }
  }
}
