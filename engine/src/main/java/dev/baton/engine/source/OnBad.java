package dev.baton.engine.source;

import java.nio.file.Path;

/**
 * What becomes of rows that break a rule of their source: a value that is not of its column's type,
 * a record with too many fields, text that is not UTF-8. The same rows are bad in every pass and
 * mode: but for {@link Fail}, all columns are checked, also those that nobody wants.
 */
public sealed interface OnBad {
  /** The run fails at the first, naming its place. */
  record Fail() implements OnBad {}

  /**
   * Bad values become null; so do all of a row whose values cannot be told apart.
   *
   * @param most how many rows may be bad; one more fails the run
   * @param mostShare what share of the rows may be bad, 0 to 1; looked at when all are read
   */
  record MakeNull(long most, double mostShare) implements OnBad {
    public MakeNull {
      check(most, mostShare);
    }

    /** Any number of them. */
    public MakeNull() {
      this(Long.MAX_VALUE, 1);
    }
  }

  /**
   * Bad rows are left out.
   *
   * @param most as for {@link MakeNull}
   * @param mostShare as for {@link MakeNull}
   */
  record Skip(long most, double mostShare) implements OnBad {
    public Skip {
      check(most, mostShare);
    }

    /** Any number of them. */
    public Skip() {
      this(Long.MAX_VALUE, 1);
    }
  }

  /**
   * Bad rows are left out and written to a file: a CSV of file, line, byte, column, rule and the
   * text of the row, a line for each rule broken, in the order of the data. It appears with the
   * output, when all is done.
   *
   * @param to the file; one that exists is replaced
   * @param most as for {@link MakeNull}
   * @param mostShare as for {@link MakeNull}
   */
  record Reject(Path to, long most, double mostShare) implements OnBad {
    public Reject {
      check(most, mostShare);
    }

    /** Any number of them. */
    public Reject(Path to) {
      this(to, Long.MAX_VALUE, 1);
    }
  }

  /** How many rows may be bad. */
  default long most() {
    return 0;
  }

  /** What share of the rows may be bad. */
  default double mostShare() {
    return 0;
  }

  private static void check(long most, double share) {
    if (most < 0) {
      throw new IllegalArgumentException("most must be at least 0 but was " + most);
    }
    if (!(share >= 0 && share <= 1)) {
      throw new IllegalArgumentException("mostShare must be 0 to 1 but was " + share);
    }
  }
}
