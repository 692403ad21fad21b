package dev.baton.operators.parquet;

import dev.baton.engine.source.OpenSource;
import dev.baton.operators.expression.Expression;
import dev.baton.operators.io.files.FileSource;
import java.io.IOException;
import java.nio.file.Path;
import org.apache.arrow.vector.types.pojo.Schema;

/**
 * Rows of a Parquet file. Each split is a run of rows of one row group, so that one large row group
 * still feeds every worker; of columns nobody wants no byte is read.
 *
 * <p><b>Types.</b> Columns get the Arrow type of their logical type: booleans, signed and unsigned
 * integers of 8 to 64 bits, floats of 16 to 64 bits, decimals, dates, times and timestamps (those
 * adjusted to UTC have the zone UTC), text, and bytes for the rest. INT96 timestamps become
 * timestamps in microseconds without a zone; finer parts are dropped. Texts with a dictionary stay
 * numbers of it until a step asks for them, see {@link dev.baton.engine.batch.TextDictionary}.
 * Nested columns (groups, lists, maps) are an error when they are wanted.
 *
 * <p><b>Trust.</b> Nothing in the file is: lengths, counts and indices are checked before memory is
 * allocated or read, and page checksums are verified where the file has them.
 *
 * <p><b>Condition.</b> The rows of {@code where} are those that the step {@code filter} would keep,
 * so no such step is needed. Row groups whose statistics prove that it keeps none are not read at
 * all. Pages of others of which the page index proves it are neither checked nor unpacked, but
 * passed over from header to header, so the file is read there by pieces of 256 KiB. Proofs come
 * from integers, floats, text, booleans, dates and timestamps that are compared with literals
 * ({@code =}, {@code <>}, {@code <}, {@code <=}, {@code >}, {@code >=}, {@code in}, {@code
 * between}), from any column that is tested for null, and from what {@code and}, {@code or} and
 * {@code not} make of these. Statistics that are missing, NaN, or without a declared order prove
 * nothing. An error that the condition would meet in rows that are passed over is not met, and
 * corrupt data there is not found.
 *
 * @param path the file, folder or pattern, see {@link FileSource}
 * @param batchBytes about how many bytes a batch of all columns has, 4 KiB to 256 MiB
 * @param where null for all rows, or a boolean expression over the columns of the file such as
 *     {@code day >= date '2024-01-01' and country is not null}, for the rows in which it is true;
 *     columns from folders are none of the file's
 */
public record ParquetSource(Path path, int batchBytes, Expression where) implements FileSource {
  private static final int LEAST = 4 << 10;
  private static final int MOST = 256 << 20;

  public ParquetSource {
    if (batchBytes < LEAST || batchBytes > MOST) {
      throw new IllegalArgumentException(
          "batchBytes must be " + LEAST + " to " + MOST + " but was " + batchBytes);
    }
  }

  public ParquetSource(Path path) {
    this(path, 4 << 20);
  }

  public ParquetSource(Path path, int batchBytes) {
    this(path, batchBytes, null);
  }

  /** Only the rows in which a condition is true. */
  public ParquetSource withWhere(Expression condition) {
    return new ParquetSource(path, batchBytes, condition);
  }

  @Override
  public OpenSource openFile(Path file, Schema expected) throws IOException {
    return new OpenParquet(ParquetFile.open(file), batchBytes, where);
  }
}
