package dev.baton.operators.duckdb;

import dev.baton.engine.batch.Batch;
import dev.baton.engine.operator.KernelContext;
import dev.baton.engine.source.Decoder;
import dev.baton.engine.source.Split;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.util.TransferPair;
import org.duckdb.DuckDBConnection;

/** Asks for a partition at a time, on a connection of its own. */
final class DuckDbDecoder implements Decoder {
  private final OpenDuckDb open;
  private final DuckDBConnection connection;
  private final List<String> columns;
  private final int batchRows;
  private final KernelContext context;
  private String sql;
  private ArrowQuery query;

  DuckDbDecoder(
      OpenDuckDb open,
      DuckDBConnection connection,
      List<String> columns,
      int batchRows,
      KernelContext context) {
    this.open = open;
    this.connection = connection;
    this.columns = columns;
    this.batchRows = batchRows;
    this.context = context;
  }

  @Override
  public void start(Split split) throws IOException {
    end();
    sql = open.sql(columns, ((OpenDuckDb.Partition) split).number());
  }

  @Override
  public Batch next() throws Exception {
    if (sql == null) {
      return null;
    }
    // What DuckDB does is done without the global lock, as with any library in native code.
    VectorSchemaRoot root =
        context.blocking(
            () -> {
              try {
                if (query == null) {
                  query = ArrowQuery.run(connection, sql, batchRows, context.allocator());
                }
                return query.next();
              } catch (SQLException | IOException e) {
                throw open.failed(sql, e);
              }
            });
    if (root == null) {
      end();
      return null;
    }
    return columns.isEmpty() ? Batch.of(root.getRowCount(), List.of()) : batch(root);
  }

  /** Takes over the columns; what is DuckDB's memory is not to be written. */
  private Batch batch(VectorSchemaRoot root) {
    List<FieldVector> taken = new ArrayList<>();
    try {
      for (FieldVector column : root.getFieldVectors()) {
        TransferPair pair = column.getTransferPair(column.getField(), context.allocator());
        pair.transfer();
        taken.add((FieldVector) pair.getTo());
      }
      Batch batch = Batch.of(root.getRowCount(), taken);
      batch.names().forEach(batch::readOnly);
      return batch;
    } catch (Throwable e) {
      taken.forEach(FieldVector::close);
      throw e;
    }
  }

  private void end() throws IOException {
    sql = null;
    if (query != null) {
      query.close();
      query = null;
    }
  }

  @Override
  @SuppressWarnings("try") // The connection is only closed.
  public void close() throws IOException {
    try (DuckDBConnection own = connection) {
      end();
    } catch (SQLException e) {
      throw OpenDuckDb.failed(e);
    }
  }
}
