package dev.baton.operators.expression;

import dev.baton.engine.batch.Names;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** The functions of the expression language, by their lower-case names. */
public enum Function {
  COALESCE(1, 99),
  NULLIF(2, 2),
  ABS(1, 1),
  FLOOR(1, 1),
  CEIL(1, 1),
  ROUND(1, 1),
  SQRT(1, 1),
  EXP(1, 1),
  LN(1, 1),
  LOG10(1, 1),
  LOG1P(1, 1),
  POWER(2, 2),
  LEAST(1, 99),
  GREATEST(1, 99),
  IS_NAN(1, 1),
  LOWER(1, 1),
  UPPER(1, 1),
  TRIM(1, 1),
  LENGTH(1, 1),
  SUBSTRING(2, 3),
  CONCAT(1, 99),
  REPLACE(3, 3),
  STARTS_WITH(2, 2),
  ENDS_WITH(2, 2),
  CONTAINS(2, 2),
  YEAR(1, 1),
  MONTH(1, 1),
  DAY(1, 1),
  HOUR(1, 1),
  MINUTE(1, 1),
  DAY_OF_WEEK(1, 1),
  DAY_OF_YEAR(1, 1),
  DATE_DIFF_DAYS(2, 2);

  private static final List<String> NAMES =
      Arrays.stream(values()).map(Function::toString).toList();

  private final int fewest;
  private final int most;

  Function(int fewest, int most) {
    this.fewest = fewest;
    this.most = most;
  }

  /**
   * The function of that name, in any case of letters.
   *
   * @throws IllegalArgumentException naming the nearest one
   */
  static Function find(String name) {
    int index = NAMES.indexOf(name.toLowerCase(Locale.ROOT));
    if (index < 0) {
      throw new IllegalArgumentException(
          "unknown function '" + name + "'" + Names.hint(name, NAMES));
    }
    return values()[index];
  }

  /**
   * Checks a number of arguments.
   *
   * @throws IllegalArgumentException saying how many are right
   */
  void checkCount(int given) {
    if (given < fewest || given > most) {
      String right =
          fewest == most
              ? String.valueOf(fewest)
              : most == 99 ? "at least " + fewest : fewest + " to " + most;
      String noun = right.endsWith("1") ? " argument" : " arguments";
      throw new IllegalArgumentException(
          this + " takes " + right + noun + " but was given " + given);
    }
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
