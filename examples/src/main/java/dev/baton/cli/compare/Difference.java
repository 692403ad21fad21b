package dev.baton.cli.compare;

import dev.baton.engine.BatchStream;
import dev.baton.engine.batch.Batch;
import dev.baton.engine.batch.Digest;
import java.util.Objects;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.types.pojo.Schema;

/**
 * The first place where two outputs differ.
 *
 * @param batch the number of the first output's batch, from 0
 * @param row the row of the whole output, from 0
 * @param column its name; empty where one output has ended, or for schemas that differ
 * @param left the value in the first output, as text
 * @param right the value in the second
 */
public record Difference(long batch, long row, String column, String left, String right) {
  private static final int MOST_CHARACTERS = 80;
  private static final String END = "the end of the output";

  /** Reads two outputs side by side up to their first difference; null when there is none. */
  public static Difference find(BatchStream left, BatchStream right) {
    Schema schema = left.schema();
    if (!schema.equals(right.schema())) {
      return new Difference(0, 0, "", schema.toString(), right.schema().toString());
    }
    try (Cursor one = new Cursor(left);
        Cursor other = new Cursor(right)) {
      while (true) {
        boolean more = one.hasNext();
        if (more != other.hasNext()) {
          String row = "row " + one.row;
          return new Difference(one.number, one.row, "", more ? row : END, more ? END : row);
        }
        if (!more) {
          return null;
        }
        if (one.skipEqualBatch(other)) {
          continue;
        }
        Difference difference = inRow(one, other);
        if (difference != null) {
          return difference;
        }
        one.at++;
        one.row++;
        other.at++;
      }
    }
  }

  private static Difference inRow(Cursor one, Cursor other) {
    for (int i = 0; i < one.batch.width(); i++) {
      FieldVector column = one.batch.column(i);
      Object left = column.getObject(one.at);
      Object right = other.batch.column(column.getName()).getObject(other.at);
      if (!Objects.deepEquals(left, right)) {
        return new Difference(one.number, one.row, column.getName(), text(left), text(right));
      }
    }
    return null;
  }

  private static String text(Object value) {
    String text =
        value instanceof byte[] bytes ? java.util.Arrays.toString(bytes) : String.valueOf(value);
    return text.length() <= MOST_CHARACTERS ? text : text.substring(0, MOST_CHARACTERS) + "…";
  }

  /** {@code batch 0, row 12, column 'year': 2009.0 against 2010.0}. */
  @Override
  public String toString() {
    String where = column.isEmpty() ? "" : ", column '" + column + "'";
    return "batch " + batch + ", row " + row + where + ": " + left + " against " + right;
  }

  /** A place in an output. The batches of two outputs need not end at the same rows. */
  private static final class Cursor implements AutoCloseable {
    private final BatchStream stream;
    private Batch batch;
    private long number = -1;
    private int at;
    private long row;

    Cursor(BatchStream stream) {
      this.stream = stream;
    }

    boolean hasNext() {
      while (batch == null || at >= batch.rows()) {
        close();
        if (!stream.hasNext()) {
          return false;
        }
        batch = stream.next();
        number++;
        at = 0;
      }
      return true;
    }

    /** Leaves a batch that both have in common behind, without a look at every value. */
    boolean skipEqualBatch(Cursor other) {
      boolean aligned = at == 0 && other.at == 0 && batch.rows() == other.batch.rows();
      if (!aligned || !Digest.of(batch).equals(Digest.of(other.batch))) {
        return false;
      }
      row += batch.rows();
      at = batch.rows();
      other.at = at;
      return true;
    }

    @Override
    public void close() {
      if (batch != null) {
        batch.close();
        batch = null;
      }
    }
  }
}
