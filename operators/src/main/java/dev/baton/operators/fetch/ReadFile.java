package dev.baton.operators.fetch;

import dev.baton.engine.batch.Batch;
import dev.baton.engine.batch.Types;
import dev.baton.engine.operator.Binder;
import dev.baton.engine.operator.BoundTransform;
import dev.baton.engine.operator.Nature;
import dev.baton.engine.operator.Transform;
import dev.baton.engine.operator.TypeFamily;
import dev.baton.engine.request.InFlight;
import dev.baton.engine.request.Questions;
import dev.baton.engine.request.RequestKernel;
import dev.baton.engine.request.RequestPolicy;
import dev.baton.operators.internal.Cells;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.VarBinaryVector;

/**
 * Adds a binary column with the content of the file that each row names. A null names none and
 * gives null. Cast the column to text where it is. What is not a regular file is a failure.
 *
 * <p>Files are read by helper threads, at most {@value FileExchange#THREADS} at once for each
 * worker, as the system has no other way to read a file without waiting for it: so the time-out
 * holds in every mode, also where a file server does not answer. It runs from when a thread takes
 * the file; one that is still at it then is left behind and replaced.
 *
 * <p>Cost: a file read a row.
 *
 * @param path a text column of paths
 * @param column the column for the contents
 * @param folder what relative paths are relative to
 * @param maxBytes a larger file is a failure
 * @param requests time-out, repetition, limit and what becomes of failures
 */
public record ReadFile(
    String path, String column, Path folder, long maxBytes, RequestPolicy requests)
    implements Transform {
  private static final long MAX_BYTES = 64L << 20;

  public ReadFile {
    Objects.requireNonNull(path, "path");
    Objects.requireNonNull(column, "column");
    Objects.requireNonNull(folder, "folder");
    Objects.requireNonNull(requests, "requests");
    if (maxBytes < 0 || maxBytes > Integer.MAX_VALUE) {
      throw new IllegalArgumentException("maxBytes must be 0 to 2 GiB but was " + maxBytes);
    }
  }

  /** Files of at most 64 MiB, with the default request policy. */
  public ReadFile(String path, String column, Path folder) {
    this(path, column, folder, MAX_BYTES, new RequestPolicy());
  }

  @Override
  public Nature nature() {
    return Nature.BLOCKING;
  }

  @Override
  public BoundTransform bind(Binder binder) {
    binder.read(path, TypeFamily.TEXT);
    binder.put(Types.field(column, Types.BINARY));
    InFlight limit = new InFlight(requests.limit());
    return binder.transform(
        context ->
            new RequestKernel<>(
                context,
                new FileExchange(maxBytes),
                requests,
                limit,
                new Files(context.allocator())));
  }

  private final class Files implements Questions<Path, byte[]> {
    private final BufferAllocator allocator;

    Files(BufferAllocator allocator) {
      this.allocator = allocator;
    }

    @Override
    public Path ask(Batch batch, int row) {
      Object name = Cells.get(batch, path, row);
      return name == null ? null : folder.resolve((String) name);
    }

    @Override
    public void answer(Batch batch, List<byte[]> answers) {
      VarBinaryVector vector = new VarBinaryVector(Types.field(column, Types.BINARY), allocator);
      try {
        fill(vector, answers);
      } catch (Throwable e) {
        vector.close();
        throw e;
      }
      batch.put(vector);
    }

    private void fill(VarBinaryVector vector, List<byte[]> answers) {
      long bytes = answers.stream().mapToLong(answer -> answer == null ? 0 : answer.length).sum();
      vector.allocateNew(Math.max(1, bytes), Math.max(1, answers.size()));
      for (int row = 0; row < answers.size(); row++) {
        if (answers.get(row) != null) {
          vector.setSafe(row, answers.get(row));
        }
      }
      vector.setValueCount(answers.size());
    }

    @Override
    public String column() {
      return column;
    }
  }
}
