package dev.baton.cli;

import dev.baton.engine.RunReport;
import dev.baton.engine.source.OnBad;
import dev.baton.engine.source.Skipped;
import java.nio.file.Path;
import java.util.List;

/** What a run did, in a few lines. */
final class Summary {
  private Summary() {}

  /**
   * The text.
   *
   * @param output where the rows went, or null
   */
  static String of(RunReport report, Path output, boolean digest) {
    StringBuilder text = new StringBuilder();
    line(
        text,
        "rows",
        String.format(
            "%s in, %s out, %d columns",
            Human.count(report.rowsIn()),
            Human.count(report.rowsOut()),
            report.schema().getFields().size()));
    if (report.skipped().ofParts() > 0) {
      line(text, "unread", skipped(report.skipped()));
    }
    if (report.resumedRows() > 0) {
      line(text, "resumed", "after " + Human.count(report.resumedRows()) + " rows");
    }
    bad(text, "", report.bad());
    report.badInStages().forEach((stage, bad) -> bad(text, "stage " + stage + ": ", bad));
    RunReport.LeftOut leftOut = report.leftOut();
    if (leftOut.batches() > 0) {
      line(
          text,
          "without",
          String.format(
              "%s rows of %s batches that ended workers, which are in %s",
              Human.count(leftOut.rows()),
              Human.count(leftOut.batches()),
              String.join(", ", leftOut.files())));
    }
    line(
        text,
        "time",
        String.format(
            "%s, %s rows/s, %s",
            Human.time(report.wall()), Human.rate(report.rowsPerSecond()), how(report)));
    List<RunReport.Pass> passes = report.passes();
    for (int i = 0; i < passes.size(); i++) {
      RunReport.Pass pass = passes.get(i);
      String what =
          pass.fitted().isEmpty() ? "transform" : "fit " + String.join(", ", pass.fitted());
      line(text, "pass " + (i + 1), what + "  (" + Human.time(pass.wall()) + ")");
      pass.exactness().forEach((stage, exact) -> line(text, "", stage + ": " + exact));
    }
    line(text, "memory", Human.bytes(report.peakMemoryBytes()) + " at the peak");
    if (output != null) {
      String name = Redirect.isStandard(output) ? "standard output" : output.toString();
      line(text, "output", name + ", " + Human.bytes(report.bytesOut()));
    } else {
      line(text, "output", "none; --out PATH writes it to a file");
    }
    if (digest) {
      line(text, "digest", report.digest().toString());
    }
    return text.toString();
  }

  /** What statistics of the source saved, in words. */
  static String skipped(Skipped skipped) {
    return String.format(
        "%s of %s row groups with %s of %s rows, as their statistics show",
        Human.count(skipped.parts()),
        Human.count(skipped.ofParts()),
        Human.count(skipped.rows()),
        Human.count(skipped.ofRows()));
  }

  private static void bad(StringBuilder text, String where, RunReport.Bad bad) {
    if (bad.rows() > 0) {
      String rows = Human.count(bad.rows()) + (bad.rows() == 1 ? " row " : " rows ");
      line(text, "bad", where + rows + outcome(bad.policy()));
      line(text, "", "the first: " + bad.first());
    }
  }

  private static String outcome(OnBad policy) {
    if (policy instanceof OnBad.Reject reject) {
      return "left out, see " + reject.to();
    }
    return policy instanceof OnBad.MakeNull ? "with values made null" : "left out";
  }

  private static String how(RunReport report) {
    int workers = report.mode().workers();
    String mode = report.mode().id() + (workers > 1 ? " x " + workers : "");
    return mode + ", lock " + report.lock();
  }

  private static void line(StringBuilder text, String name, String value) {
    text.append(String.format("%-7s %s%n", name, value));
  }
}
