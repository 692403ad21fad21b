package dev.baton.operators.encode;

import dev.baton.engine.batch.Memory;
import dev.baton.engine.batch.Types;
import dev.baton.engine.batch.Validity;
import dev.baton.engine.batch.Vectors;
import dev.baton.engine.operator.BindException;
import dev.baton.engine.operator.TypeFamily;
import java.nio.charset.StandardCharsets;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.complex.ListVector;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;

/**
 * Goes through the labels of the rows of a column, which is one of lists of texts or of texts with
 * labels between delimiters; empty labels of the latter are passed over. Confined to one thread.
 */
final class Labels {
  private final byte[] delimiter;
  private boolean lists;
  private long validity;
  private long offsets;
  private long data;
  private long elementOffsets;
  private long elementValidity;
  private long at;
  private long end;

  /** Where the label begins that {@link #next} has found. */
  long address;

  /** How many bytes it has. */
  int length;

  Labels(String delimiter) {
    this.delimiter = delimiter.getBytes(StandardCharsets.UTF_8);
  }

  /** Refuses columns that are neither lists of texts nor texts. */
  static void check(Field field) {
    boolean lists = field.getType() instanceof ArrowType.List;
    Field texts = lists ? field.getChildren().get(0) : field;
    if (!TypeFamily.TEXT.accepts(texts.getType())) {
      String name = lists ? "a list of " : "";
      throw new BindException(
          String.format(
              "column '%s' is %s%s but must be text or lists of text; choose other columns or put a"
                  + " cast before this stage",
              field.getName(), name, Types.name(texts.getType())));
    }
  }

  /** Goes to a column. */
  void open(FieldVector vector) {
    validity = Validity.address(vector);
    offsets = Vectors.offsets(vector);
    lists = vector instanceof ListVector;
    FieldVector texts = lists ? ((ListVector) vector).getDataVector() : vector;
    data = Vectors.data(texts);
    elementOffsets = Vectors.offsets(texts);
    elementValidity = Validity.address(texts);
  }

  /** Goes to a row; a null has no labels. */
  void start(int row) {
    boolean valid = Validity.isSet(validity, row);
    long base = lists ? 0 : data;
    at = valid ? base + Memory.getInt(offsets + 4L * row) : 0;
    end = valid ? base + Memory.getInt(offsets + 4L * row + 4) : 0;
  }

  /** Goes to the next label of the row; false when there is none. */
  boolean next() {
    return lists ? nextElement() : nextPiece();
  }

  private boolean nextElement() {
    while (at < end) {
      long element = at++;
      if (Validity.isSet(elementValidity, (int) element)) {
        int start = Memory.getInt(elementOffsets + 4 * element);
        address = data + start;
        length = Memory.getInt(elementOffsets + 4 * element + 4) - start;
        return true;
      }
    }
    return false;
  }

  private boolean nextPiece() {
    while (at < end) {
      address = at;
      while (at < end && !isDelimiter()) {
        at++;
      }
      length = (int) (at - address);
      at += delimiter.length;
      if (length > 0) {
        return true;
      }
    }
    return false;
  }

  private boolean isDelimiter() {
    if (end - at < delimiter.length) {
      return false;
    }
    for (int i = 0; i < delimiter.length; i++) {
      if (Memory.getByte(at + i) != delimiter[i]) {
        return false;
      }
    }
    return true;
  }
}
