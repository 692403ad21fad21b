package dev.baton.cli.lab;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.baton.cli.python.Python;
import dev.baton.cli.python.Pythons;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class PythonExperimentTest {
  private static Findings run(List<Python> pythons) throws Exception {
    return new PythonExperiment(() -> pythons).run(Ticks.bench(0));
  }

  @Test
  void without_a_python_there_are_batons_figures_and_a_line() throws Exception {
    Findings findings = run(List.of());
    assertEquals(Pythons.NONE, findings.paragraph());
    assertEquals(1, findings.sheets().size());
    assertTrue(findings.checks().stream().allMatch(Check::holds));
  }

  @Test
  void a_python_that_fails_is_named_and_fails_nothing() throws Exception {
    Python broken = new Python(Path.of("/nowhere/python3"), "CPython", "3.99.0", false);
    String paragraph = run(List.of(broken)).paragraph();
    assertTrue(paragraph.startsWith("Not measured: CPython 3.99.0: "), paragraph);
  }
}
