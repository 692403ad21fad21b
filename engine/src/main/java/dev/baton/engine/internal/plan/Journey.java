package dev.baton.engine.internal.plan;

import dev.baton.engine.batch.Batch;
import dev.baton.engine.operator.AsyncKernel;
import dev.baton.engine.operator.FitState;
import java.util.List;

/** A batch on its way through the steps of a pass, and how far it has come. */
final class Journey implements AutoCloseable {
  Batch batch;

  /** The place of its split among all splits. */
  final long split;

  /** Which of the splits begun it belongs to; one can be begun twice. */
  final int visit;

  /** What messages call it. */
  final String name;

  /** Rows of the source it was made from. */
  final long rowsRead;

  /** The step it is at, from 0. */
  int step;

  /** Bytes of the batch after the step before. */
  long bytes;

  /** What it waits for in its step, or null. */
  AsyncKernel.Answers answers;

  private final List<? extends FitState<?>> states;
  private int observed;

  Journey(Batch batch, long split, int visit, String name, List<? extends FitState<?>> states) {
    this.batch = batch;
    this.split = split;
    this.visit = visit;
    this.name = name;
    this.rowsRead = batch.rows();
    this.states = states;
  }

  /** What the next observing step observes into. */
  FitState<?> nextState() {
    return states.get(observed++);
  }

  /** Puts the answers into the batch. */
  void finish() {
    try (AsyncKernel.Answers arrived = answers) {
      answers = null;
      arrived.finish();
    }
  }

  @Override
  public void close() {
    if (answers != null) {
      answers.close();
      answers = null;
    }
    batch.close();
  }
}
