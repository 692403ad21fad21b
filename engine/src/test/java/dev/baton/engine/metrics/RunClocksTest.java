package dev.baton.engine.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.baton.engine.metrics.TimeLedger.Role;
import dev.baton.engine.metrics.TimeLedger.Segment;
import dev.baton.engine.metrics.TimeLedger.Stage;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Over a clock that moves only when told to, in nanoseconds. */
class RunClocksTest {
  private static final StageName SCALE = new StageName(2, "Scale", Work.APPLY);

  private long now = 1_000;
  private long lockWaited;
  private RunClocks clocks = new RunClocks(() -> now, 900, 3, false);

  private WorkerClock worker(String name, Role role) {
    return clocks.worker(name, role, () -> lockWaited);
  }

  private static Times times(Object... accountsAndNanos) {
    Times times = Times.ZERO;
    for (int i = 0; i < accountsAndNanos.length; i += 2) {
      Duration time = Duration.ofNanos((Integer) accountsAndNanos[i + 1]);
      times = times.plus(new Times(Map.of((Account) accountsAndNanos[i], time)));
    }
    return times;
  }

  private static Stage stage(TimeLedger.Worker worker, int pass, Work work) {
    return worker.passes().get(pass).stages().stream()
        .filter(stage -> stage.name().work() == work)
        .findFirst()
        .orElseThrow();
  }

  @Test
  void timeGoesToTheStageAndAccountThatIsLeft() {
    WorkerClock caller = worker("caller", Role.CALLER);
    clocks.startPass(List.of(SCALE));
    now += 7;
    caller.enter(2);
    now += 10;
    int before = caller.account(Account.IO);
    now += 20;
    caller.back(before);
    now += 5;
    caller.enter(Work.ENCODE);
    now += 3;
    clocks.endPass();
    TimeLedger ledger = clocks.close();
    TimeLedger.Worker only = ledger.workers().get(0);
    assertEquals(times(Account.COMPUTE, 7), stage(only, 1, Work.ENGINE).times());
    assertEquals(SCALE, stage(only, 1, Work.APPLY).name());
    assertEquals(times(Account.COMPUTE, 15, Account.IO, 20), stage(only, 1, Work.APPLY).times());
    assertEquals(Duration.ofNanos(10), stage(only, 1, Work.APPLY).longest());
    assertEquals(times(Account.SERIALISE, 3), stage(only, 1, Work.ENCODE).times());
    assertEquals(
        times(Account.COMPUTE, 100), only.passes().get(0).times(), "before the clocks were made");
    assertEquals(Duration.ofNanos(145), ledger.wall());
    assertEquals(ledger.wall(), only.times().total());
  }

  @Test
  void whatALockCountedIsTakenOutOfTheStage() {
    WorkerClock caller = worker("caller", Role.CALLER);
    clocks.startPass(List.of(SCALE));
    caller.enter(2);
    now += 30;
    lockWaited += 12;
    caller.enter(Work.DIGEST);
    now += 4;
    TimeLedger ledger = clocks.close();
    TimeLedger.Worker only = ledger.workers().get(0);
    assertEquals(
        times(Account.COMPUTE, 18, Account.LOCK_WAIT, 12), stage(only, 1, Work.APPLY).times());
    assertEquals(times(Account.COMPUTE, 4), stage(only, 1, Work.DIGEST).times());
    assertEquals(ledger.wall(), only.times().total());
  }

  @Test
  void aWorkerThatComesLateOrGoesEarlyIsIdle() {
    worker("caller", Role.CALLER);
    clocks.startPass(List.of());
    now += 11;
    clocks.endPass();
    clocks.startPass(List.of());
    now += 5;
    WorkerClock worker = worker("worker-0", Role.THREAD);
    int idle = worker.enter(Work.ENGINE);
    now += 50;
    worker.back(idle);
    now += 6;
    clocks.endPass();
    now += 3;
    TimeLedger ledger = clocks.close();
    TimeLedger.Worker late = ledger.workers().get(1);
    assertEquals(times(Account.COMPUTE, 50, Account.IDLE, 6), late.passes().get(2).times());
    for (TimeLedger.Worker each : ledger.workers()) {
      assertEquals(ledger.wall(), each.times().total(), each.name());
    }
  }

