package dev.baton.engine.request;

import dev.baton.engine.batch.Batch;
import java.util.List;

/**
 * What an operator asks about a batch, and what it does with the answers. Confined to the worker's
 * thread.
 */
public interface Questions<Q, A> {
  /** What to ask about a row; null to ask nothing, which has a null answer. */
  Q ask(Batch batch, int row);

  /**
   * Puts new columns into the batch; {@code answers} has one entry a row, null without an answer.
   */
  void answer(Batch batch, List<A> answers);

  /** The column that messages about a failed question name. */
  String column();
}
