package dev.baton.operators.impute;

import dev.baton.engine.batch.Batch;
import dev.baton.engine.batch.Validity;
import dev.baton.engine.operator.StateReader;
import dev.baton.engine.operator.StateWriter;
import dev.baton.operators.internal.Doubles;
import dev.baton.operators.internal.Longs;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import org.apache.arrow.vector.FieldVector;

/** The exact sum of an integer column, in 128 bits so that it cannot overflow. */
final class IntegerMean implements ImputerState.Collector<IntegerMean> {
  private final String column;
  private long count;
  private long high;
  private long low;
  private final long[] block = new long[Doubles.BLOCK];

  IntegerMean(String column) {
    this.column = column;
  }

  @Override
  public void observe(Batch batch) {
    FieldVector vector = batch.column(column);
    long validity = Validity.address(vector);
    int rows = batch.rows();
    for (int first = 0; first < rows; first += block.length) {
      int length = Math.min(block.length, rows - first);
      Longs.load(vector, first, length, block);
      for (int start = 0; start < length; start += 64) {
        long valid = Validity.word(validity, (first + start) >>> 6, rows);
        count += Long.bitCount(valid);
        for (int i = start; i < Math.min(start + 64, length); i++) {
          // All bits of the value when the row has one, else none.
          long value = block[i] & -(valid & 1);
          add(value >> 63, value);
          valid >>>= 1;
        }
      }
    }
  }

  private void add(long moreHigh, long moreLow) {
    low += moreLow;
    high += moreHigh + (Long.compareUnsigned(low, moreLow) < 0 ? 1 : 0);
  }

  @Override
  public void merge(IntegerMean later) {
    count += later.count;
    add(later.high, later.low);
  }

  @Override
  public void write(StateWriter out) {
    out.longs(count, high, low);
  }

  @Override
  public void read(StateReader in) {
    long[] sums = in.longs();
    count = sums[0];
    high = sums[1];
    low = sums[2];
  }

  @Override
  public String value() {
    if (count == 0) {
      return null;
    }
    BigInteger sum =
        BigInteger.valueOf(high)
            .shiftLeft(64)
            .add(BigInteger.valueOf(low >>> 1).shiftLeft(1))
            .add(BigInteger.valueOf(low & 1));
    BigDecimal mean = new BigDecimal(sum).divide(BigDecimal.valueOf(count), MathContext.DECIMAL128);
    return Double.toString(mean.doubleValue());
  }
}
