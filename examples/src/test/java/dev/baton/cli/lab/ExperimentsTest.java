package dev.baton.cli.lab;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Every experiment, so short that its figures mean nothing. */
class ExperimentsTest {
  private static final Bench TINY = Ticks.bench(5);

  @TestFactory
  List<DynamicTest> eachFindsSomethingAndSaysSo() {
    // What real Pythons do takes long and has tests of its own.
    return Experiments.all().stream()
        .filter(one -> !one.id().equals("python"))
        .map(one -> DynamicTest.dynamicTest(one.id(), () -> findings(one)))
        .toList();
  }

  private static void findings(Experiment experiment) throws Exception {
    Laboratory.Outcome outcome = Laboratory.run(experiment, TINY);
    Findings findings = outcome.findings();
    assertFalse(findings.sheets().isEmpty(), "a table");
    findings.sheets().forEach(sheet -> assertFalse(sheet.table().rows().isEmpty(), sheet.title()));
    assertTrue(findings.paragraph().length() > 80, findings.paragraph());
    assertTrue(findings.emulation().length() > 80, findings.emulation());
    assertEquals(findings.checks().size(), outcome.judgements().size());
    Set<String> names = new HashSet<>();
    for (Check check : findings.checks()) {
      assertTrue(names.add(check.what()), "said twice: " + check.what());
      assertTrue(
          check.behaviour() == 0 || experiment.behaviours().contains(check.behaviour()),
          check.what());
    }
    String text = LabText.of(outcome);
    assertTrue(text.startsWith(experiment.id() + ": " + experiment.claim()), text);
    assertFalse(text.contains("NaN"), text);
  }

  @Test
  void idsAreWordsAndUnique() {
    Set<String> ids = new HashSet<>();
    for (Experiment experiment : Experiments.all()) {
      assertTrue(experiment.id().matches("[a-z]+"), experiment.id());
      assertTrue(ids.add(experiment.id()), experiment.id());
    }
    assertTrue(ids.contains("convoy"), ids.toString());
  }

  @Test
  void anUnknownExperimentIsAnsweredWithTheNearest() {
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> Experiments.named("convoi"));
    assertEquals("unknown experiment 'convoi', did you mean 'convoy'?", e.getMessage());
  }
}
