package dev.baton.cli.lab;

import dev.baton.engine.batch.Batch;
import dev.baton.engine.batch.Memory;
import dev.baton.engine.batch.Types;
import dev.baton.engine.batch.Validity;
import dev.baton.engine.batch.Vectors;
import dev.baton.engine.operator.KernelContext;
import dev.baton.engine.source.Decoder;
import dev.baton.engine.source.OpenSource;
import dev.baton.engine.source.Source;
import dev.baton.engine.source.Split;
import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;

/**
 * A source that makes its rows up where they are wanted: the same numbers in every split. So its
 * splits can be sent to worker processes, or its data, as one likes.
 *
 * @param rows of each split
 * @param splits how many there are
 */
public record Numbers(int rows, int splits) implements Source {
  /** The name of its column, of float64. */
  static final String COLUMN = "x";

  private static final Field FIELD = Types.field(COLUMN, Types.FLOAT64);
  private static final int DISTINCT = 1000;

  @Override
  public OpenSource open() {
    return new Open();
  }

  /** One of them. */
  record Piece(int number, long bytes) implements Split {}

  private final class Open implements OpenSource {
    @Override
    public Schema schema() {
      return new Schema(List.of(FIELD));
    }

    @Override
    public long bytes() {
      return splits * pieceBytes();
    }

    private long pieceBytes() {
      return (long) rows * Double.BYTES;
    }

    @Override
    public Iterator<? extends Split> splits() {
      return IntStream.range(0, splits).mapToObj(i -> new Piece(i, pieceBytes())).iterator();
    }

    @Override
    public Decoder decoder(List<String> columns, KernelContext context) {
      return new Making(columns, context);
    }

    @Override
    public void close() {}
  }

  private final class Making implements Decoder {
    private final List<String> columns;
    private final KernelContext context;
    private boolean due;

    Making(List<String> columns, KernelContext context) {
      this.columns = columns;
      this.context = context;
    }

    @Override
    public void start(Split split) {
      due = true;
    }

    @Override
    public Batch next() {
      if (!due) {
        return null;
      }
      due = false;
      if (columns.isEmpty()) {
        return Batch.of(rows, List.of());
      }
      FieldVector numbers = Vectors.fixed(FIELD, rows, context.allocator());
      Validity.setAll(Validity.address(numbers), rows);
      long data = Vectors.data(numbers);
      for (int i = 0; i < rows; i++) {
        Memory.putDouble(data + (long) Double.BYTES * i, 1 + i % DISTINCT);
      }
      return Batch.of(rows, List.of(numbers));
    }

    @Override
    public void close() {}
  }
}
