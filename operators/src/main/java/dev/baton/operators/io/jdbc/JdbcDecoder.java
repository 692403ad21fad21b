package dev.baton.operators.io.jdbc;

import dev.baton.engine.batch.Batch;
import dev.baton.engine.batch.Origin;
import dev.baton.engine.operator.KernelContext;
import dev.baton.engine.source.Decoder;
import dev.baton.engine.source.SourceException;
import dev.baton.engine.source.Split;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.vector.FieldVector;

/** Asks a query for each split, over one connection, and copies its result batch by batch. */
final class JdbcDecoder implements Decoder {
  private final JdbcSource source;
  private final List<JdbcColumn> columns;
  private final String select;
  private final String order;
  private final KernelContext context;
  private Connection connection;
  private Statement statement;
  private ResultSet result;
  private JdbcSplit split;

  /** Rows of the split that were read. */
  private long rows;

  JdbcDecoder(
      JdbcSource source,
      List<JdbcColumn> columns,
      String select,
      String order,
      KernelContext context) {
    this.source = source;
    this.columns = columns;
    this.select = select;
    this.order = order;
    this.context = context;
  }

  @Override
  public void start(Split next) {
    end();
    split = (JdbcSplit) next;
    rows = 0;
  }

  @Override
  public Batch next() throws Exception {
    if (split == null) {
      return null;
    }
    // The driver waits whenever it likes, so the lock is given up for the whole batch.
    return context.blocking(this::read);
  }

  private Batch read() throws IOException {
    try {
      if (result == null) {
        ask();
      }
      Batch batch = batch();
      if (batch == null) {
        end();
        split = null;
      }
      return batch;
    } catch (SQLException e) {
      throw OpenJdbc.failed(source, e);
    }
  }

  private void ask() throws IOException, SQLException {
    if (connection == null) {
      connection = Database.connect(source.url());
      connection.setReadOnly(true);
    }
    statement = connection.createStatement();
    statement.setFetchSize(source.fetchSize());
    result =
        statement.executeQuery(
            select
                + (split.condition().isEmpty() ? "" : " WHERE " + split.condition())
                + (order.isEmpty() ? "" : " ORDER BY " + order));
  }

  private Batch batch() throws SQLException, SourceException {
    List<FieldVector> vectors = new ArrayList<>(columns.size());
    try {
      for (JdbcColumn column : columns) {
        vectors.add(column.vector(source.batchRows(), context.allocator()));
      }
      int found = 0;
      while (found < source.batchRows() && result.next()) {
        for (int i = 0; i < columns.size(); i++) {
          copy(i, vectors.get(i), found);
        }
        found++;
      }
      for (FieldVector vector : vectors) {
        vector.setValueCount(found);
      }
      rows += found;
      if (found == 0) {
        vectors.forEach(FieldVector::close);
        return null;
      }
      Batch batch = Batch.of(found, vectors);
      batch.origin(Origin.ofRows(place(), rows - found));
      return batch;
    } catch (Throwable e) {
      vectors.forEach(FieldVector::close);
      throw e;
    }
  }

  private void copy(int column, FieldVector to, int row) throws SQLException, SourceException {
    try {
      columns.get(column).copy(result, column + 1, to, row);
    } catch (ArithmeticException e) {
      throw new SourceException(
          String.format(
              "%s, row %d, column '%s': %s does not fit the column's type; cast it in a query",
              place(), rows + row + 1, columns.get(column).name(), result.getString(column + 1)),
          e);
    }
  }

  private String place() {
    return source.table() + (split.condition().isEmpty() ? "" : " where " + split.condition());
  }

  private void end() {
    Database.close(result);
    Database.close(statement);
    result = null;
    statement = null;
  }

  @Override
  public void close() {
    end();
    Database.close(connection);
    connection = null;
  }
}
