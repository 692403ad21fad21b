package dev.baton.operators.io.jdbc;

import dev.baton.engine.source.OpenSource;
import dev.baton.engine.source.Source;
import java.io.IOException;
import java.util.List;
import java.util.Objects;

/**
 * Rows of a table or query of a database. The JDBC driver must be on the class path.
 *
 * <p><b>Splits.</b> With {@code partitionBy} the rows are cut into ranges of an integer column of
 * about equal width, and each worker reads ranges over a connection of its own; rows where the
 * column is null are the last split. The ranges depend on the column's least and greatest value
 * only. Without it one worker reads all.
 *
 * <p><b>Order.</b> The rows of a split come in the order of {@code partitionBy}, then {@code
 * orderBy}. A run can read the rows more than once, with other columns each time: name columns that
 * leave no two rows equal, and let nobody write to the table meanwhile, else passes can see
 * different rows.
 *
 * <p><b>Resuming.</b> A run can only be resumed with a {@code version}: a query whose first row is
 * another once the data are, such as {@code select count(*), max(changed) from orders}. A run that
 * is resumed asks it again, and refuses to go on where the answer is another.
 *
 * <p><b>Types.</b> Booleans, integers, floats and dates are what they are, those that are unsigned
 * of the next larger type; NUMERIC and DECIMAL become decimals of up to 38 digits, or text where
 * more are possible; TIMESTAMP is in microseconds, or nanoseconds where the column has those, and
 * one with a time zone is in UTC; binary stays binary, and everything else is the text that the
 * driver gives, such as times, UUIDs and JSON. Cast in a query what should be of another type.
 *
 * @param url the JDBC URL; user and password go there, or where the driver looks for them
 * @param table a table, or a query in parentheses: what may follow FROM
 * @param partitionBy an integer column of the result; null to read with one query
 * @param partitions how many ranges to make, at least 1
 * @param orderBy columns of the result
 * @param fetchSize rows that the driver fetches at once, at least 1
 * @param batchRows rows of a batch at most, 1 to 1,048,576
 * @param version a query whose first row is another when the data are; null, the default, for none
 */
public record JdbcSource(
    String url,
    String table,
    String partitionBy,
    int partitions,
    List<String> orderBy,
    int fetchSize,
    int batchRows,
    String version)
    implements Source {
  private static final int MOST_ROWS = 1 << 20;

  public JdbcSource {
    Objects.requireNonNull(url, "url");
    Objects.requireNonNull(table, "table");
    orderBy = List.copyOf(orderBy);
    if (partitions < 1) {
      throw new IllegalArgumentException("partitions must be at least 1 but was " + partitions);
    }
    if (fetchSize < 1) {
      throw new IllegalArgumentException("fetchSize must be at least 1 but was " + fetchSize);
    }
    if (batchRows < 1 || batchRows > MOST_ROWS) {
      throw new IllegalArgumentException(
          "batchRows must be 1 to " + MOST_ROWS + " but was " + batchRows);
    }
  }

  /** One query, 10,000 rows at a time. */
  public JdbcSource(String url, String table) {
    this(url, table, null, 16, List.of(), 10_000, 10_000, null);
  }

  public JdbcSource withPartitions(String column, int partitions) {
    return new JdbcSource(url, table, column, partitions, orderBy, fetchSize, batchRows, version);
  }

  public JdbcSource withOrder(String... columns) {
    return new JdbcSource(
        url, table, partitionBy, partitions, List.of(columns), fetchSize, batchRows, version);
  }

  public JdbcSource withBatchRows(int rows) {
    return new JdbcSource(url, table, partitionBy, partitions, orderBy, fetchSize, rows, version);
  }

  /** With a query whose first row is another when the data are. */
  public JdbcSource withVersion(String query) {
    return new JdbcSource(
        url, table, partitionBy, partitions, orderBy, fetchSize, batchRows, query);
  }

  @Override
  public OpenSource open() throws IOException {
    return OpenJdbc.open(this);
  }
}
