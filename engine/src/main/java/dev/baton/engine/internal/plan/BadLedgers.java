package dev.baton.engine.internal.plan;

import dev.baton.engine.PipelineException;
import dev.baton.engine.RunReport;
import dev.baton.engine.batch.BadRows;
import dev.baton.engine.operator.Operator;
import dev.baton.engine.operator.Tolerant;
import dev.baton.engine.source.OnBad;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.arrow.util.AutoCloseables;

/**
 * What the source and the stages of a run refused, each by its own policy. Confined to the thread
 * that takes the results.
 */
final class BadLedgers implements AutoCloseable {
  private final BadLedger source;

  /** By their numbers; of those that have a policy. */
  private final Map<Integer, BadLedger> stages = new TreeMap<>();

  private final Map<Integer, Stage> names = new TreeMap<>();

  /** Fails when two would write the same file. */
  BadLedgers(OnBad ofSource, List<Operator> operators) {
    source = new BadLedger(null, ofSource);
    Set<Path> files = new HashSet<>();
    if (ofSource instanceof OnBad.Reject reject) {
      files.add(reject.to().toAbsolutePath().normalize());
    }
    for (int i = 0; i < operators.size(); i++) {
      if (operators.get(i) instanceof Tolerant tolerant) {
        Stage stage = Stage.of(i + 1, tolerant);
        if (tolerant.bad() instanceof OnBad.Reject reject
            && !files.add(reject.to().toAbsolutePath().normalize())) {
          throw new PipelineException(
              stage.place() + ": another writes what it rejects to " + reject.to() + " too", null);
        }
        names.put(i + 1, stage);
        stages.put(i + 1, new BadLedger(stage, tolerant.bad()));
      }
    }
  }

  private List<BadLedger> all() {
    List<BadLedger> all = new ArrayList<>(List.of(source));
    all.addAll(stages.values());
    return all;
  }

  void startPass() {
    all().forEach(BadLedger::startPass);
  }

  /**
   * Starts to write down what is left out; for the last pass.
   *
   * @param resumable whether what is written stays when it does not become complete
   * @param state what {@link #checkpoint} gave; null to start
   */
  void open(boolean resumable, byte[] state) {
    DataInputStream in = state == null ? null : in(state);
    all().forEach(ledger -> ledger.open(resumable, in));
  }

  private static DataInputStream in(byte[] state) {
    return new DataInputStream(new ByteArrayInputStream(state));
  }

  /** Gives the files of an earlier run their names, which was killed when they were complete. */
  void finish(byte[] state) {
    DataInputStream in = in(state);
    all().forEach(ledger -> ledger.finish(in));
  }

  /** Brings to disk what was written; gives what is needed to go on from here. */
  byte[] checkpoint() throws IOException {
    ByteArrayOutputStream state = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(state);
    for (BadLedger ledger : all()) {
      ledger.checkpoint(out);
    }
    return state.toByteArray();
  }

  /** Takes account of what was found, null for nothing. */
  void add(BadRows bad) {
    if (bad == null) {
      return;
    }
    source.add(bad.count(), bad.found());
    for (BadRows.OfStage one : bad.stages()) {
      stages.get(one.stage()).add(one.count(), one.found());
    }
  }

  /**
   * Checks the shares.
   *
   * @param good rows of the source that it did not leave out
   */
  void endPass(long good) {
    long rows = good + source.leftOut();
    all().forEach(ledger -> ledger.endPass(rows));
  }

  /** Brings the files to disk, so that only their names are missing. */
  void complete() {
    all().forEach(BadLedger::complete);
  }

  /** Gives the files their names. */
  void finish() {
    all().forEach(BadLedger::finish);
  }

  RunReport.Bad ofSource() {
    return source.report();
  }

  /** Of the stages that have a policy, by number and name. */
  Map<String, RunReport.Bad> ofStages() {
    Map<String, RunReport.Bad> reports = new LinkedHashMap<>();
    stages.forEach(
        (number, ledger) -> reports.put(number + " " + names.get(number).name(), ledger.report()));
    return reports;
  }

  @Override
  public void close() {
    try {
      AutoCloseables.close(all());
    } catch (Exception e) {
      throw PipelineException.wrap(e);
    }
  }
}
