package dev.baton.engine.metrics;

import java.util.Locale;

/** What a stage does in a pass. */
public enum Work {
  /** The source finds splits and decodes them. */
  DECODE,
  /** An operator transforms. */
  APPLY,
  /** An estimator observes. */
  OBSERVE,
  /** Fit states of splits are merged and turned into transforms. */
  MERGE,
  /** Output batches are digested. */
  DIGEST,
  /** The sink's encoder. */
  ENCODE,
  /** The sink writes encoded batches in order. */
  COMMIT,
  /** The engine itself: planning, opening tasks, handing splits and results over. */
  ENGINE;

  /** In lower case. */
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }
}
