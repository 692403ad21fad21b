package dev.baton.operators.duckdb;

import dev.baton.engine.source.OpenSource;
import dev.baton.engine.source.Source;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Objects;

/**
 * The rows of a SQL query that DuckDB answers, such as {@code SELECT * FROM 'clicks.parquet' JOIN
 * 'users.csv' USING (id)}: joins, groups and nested or rare formats without another tool. They pass
 * from DuckDB as Arrow columns, without being looked at one by one. Nothing is written, and DuckDB
 * loads no extension from the network. Paths in the query are relative to the working directory.
 *
 * <p>With {@code key} the rows are cut into {@code partitions} by the hash of that column, each of
 * which any worker asks for by itself; they come one after the other, so the order is another.
 * Without it the query is one split. Every query runs on one thread of DuckDB's, so that its rows
 * have the same order every time; add ORDER BY where the order itself matters. Worker processes are
 * sent batches. A run that can be resumed asks for all rows once more, as only they tell whether
 * they are still the same.
 *
 * <p><b>Types.</b> Columns have the Arrow type that DuckDB gives them. Enumerations and other types
 * that come as dictionaries or views are an error; cast them in the query.
 *
 * @param query one SELECT, without a semicolon
 * @param database a DuckDB file, which is only read; null, the default, for none
 * @param key the column whose values decide which partition a row is in; null, the default, for one
 *     partition
 * @param partitions how many there are, 1 to 4096 (default 1)
 * @param batchRows about how many rows a batch has, 2048 to 1,048,576 (default 65,536)
 * @param memoryBytes the most memory DuckDB takes besides the batches, at least 16 MiB (default 1
 *     GiB). In a run with a memory limit it counts, and is a quarter of that at most
 */
public record DuckDbSource(
    String query, Path database, String key, int partitions, int batchRows, long memoryBytes)
    implements Source {
  private static final int MOST_PARTITIONS = 4096;
  private static final int LEAST_ROWS = 2048;
  private static final int MOST_ROWS = 1 << 20;
  static final long LEAST_MEMORY = 16L << 20;

  public DuckDbSource {
    Objects.requireNonNull(query, "query");
    query = query.strip();
    if (query.isEmpty() || query.endsWith(";")) {
      throw new IllegalArgumentException("query must be one SELECT without a semicolon at its end");
    }
    check("partitions", partitions, 1, MOST_PARTITIONS);
    check("batchRows", batchRows, LEAST_ROWS, MOST_ROWS);
    check("memoryBytes", memoryBytes, LEAST_MEMORY, Long.MAX_VALUE);
    if (partitions > 1 && key == null) {
      throw new IllegalArgumentException("partitions need a key: the column they are cut by");
    }
  }

  private static void check(String name, long value, long least, long most) {
    if (value < least || value > most) {
      throw new IllegalArgumentException(
          name + " must be " + least + " to " + most + " but was " + value);
    }
  }

  public DuckDbSource(String query) {
    this(query, null, null, 1, 1 << 16, 1L << 30);
  }

  /** The same rows in partitions by the values of a column. */
  public DuckDbSource by(String key, int partitions) {
    return new DuckDbSource(query, database, key, partitions, batchRows, memoryBytes);
  }

  /** The same query on a DuckDB file. */
  public DuckDbSource on(Path database) {
    return new DuckDbSource(query, database, key, partitions, batchRows, memoryBytes);
  }

  @Override
  public OpenSource open() throws IOException {
    return OpenDuckDb.open(this);
  }
}
