package dev.baton.operators.duckdb;

import java.io.IOException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.apache.arrow.vector.types.pojo.Schema;
import org.duckdb.DuckDBConnection;
import org.duckdb.DuckDBResultSet;

/** A query under way, whose answer comes as Arrow batches. Confined to one thread at a time. */
final class ArrowQuery implements AutoCloseable {
  private final Statement statement;
  private final ResultSet answer;
  private final ArrowReader batches;

  private ArrowQuery(Statement statement, ResultSet answer, ArrowReader batches) {
    this.statement = statement;
    this.answer = answer;
    this.batches = batches;
  }

  /** Starts a query. */
  static ArrowQuery run(
      DuckDBConnection connection, String sql, int batchRows, BufferAllocator allocator)
      throws SQLException {
    Statement statement = connection.createStatement();
    try {
      ResultSet answer = statement.executeQuery(sql);
      Object batches = answer.unwrap(DuckDBResultSet.class).arrowExportStream(allocator, batchRows);
      return new ArrowQuery(statement, answer, (ArrowReader) batches);
    } catch (Throwable e) {
      statement.close();
      throw e;
    }
  }

  Schema schema() throws IOException {
    return batches.getVectorSchemaRoot().getSchema();
  }

  /** The next batch, which stays the query's, or null. */
  VectorSchemaRoot next() throws IOException {
    return batches.loadNextBatch() ? batches.getVectorSchemaRoot() : null;
  }

  @Override
  @SuppressWarnings("try") // They are only closed, the last one first.
  public void close() throws IOException {
    try (Statement first = statement;
        ResultSet second = answer;
        ArrowReader third = batches) {
      // Nothing else.
    } catch (SQLException e) {
      throw OpenDuckDb.failed(e);
    }
  }
}
