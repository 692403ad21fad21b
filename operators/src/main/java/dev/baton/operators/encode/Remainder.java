package dev.baton.operators.encode;

/**
 * Remainders by one divisor, without dividing where the number has 32 bits: the quotient is its
 * product with the inverse to 63 bits, which is exact since number and divisor have no more
 * together (Granlund, Montgomery, Division by invariant integers using multiplication, 1994).
 */
final class Remainder {
  private final long divisor;
  private final long inverse;

  /**
   * @param divisor at least 1
   */
  Remainder(int divisor) {
    this.divisor = divisor;
    this.inverse = divisor == 1 ? 0 : Long.MAX_VALUE / divisor + 1;
  }

  /** Of a number of 32 bits without a sign, as a long. */
  int ofInt(long number) {
    return divisor == 1 ? 0 : (int) (number - Math.multiplyHigh(number << 1, inverse) * divisor);
  }

  /** Of a number of 64 bits without a sign. */
  int of(long number) {
    return (int) Long.remainderUnsigned(number, divisor);
  }
}