  @Test
  void aProcessIsIdleWhenItTellsNothing() {
    worker("caller", Role.CALLER);
    RunClocks there = new RunClocks(() -> now, now, 3, false);
    WorkerClock process = there.worker("caller", Role.CALLER, () -> 0);
    there.startPass(List.of(SCALE));
    clocks.startPass(List.of(SCALE));
    WorkerClock lane = worker("worker-0", Role.LANE);
    lane.account(Account.START_UP);
    now += 8;
    lane.account(Account.IPC);
    process.drain(); // as if it had opened the plan only now
    process.enter(2);
    process.flow(1, 10, 9, 80, 72);
    now += 20;
    process.account(Account.STARVED);
    long[] figures = process.drain();
    now += 2;
    process.enter(2);
    process.flow(1, 5, 5, 40, 40);
    now += 25;
    long[] more = process.drain();
    clocks.addRemote("worker-0", figures);
    clocks.addRemote("worker-0", more);
    now += 9;
    clocks.endPass();
    now += 1;
    TimeLedger ledger = clocks.close();
    assertEquals(
        List.of(Role.CALLER, Role.LANE, Role.PROCESS),
        ledger.workers().stream().map(TimeLedger.Worker::role).toList());
    TimeLedger.Worker seen = ledger.workers().get(2);
    assertEquals("process-0", seen.name());
    assertEquals(List.of(seen), ledger.working());
    assertEquals(
        times(Account.COMPUTE, 45, Account.STARVED, 2), stage(seen, 1, Work.APPLY).times());
    assertEquals(new Flow(2, 15, 14, 120, 112), stage(seen, 1, Work.APPLY).flow());
    assertEquals(Duration.ofNanos(25), stage(seen, 1, Work.APPLY).longest());
    assertEquals(times(Account.START_UP, 8, Account.IDLE, 9), stage(seen, 1, Work.ENGINE).times());
    assertEquals(ledger.wall(), seen.times().total());
  }

  @Test
  void theTimelineOfAProcessIsShownByOurClock() {
    clocks = new RunClocks(() -> now, now, 3, true);
    worker("caller", Role.CALLER);
    clocks.startPass(List.of(SCALE));
    worker("worker-0", Role.LANE);
    long started = now;
    // Its clock is 500 behind.
    RunClocks there = new RunClocks(() -> now - 500, now - 500, 3, true);
    WorkerClock process = there.worker("caller", Role.CALLER, () -> 0);
    there.startPass(List.of(SCALE));
    process.split(4);
    now += 3;
    process.enter(2);
    now += 10;
    long[] told = process.drain();
    clocks.addRemote("worker-0", told);
    List<Segment> segments = clocks.close().workers().get(2).timeline();
    assertEquals(2, segments.size());
    Duration begin = Duration.ofNanos(3);
    assertEquals(
        new Segment(begin, Duration.ofNanos(now - started), 1, SCALE, Account.COMPUTE, 4),
        segments.get(1));
  }

  @Test
  void stagesOfWorkersAddUp() {
    worker("caller", Role.CALLER);
    clocks.startPass(List.of(SCALE));
    WorkerClock first = worker("worker-0", Role.THREAD);
    WorkerClock second = worker("worker-1", Role.THREAD);
    first.enter(0);
    second.enter(2);
    now += 10;
    first.enter(2);
    now += 5;
    TimeLedger ledger = clocks.close();
    TimeLedger.Pass all = TimeLedger.merged(ledger.working()).get(1);
    assertEquals(
        List.of("source", "2 Scale"), all.stages().stream().map(s -> s.name().toString()).toList());
    assertEquals(times(Account.COMPUTE, 10), all.stages().get(0).times());
    assertEquals(times(Account.COMPUTE, 20), all.stages().get(1).times());
  }

  @Test
  void aTimelineCoversTheWholeRunAndOnlyGetsCoarser() {
    clocks = new RunClocks(() -> now, now, 3, true);
    WorkerClock caller = worker("caller", Role.CALLER);
    clocks.startPass(List.of(SCALE));
    for (int i = 0; i < 10_000; i++) {
      caller.split(i);
      caller.enter(2);
      now += 9;
      caller.enter(Work.ENGINE);
      now += 1;
    }
    lockWaited += 4;
    now += 4;
    caller.enter(2);
    TimeLedger ledger = clocks.close();
    List<Segment> segments = ledger.workers().get(0).timeline();
    assertTrue(segments.size() > 4_000 && segments.size() <= 8_192, segments.size() + " segments");
    Duration end = Duration.ZERO;
    for (Segment segment : segments) {
      assertEquals(end, segment.start());
      assertEquals(1, segment.pass());
      end = segment.end();
    }
    assertEquals(ledger.wall(), end);
    assertEquals(
        new Segment(Duration.ZERO, Duration.ofNanos(40), 1, SCALE, Account.COMPUTE, 0),
        segments.get(0),
        "longer than the engine in between");
    assertEquals(Account.LOCK_WAIT, segments.get(segments.size() - 2).account());
  }
}
