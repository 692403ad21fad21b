package dev.baton.engine.batch;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;

/**
 * A fingerprint of a table: of its column names and types, values, nulls and row order. It does not
 * depend on where batches begin and end, on what lies in the slots of nulls, nor on nullability and
 * metadata in the schema. All NaNs are equal; -0.0 and 0.0 differ.
 *
 * <p>Every row has a 64-bit hash; the rows' hashes are the coefficients of a polynomial modulo 2^61
 * - 1, so the digests of consecutive batches combine: {@code of(a).then(of(b))} is the digest of
 * {@code a} followed by {@code b}. {@code docs/digest.md} defines it to the bit. It finds
 * accidental differences, not deliberate ones.
 *
 * @param schema hash of the names and types
 * @param rows number of rows
 * @param sum value of the polynomial, below 2^61 - 1
 */
public record Digest(long schema, long rows, long sum) {
  private static final long P = (1L << 61) - 1;
  private static final long BASE = 0x0B5297A4D3F1C6E9L;
  private static final long BASE_2 = multiply(BASE, BASE);
  private static final long BASE_3 = multiply(BASE_2, BASE);
  private static final long BASE_4 = multiply(BASE_3, BASE);

  /**
   * The digest of a table without rows.
   *
   * @throws IllegalArgumentException if a column's type has no digest, naming both
   */
  public static Digest empty(Schema schema) {
    return new Digest(DigestSchema.hash(schema), 0, 0);
  }

  /**
   * The digest of one batch, which is only read.
   *
   * @throws IllegalArgumentException if a column's type has no digest, naming both
   */
  public static Digest of(Batch batch) {
    DigestColumn[] columns = new DigestColumn[batch.width()];
    for (int i = 0; i < columns.length; i++) {
      columns[i] = new DigestColumn(batch.column(i), DigestHash.seed(0, i));
    }
    return of(DigestSchema.hash(batch.schema()), batch.rows(), columns);
  }

  /**
   * The digest of one column as a table without a name, so that columns can be compared: those of
   * equal type and values have equal digests.
   */
  public static Digest ofColumn(FieldVector column) {
    DigestColumn[] columns = {new DigestColumn(column, DigestHash.seed(0, 0))};
    return of(emptyColumn(column.getField()).schema, column.getValueCount(), columns);
  }

  /** The digest that {@link #ofColumn} gives for a column without rows. */
  public static Digest emptyColumn(Field field) {
    Field nameless = new Field("", field.getFieldType(), field.getChildren());
    return empty(new Schema(List.of(nameless)));
  }

  private static Digest of(long schema, int rows, DigestColumn[] columns) {
    long[] hashes = new long[Math.min(rows, DigestColumn.BLOCK)];
    long sum = 0;
    for (int first = 0; first < rows; first += DigestColumn.BLOCK) {
      int count = Math.min(DigestColumn.BLOCK, rows - first);
      Arrays.fill(hashes, 0, count, 0);
      for (DigestColumn column : columns) {
        column.add(first, count, hashes);
      }
      sum = append(sum, hashes, count);
    }
    return new Digest(schema, rows, sum);
  }

  /**
   * The digest of this table followed by the other.
   *
   * @throws IllegalArgumentException if their schemas differ
   */
  public Digest then(Digest next) {
    if (schema != next.schema) {
      throw new IllegalArgumentException(
          "digests of tables with different column names or types cannot be combined");
    }
    long shifted = multiply(sum, power(next.rows));
    return new Digest(schema, rows + next.rows, add(shifted, next.sum));
  }

  /** All of it in 16 hexadecimal digits. */
  @Override
  public String toString() {
    long all = DigestHash.mix(sum ^ DigestHash.mix(rows ^ DigestHash.mix(schema)));
    return String.format(Locale.ROOT, "%016x", all);
  }

  /** Appends rows, each {@code sum * BASE + hash}, by four chains that do not wait on another. */
  private static long append(long sum, long[] hashes, int count) {
    int i = 0;
    for (; i < (count & 3); i++) {
      sum = add(multiply(sum, BASE), reduce(hashes[i]));
    }
    if (i == count) {
      return sum;
    }
    // What came before is like one more row of the fourth chain.
    long a = 0;
    long b = 0;
    long c = 0;
    long d = sum;
    for (; i < count; i += 4) {
      a = add(multiply(a, BASE_4), reduce(hashes[i]));
      b = add(multiply(b, BASE_4), reduce(hashes[i + 1]));
      c = add(multiply(c, BASE_4), reduce(hashes[i + 2]));
      d = add(multiply(d, BASE_4), reduce(hashes[i + 3]));
    }
    return add(add(multiply(a, BASE_3), multiply(b, BASE_2)), add(multiply(c, BASE), d));
  }

  private static long power(long exponent) {
    long result = 1;
    long square = BASE;
    for (long left = exponent; left > 0; left >>>= 1) {
      if ((left & 1) != 0) {
        result = multiply(result, square);
      }
      square = multiply(square, square);
    }
    return result;
  }

  /** Any 64 bits, taken as an unsigned number, modulo P. */
  private static long reduce(long x) {
    long folded = (x & P) + (x >>> 61);
    return folded >= P ? folded - P : folded;
  }

  private static long add(long a, long b) {
    return reduce(a + b);
  }

  private static long multiply(long a, long b) {
    long high = Math.multiplyHigh(a, b);
    long low = a * b;
    return reduce((low & P) + (low >>> 61 | high << 3));
  }
}
