package dev.baton.operators.combine;

/** The splits an operator has learned from. */
final class Splits {
  private Splits() {}

  /** Fails when a split is not among those learned from. */
  static void check(long split, int count) {
    if (split >= count) {
      throw new IllegalStateException(
          String.format(
              "the data had %d splits when it was learned from and now has more; read it when"
                  + " nothing writes to it",
              count));
    }
  }

  /** Fails when a split has other rows than those learned from. */
  static IllegalStateException changed(long split, int rows) {
    return new IllegalStateException(
        String.format(
            "the batches of split %d are not those it was learned from, as one now has %d rows;"
                + " read the data when nothing writes to it",
            split, rows));
  }
}
