package dev.baton.engine.request;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;

/** A batch is handed over once, by whichever answer is the last, with both in it. */
@JCStressTest
@Outcome(id = "1, 10, 20", expect = ACCEPTABLE, desc = "Once, with both answers.")
@Outcome(expect = FORBIDDEN, desc = "Handed over twice, never, or without an answer.")
@State
public class FlightRaces {
  private final CompletableFuture<Object> first = new CompletableFuture<>();
  private final CompletableFuture<Object> second = new CompletableFuture<>();
  private final Flight<Boolean> flight;
  private int times;
  private Object one;
  private Object two;

  public FlightRaces() {
    Exchange<Boolean, Object> exchange =
        new Exchange<>() {
          @Override
          public Object ask(Boolean question, Duration timeout) {
            throw new AssertionError();
          }

          @Override
          public CompletableFuture<Object> askLater(Boolean question, Duration timeout) {
            return question ? first : second;
          }
        };
    flight =
        new Flight<>(
            new Object[] {true, false},
            exchange,
            new RequestPolicy(),
            List.of(new InFlight(0)),
            Delay.SYSTEM);
    flight.whenReady(
        () -> {
          times++;
          one = flight.answers()[0];
          two = flight.answers()[1];
        });
    flight.send();
  }

  @Actor
  public void first() {
    first.complete(10);
  }

  @Actor
  public void second() {
    second.complete(20);
  }

  @Arbiter
  public void handedOver(III_Result r) {
    r.r1 = times;
    r.r2 = one == null ? -1 : (Integer) one;
    r.r3 = two == null ? -1 : (Integer) two;
  }
}
