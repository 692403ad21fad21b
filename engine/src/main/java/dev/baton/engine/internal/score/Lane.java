package dev.baton.engine.internal.score;

import dev.baton.engine.PipelineException;
import dev.baton.engine.batch.Batch;
import dev.baton.engine.batch.Types;
import dev.baton.engine.batch.Validity;
import dev.baton.engine.internal.plan.KernelChain;
import dev.baton.engine.operator.KernelContext;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;

/**
 * All one thread needs to score rows: kernels with their scratch memory, and the columns they are
 * written into, which are used again and again. Confined to one thread at a time.
 */
public final class Lane implements AutoCloseable {
  // Arrow's accounting is most of what a small allocation takes.
  private final SmallMemory allocator = new SmallMemory();
  private final KernelChain chain;
  private final List<Field> input;
  private final FieldVector[] vectors;
  private final CellWriter[] writers;
  private final CellReader[] readers;

  public Lane(KernelChain.Plan plan) {
    this.input = plan.input().getFields();
    this.vectors = new FieldVector[input.size()];
    this.writers = new CellWriter[input.size()];
    for (int i = 0; i < vectors.length; i++) {
      vectors[i] = plan.renamed().getFields().get(i).createVector(allocator);
      writers[i] = CellWriter.of(input.get(i));
    }
    this.readers =
        plan.output().getFields().stream().map(CellReader::of).toArray(CellReader[]::new);
    try {
      this.chain = plan.open(new Context(allocator));
    } catch (Throwable e) {
      allocator.close();
      throw e;
    }
  }

  /** Why columns cannot be scored, a line each, or null when all can. */
  public static String unwritable(Schema input) {
    List<String> lines = new ArrayList<>();
    for (Field field : input.getFields()) {
      if (CellWriter.of(field) == null) {
        lines.add(
            String.format(
                "'%s' is %s, which no Java value stands for",
                field.getName(), Types.name(field.getType())));
      }
    }
    return lines.isEmpty() ? null : String.join("\n  ", lines);
  }

  /**
   * Scores rows together.
   *
   * @param rows values in the order of the input columns
   * @return the values of each row that is left, in the order of the output columns
   * @throws PipelineException when values are of other types than expected, naming all such columns
   */
  public Object[][] score(Object[][] rows) {
    Batch batch = write(rows);
    try {
      chain.apply(batch);
      return read(batch);
    } finally {
      batch.close();
    }
  }

  private Batch write(Object[][] rows) {
    List<String> wrong = new ArrayList<>();
    try {
      for (int i = 0; i < vectors.length; i++) {
        writers[i].allocate(vectors[i], rows.length);
        for (int row = 0; row < rows.length; row++) {
          Object value = rows[row][i];
          if (value != null && !writers[i].set(vectors[i], row, value)) {
            wrong.add(wrong(rows.length, row, i, value));
          }
        }
        writers[i].finish(vectors[i], rows.length);
      }
      if (!wrong.isEmpty()) {
        throw new PipelineException(
            "the values are not of the types the pipeline was fitted on:\n  "
                + String.join("\n  ", wrong),
            null);
      }
      return Batch.of(rows.length, List.of(vectors));
    } catch (Throwable e) {
      for (FieldVector vector : vectors) {
        vector.close();
      }
      throw e;
    }
  }

  private String wrong(int rows, int row, int column, Object value) {
    String text = value.toString();
    return String.format(
        "%s'%s' takes %s but was %s %s",
        rows == 1 ? "" : "row " + row + ": ",
        input.get(column).getName(),
        writers[column].takes(),
        value.getClass().getSimpleName(),
        text.length() > 40 ? text.substring(0, 40) + "…" : text);
  }

  private Object[][] read(Batch batch) {
    Object[][] rows = new Object[batch.rows()][readers.length];
    for (int i = 0; i < readers.length; i++) {
      FieldVector vector = batch.column(i);
      for (int row = 0; row < rows.length; row++) {
        if (Validity.isSet(Validity.address(vector), row)) {
          rows[row][i] = readers[i].get(vector, row);
        }
      }
    }
    return rows;
  }

  @Override
  public void close() {
    chain.close();
    allocator.close();
  }

  private record Context(BufferAllocator allocator) implements KernelContext {
    @Override
    public void checkpoint() {}

    @Override
    public <T> T blocking(Callable<T> action) throws Exception {
      return action.call();
    }
  }
}
