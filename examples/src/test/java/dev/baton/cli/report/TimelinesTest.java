package dev.baton.cli.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.baton.engine.metrics.Account;
import dev.baton.engine.metrics.StageName;
import dev.baton.engine.metrics.TimeLedger;
import dev.baton.engine.metrics.TimeLedger.Role;
import dev.baton.engine.metrics.TimeLedger.Segment;
import dev.baton.engine.metrics.TimeLedger.Worker;
import dev.baton.engine.metrics.Work;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TimelinesTest {
  private static final StageName STAGE = new StageName(1, "standard-scaler", Work.APPLY);

  /** From and to in milliseconds. */
  private static Segment segment(long from, long to, Account account) {
    return new Segment(Duration.ofMillis(from), Duration.ofMillis(to), 1, STAGE, account, 0);
  }

  /** Of a run of 720 ms, so a slot is a millisecond. */
  private static List<Map<String, Object>> of(Role role, Segment... segments) {
    Worker worker = new Worker("worker 1", role, List.of(), List.of(segments));
    return Timelines.of(new TimeLedger(Duration.ofMillis(720), List.of(worker)));
  }

  @Test
  void neighboursOfOneKindAreOneSegmentAndGapsStayGaps() {
    List<Map<String, Object>> drawn =
        of(
            Role.THREAD,
            segment(0, 100, Account.COMPUTE),
            segment(100, 300, Account.COMPUTE),
            segment(300, 400, Account.STARVED),
            segment(500, 720, Account.COMPUTE));
    assertEquals(
        List.of(
            Map.of(
                "name",
                "worker 1",
                "segments",
                List.of(
                    List.of(0.0, 0.3, "compute"),
                    List.of(0.3, 0.4, "starved"),
                    List.of(0.5, 0.72, "compute")))),
        drawn);
  }

  @Test
  void aSlotShowsWhatTookMostOfIt() {
    Segment[] segments = new Segment[720];
    for (int i = 0; i < segments.length; i++) {
      Duration start = Duration.ofMillis(i);
      segments[i] = new Segment(start, start.plusNanos(600_000), 1, STAGE, Account.COMPUTE, i);
    }
    assertEquals(
        List.of(List.of(0.0, 0.72, "compute")), of(Role.THREAD, segments).get(0).get("segments"));
  }

  @Test
  void lanesAndWorkersWithoutATimelineAreNotDrawn() {
    assertEquals(List.of(), of(Role.LANE, segment(0, 720, Account.COMPUTE)));
    assertEquals(List.of(), of(Role.THREAD));
  }
}
