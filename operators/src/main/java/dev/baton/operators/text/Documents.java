package dev.baton.operators.text;

import dev.baton.engine.batch.Memory;
import dev.baton.engine.batch.Types;
import dev.baton.engine.batch.Validity;
import dev.baton.engine.batch.Vectors;
import dev.baton.engine.operator.BindException;
import dev.baton.engine.operator.Binder;
import dev.baton.engine.operator.Columns;
import dev.baton.engine.operator.KernelContext;
import dev.baton.engine.operator.TypeFamily;
import java.util.List;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.complex.ListVector;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;

/**
 * The rows of a column as documents, cut into terms one after the other: texts, or lists of tokens.
 * Confined to one thread.
 */
final class Documents {
  /** Bytes of text that take well under a millisecond. */
  private static final int CHECKPOINT_BYTES = 1 << 15;

  private final Terms terms;
  private final boolean lists;
  private final long validity;
  private final boolean nulls;
  private final long outer;
  private final long inner;
  private final long data;
  private final long elementValidity;
  private int sinceCheckpoint;

  /**
   * @param column of text or of lists of text
   */
  Documents(FieldVector column, Terms terms) {
    this.terms = terms;
    this.lists = column instanceof ListVector;
    FieldVector texts = column instanceof ListVector list ? list.getDataVector() : column;
    this.validity = Validity.address(column);
    this.nulls = column.getValueCount() > 0 && Validity.nulls(column) > 0;
    this.outer = Vectors.offsets(column);
    this.inner = Vectors.offsets(texts);
    this.data = Vectors.data(texts);
    this.elementValidity =
        lists && texts.getValueCount() > 0 && Validity.nulls(texts) > 0
            ? Validity.address(texts)
            : 0;
  }

  /** Cuts the document of a row; false when it is null. */
  boolean cut(int row) {
    if (nulls && !Validity.isSet(validity, row)) {
      return false;
    }
    int from = Memory.getInt(outer + 4L * row);
    int to = Memory.getInt(outer + 4L * row + 4);
    if (!lists) {
      terms.cut(data + from, to - from);
      sinceCheckpoint += to - from + 16;
      return true;
    }
    terms.start();
    for (int i = from; i < to; i++) {
      // Others may have written lists with nulls in them; those are no tokens.
      if (elementValidity == 0 || Validity.isSet(elementValidity, i)) {
        int start = Memory.getInt(inner + 4L * i);
        int length = Memory.getInt(inner + 4L * i + 4) - start;
        terms.token(data + start, length);
        sinceCheckpoint += length + 16;
      }
    }
    terms.join();
    return true;
  }

  /** A checkpoint, if it is time for one. */
  void checkpoint(KernelContext context) {
    if (sinceCheckpoint > CHECKPOINT_BYTES) {
      sinceCheckpoint = 0;
      context.checkpoint();
    }
  }

  /**
   * The columns meant, of text or of lists of text.
   *
   * @throws BindException when one is neither
   */
  static List<Field> read(Columns columns, Binder binder) {
    List<Field> fields = binder.read(columns);
    for (Field field : fields) {
      if (!TypeFamily.TEXT.accepts(field.getType()) && !isTokens(field)) {
        throw new BindException(
            String.format(
                "column '%s' is %s but must be text or a list of texts; choose other columns or put"
                    + " a cast before this stage",
                field.getName(), Types.name(field.getType())));
      }
    }
    return fields;
  }

  /** Whether a column holds lists of texts. */
  static boolean isTokens(Field field) {
    return field.getType() instanceof ArrowType.List
        && TypeFamily.TEXT.accepts(field.getChildren().get(0).getType());
  }
}
