package dev.baton.cli;

/** What the process returns. */
final class ExitCodes {
  static final int OK = 0;

  /** The run was started and failed: bad data, a full disk, a problem that doctor found. */
  static final int FAILED = 1;

  /** Nothing was started: wrong options, a wrong pipeline file, an input that is not there. */
  static final int USAGE = 2;

  /** Variants that must give the same output did not. */
  static final int DIGESTS_DIFFER = 3;

  /** Done, but without batches that ended worker processes. */
  static final int LEFT_OUT = 4;

  /** Interrupted; as shells do it, 128 and the number of the signal. */
  static final int INTERRUPTED = 130;

  private ExitCodes() {}
}
