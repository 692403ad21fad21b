package dev.baton.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.baton.engine.spec.Catalogue;
import dev.baton.engine.spec.Entry;
import dev.baton.engine.spec.Parameter;
import dev.baton.engine.spec.index.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** {@code docs/operators.md} and the Javadoc it is written from. */
class OperatorPageTest {
  private static final Path PAGE = CommandLineRun.EXAMPLES.getParent().resolve("docs/operators.md");

  private static List<Entry> operators() {
    return Catalogue.load().entries(Kind.OPERATOR).stream()
        .filter(entry -> entry.className().startsWith("dev.baton.operators."))
        .toList();
  }

  @Test
  void thePageIsWhatTheJavadocSays() throws IOException {
    String expected = CommandLineRun.of("operators", "--markdown").exits(ExitCodes.OK).out();
    assertTrue(
        expected.replace("\r", "").equals(Files.readString(PAGE)),
        "docs/operators.md is out of date; run './baton operators --markdown > docs/operators.md'");
  }

  @Test
  void everyOperatorSaysWhatItCosts() {
    List<String> silent = new ArrayList<>();
    for (Entry entry : operators()) {
      if (!entry.doc().contains("\n\nCost: ")) {
        silent.add(entry.name() + ": add '<p>Cost: …' to its Javadoc");
      }
      if (OperatorPage.isEstimator(entry) && !entry.doc().contains("\n\nState: ")) {
        silent.add(entry.name() + ": add '<p>State: …', what is kept and how it grows");
      }
      for (Parameter parameter : entry.parameters()) {
        if (parameter.doc().isEmpty()) {
          silent.add(entry.name() + ": document the parameter " + parameter.name());
        }
      }
    }
    assertEquals(List.of(), silent);
  }

  @Test
  void commonNamesOfOtherSystemsLeadHere() throws IOException {
    String page = Files.readString(PAGE);
    for (String row :
        List.of(
            "| StandardScaler | [standard-scaler](#standard-scaler) |",
            "| StringIndexer | [label-encoder](#label-encoder), [ordinal-encoder](#ordinal-encoder) |",
            "| Normalize | [standard-scaler](#standard-scaler) |")) {
      assertTrue(page.contains(row), row);
    }
  }
}
