package dev.baton.cli.lab;

/**
 * What the machine let an experiment do.
 *
 * @param cores the machine says it has
 * @param capacity how much two bare threads, without any lock and with nothing in common, did of
 *     what one did alone just before: 2 where two cores are there for them
 * @param otherCores how many cores other programs kept busy meanwhile
 */
record Conditions(int cores, double capacity, double otherCores) {
  private static final double IDLE = 0.3;
  private static final double TWO_CORES = 1.75;

  /** Says of a figure outside its tolerance whether the machine may be to blame. */
  Judgement judge(Check check) {
    if (cores < check.cores()) {
      return new Judgement(
          check,
          Verdict.CANNOT_TELL,
          String.format("needs %d cores, this machine has %d", check.cores(), cores));
    }
    if (check.holds()) {
      return new Judgement(check, Verdict.PASS, "");
    }
    if (otherCores > IDLE) {
      return new Judgement(
          check,
          Verdict.CANNOT_TELL,
          "other programs kept " + Check.figure(otherCores) + " cores busy");
    }
    if (check.cores() > 1 && capacity < TWO_CORES) {
      return new Judgement(
          check,
          Verdict.CANNOT_TELL,
          "two bare threads did only " + Check.figure(capacity) + " times the work of one");
    }
    return check.mayDiffer()
        ? new Judgement(check, Verdict.NOT_REPRODUCED, check.leeway().why())
        : new Judgement(check, Verdict.FAIL, "");
  }

  /**
   * What became of a check.
   *
   * @param reason why it cannot be told or is not reproduced, else empty
   */
  record Judgement(Check check, Verdict verdict, String reason) {}

  /** Whether a claim holds here. */
  enum Verdict {
    PASS("pass"),
    FAIL("fail"),
    NOT_REPRODUCED("not reproduced here"),
    CANNOT_TELL("cannot tell here");

    private final String words;

    Verdict(String words) {
      this.words = words;
    }

    String words() {
      return words;
    }
  }
}
