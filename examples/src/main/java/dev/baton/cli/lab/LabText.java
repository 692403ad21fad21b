package dev.baton.cli.lab;

import dev.baton.cli.Table;
import dev.baton.cli.lab.Conditions.Verdict;
import dev.baton.cli.lab.Laboratory.Outcome;
import java.util.List;

/** What {@code baton lab} prints. */
public final class LabText {
  private static final int WIDTH = 100;

  private LabText() {}

  /** All about one experiment. */
  public static String of(Outcome outcome) {
    Experiment experiment = outcome.experiment();
    Findings findings = outcome.findings();
    StringBuilder text = new StringBuilder();
    text.append(experiment.id()).append(": ").append(experiment.claim()).append("\n\n");
    for (Findings.Sheet sheet : findings.sheets()) {
      text.append(sheet.title()).append('\n').append(sheet.table()).append('\n');
    }
    text.append(wrap(findings.paragraph())).append('\n');
    text.append(wrap(findings.emulation())).append('\n');
    text.append(checks(outcome));
    return text.toString();
  }

  private static Table checks(Outcome outcome) {
    Table table = new Table("check", "CPython", ">measured", "expected", "verdict");
    outcome
        .judgements()
        .forEach(
            one ->
                table.row(
                    one.check().what(),
                    one.check().python(),
                    Check.figure(one.check().measured()),
                    one.check().tolerance(),
                    words(one.verdict(), one.reason())));
    return table;
  }

  /** The verdict and why. */
  static String words(Verdict verdict, String reason) {
    return verdict.words() + (reason.isEmpty() ? "" : ": " + reason);
  }

  /** How many checks passed, in a sentence. */
  public static String summary(List<Outcome> outcomes) {
    long pass = count(outcomes, Verdict.PASS);
    long fail = count(outcomes, Verdict.FAIL);
    long other = count(outcomes, Verdict.NOT_REPRODUCED);
    long unknown = count(outcomes, Verdict.CANNOT_TELL);
    return pass
        + " of "
        + (pass + fail + other + unknown)
        + " checks pass"
        + (fail > 0 ? ", " + fail + (fail == 1 ? " fails" : " fail") : "")
        + (other > 0 ? ", " + other + " of CPython's figures are not reproduced here" : "")
        + (unknown > 0 ? ", " + unknown + " cannot be told on this machine as it is now" : "")
        + ".";
  }

  private static long count(List<Outcome> outcomes, Verdict verdict) {
    return outcomes.stream().mapToLong(outcome -> outcome.count(verdict)).sum();
  }

  private static String wrap(String paragraph) {
    StringBuilder text = new StringBuilder();
    int column = 0;
    for (String word : paragraph.split(" ")) {
      if (column > 0 && column + 1 + word.length() > WIDTH) {
        text.append('\n');
        column = 0;
      } else if (column > 0) {
        text.append(' ');
        column++;
      }
      text.append(word);
      column += word.length();
    }
    return text.append('\n').toString();
  }
}
