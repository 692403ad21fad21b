package dev.baton.operators.text;

import dev.baton.engine.batch.Batch;
import dev.baton.engine.batch.Memory;
import dev.baton.engine.batch.Types;
import dev.baton.engine.batch.Validity;
import dev.baton.engine.batch.Vectors;
import dev.baton.engine.operator.Binder;
import dev.baton.engine.operator.BoundTransform;
import dev.baton.engine.operator.Columns;
import dev.baton.engine.operator.Kernel;
import dev.baton.engine.operator.KernelContext;
import dev.baton.engine.operator.Patterns;
import dev.baton.engine.operator.Transform;
import dev.baton.engine.operator.TypeFamily;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.types.pojo.Field;

/**
 * Replaces each text, in place, by the list of its tokens. As in scikit-learn a token is a run of
 * at least two word characters (its {@code (?u)\b\w\w+\b}): Unicode letters, digits and other
 * numbers, and the underscore; everything else parts tokens. Null stays null; a text without tokens
 * becomes an empty list.
 *
 * <p>Two are equal when their patterns have the same text and flags and all else is equal.
 *
 * @param columns text columns
 * @param pattern a Java regular expression that matches a token, or whose one group does, instead
 *     of runs of word characters; much slower. Write {@code (?U)} at its start for {@code \w} and
 *     the like to know letters other than a to z
 * @param lowercase turn the text to lower case before, by Unicode's rules without a language
 *     (default true)
 * @param minLength leave out tokens of fewer characters (default 2, with a pattern 1)
 */
public record Tokenize(Columns columns, Pattern pattern, boolean lowercase, Integer minLength)
    implements Transform {

  public Tokenize {
    Objects.requireNonNull(columns, "columns");
    Tokens.check(pattern, minLength);
  }

  public Tokenize(Columns columns) {
    this(columns, null, true, null);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Tokenize that
        && columns.equals(that.columns)
        && Patterns.equal(pattern, that.pattern)
        && lowercase == that.lowercase
        && Objects.equals(minLength, that.minLength);
  }

  @Override
  public int hashCode() {
    return Objects.hash(columns, Patterns.hash(pattern), lowercase, minLength);
  }

  @Override
  public BoundTransform bind(Binder binder) {
    List<Field> fields = binder.read(columns, TypeFamily.TEXT);
    List<String> names = fields.stream().map(Field::getName).toList();
    names.forEach(name -> binder.put(Types.listField(name, Types.UTF8)));
    return binder.transform(context -> new TokenizeKernel(context, names));
  }

  private final class TokenizeKernel implements Kernel {
    private final KernelContext context;
    private final List<String> names;
    private final Tokens tokens =
        new Tokens(pattern, lowercase, Tokens.minLength(pattern, minLength));
    private int[] offsets = new int[1];
    private int[] ends = new int[256];
    private byte[] bytes = new byte[4096];

    TokenizeKernel(KernelContext context, List<String> names) {
      this.context = context;
      this.names = names;
    }

    @Override
    public void apply(Batch batch) {
      int rows = batch.rows();
      offsets = rows < offsets.length ? offsets : new int[rows + 1];
      for (String name : names) {
        FieldVector source = batch.column(name);
        gather(source, rows);
        batch.put(
            Lists.texts(
                Types.listField(name, Types.UTF8),
                source,
                offsets,
                rows,
                bytes,
                ends,
                context.allocator()));
      }
    }

    private void gather(FieldVector source, int rows) {
      long data = Vectors.data(source);
      long starts = Vectors.offsets(source);
      long validity = Validity.address(source);
      boolean nulls = Validity.nulls(source) > 0;
      int count = 0;
      int size = 0;
      int sinceCheckpoint = 0;
      for (int row = 0; row < rows; row++) {
        if (!nulls || Validity.isSet(validity, row)) {
          int start = Memory.getInt(starts + 4L * row);
          int length = Memory.getInt(starts + 4L * row + 4) - start;
          tokens.cut(data + start, length);
          reserve(size, count);
          for (int i = 0; i < tokens.count; i++) {
            int letters = tokens.ends[i] - tokens.starts[i];
            System.arraycopy(tokens.text, tokens.starts[i], bytes, size, letters);
            size += letters;
            ends[count++] = size;
          }
          sinceCheckpoint += length + 16;
          if (sinceCheckpoint > CHECKPOINT_BYTES) {
            sinceCheckpoint = 0;
            context.checkpoint();
          }
        }
        offsets[row + 1] = count;
      }
    }

    private void reserve(int size, int count) {
      int more = tokens.count == 0 ? 0 : tokens.ends[tokens.count - 1];
      if (size + more > bytes.length) {
        bytes = Arrays.copyOf(bytes, Math.max(size + more, 2 * bytes.length));
      }
      if (count + tokens.count > ends.length) {
        ends = Arrays.copyOf(ends, Math.max(count + tokens.count, 2 * ends.length));
      }
    }
  }

  /** Bytes of text that take well under a millisecond. */
  static final int CHECKPOINT_BYTES = 1 << 15;
}
