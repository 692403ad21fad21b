package dev.baton.cli.lab;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class HazardExperimentsTest {
  private static final Bench SHORT = Ticks.bench(1000);

  @Test
  void a_provoked_deadlock_is_found_and_reported() throws Exception {
    Findings findings = new DeadlockExperiment().run(SHORT);
    Check found = findings.checks().get(0);
    assertTrue(found.holds(), found.toString());
    Check lost = findings.checks().get(2);
    assertTrue(lost.holds(), lost.toString());
    String message = findings.sheets().get(0).table().toString();
    assertTrue(message.contains("take 'left account' before 'right account'"), message);
    assertTrue(message.contains("lab-0 stands at"), message);
    assertTrue(message.contains("lab-1 stands at"), message);
  }

  @Test
  void guarded_updates_lose_nothing() throws Exception {
    List<Check> guarded =
        new RacesExperiment().run(SHORT).checks().stream().filter(one -> one.high() == 0).toList();
    assertFalse(guarded.isEmpty());
    guarded.forEach(check -> assertEquals(0, check.measured(), check.what()));
  }
}
