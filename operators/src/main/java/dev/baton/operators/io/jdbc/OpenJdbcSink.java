package dev.baton.operators.io.jdbc;

import dev.baton.engine.operator.KernelContext;
import dev.baton.engine.source.Encoded;
import dev.baton.engine.source.OpenSink;
import dev.baton.operators.io.TextBytes;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;

/** A transaction that inserts rows. */
final class OpenJdbcSink implements OpenSink {
  private final JdbcSink sink;
  private final Connection connection;
  private final List<Cell> cells;

  /** The types of the table's columns, which a null must be said to have. */
  private int[] sqlTypes;

  private PreparedStatement insert;
  private boolean created;
  private boolean finished;
  private long bytes;
  private long sent;
  private int waiting;

  private OpenJdbcSink(JdbcSink sink, Connection connection, List<Cell> cells) {
    this.sink = sink;
    this.connection = connection;
    this.cells = cells;
  }

  static OpenJdbcSink open(JdbcSink sink, Schema schema, List<Cell> cells) throws IOException {
    OpenJdbcSink open = new OpenJdbcSink(sink, Database.connect(sink.url()), cells);
    try {
      open.prepare(schema);
      return open;
    } catch (SQLException e) {
      open.close();
      throw open.failed("", e);
    } catch (Throwable e) {
      open.close();
      throw e;
    }
  }

  private void prepare(Schema schema) throws SQLException, IOException {
    if (sink.create() && !exists()) {
      create(schema);
    }
    List<String> wanted = schema.getFields().stream().map(Field::getName).toList();
    List<String> columns = new ArrayList<>();
    sqlTypes = new int[wanted.size()];
    try (Statement statement = connection.createStatement();
        ResultSet none = statement.executeQuery(probe())) {
      ResultSetMetaData meta = none.getMetaData();
      List<String> names = new ArrayList<>();
      for (int i = 1; i <= meta.getColumnCount(); i++) {
        names.add(meta.getColumnName(i));
      }
      List<String> missing = new ArrayList<>();
      for (String name : wanted) {
        String found = Database.find(name, names);
        if (found == null) {
          missing.add(Database.missing("the pipeline", name, names));
        } else {
          sqlTypes[columns.size()] = meta.getColumnType(names.indexOf(found) + 1);
          columns.add(Database.quoted(connection, found));
        }
      }
      if (!missing.isEmpty()) {
        throw new IOException(
            "cannot write to table " + sink.table() + ": " + String.join("\n  ", missing));
      }
    }
    if (sink.replace()) {
      try (Statement statement = connection.createStatement()) {
        statement.executeUpdate("DELETE FROM " + sink.table());
      }
    }
    insert =
        connection.prepareStatement(
            "INSERT INTO "
                + sink.table()
                + " ("
                + String.join(", ", columns)
                + ") VALUES ("
                + String.join(", ", Collections.nCopies(columns.size(), "?"))
                + ")");
  }

  private String probe() {
    return "SELECT * FROM " + sink.table() + " WHERE 1 = 0";
  }

  private boolean exists() throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.executeQuery(probe()).close();
      return true;
    } catch (SQLException e) {
      // Some databases do nothing more in a transaction in which something has failed.
      connection.rollback();
      return false;
    }
  }

  private void create(Schema schema) throws SQLException {
    String database = connection.getMetaData().getDatabaseProductName();
    List<String> columns = new ArrayList<>();
    for (Field field : schema.getFields()) {
      columns.add(
          Database.quoted(connection, field.getName()) + " " + Cell.sql(field.getType(), database));
    }
    try (Statement statement = connection.createStatement()) {
      statement.execute("CREATE TABLE " + sink.table() + " (" + String.join(", ", columns) + ")");
      created = true;
    }
  }

  @Override
  public void commit(Encoded encoded, KernelContext context) throws Exception {
    TextBytes rows = (TextBytes) encoded;
    context.blocking(
        () -> {
          add(rows.buffer().memoryAddress(), rows.length());
          return null;
        });
    bytes += rows.length();
  }

  private void add(long at, int length) throws IOException {
    long end = at + length;
    try {
      while (at < end) {
        for (int i = 0; i < cells.size(); i++) {
          at = cells.get(i).set(insert, i + 1, sqlTypes[i], at);
        }
        insert.addBatch();
        if (++waiting == sink.batchRows()) {
          send();
        }
      }
    } catch (SQLException e) {
      throw failed(", row " + (sent + waiting + 1), e);
    }
  }

  private void send() throws IOException {
    if (waiting == 0) {
      return;
    }
    try {
      insert.executeBatch();
    } catch (SQLException e) {
      throw failed(", rows " + (sent + 1) + " to " + (sent + waiting), e);
    }
    sent += waiting;
    waiting = 0;
  }

  private IOException failed(String rows, SQLException e) {
    return new IOException(
        String.format(
            "cannot write to table %s of %s%s: %s",
            sink.table(), Database.shown(sink.url()), rows, Database.message(e)),
        e);
  }

  @Override
  public void complete() throws IOException {
    send();
  }

  @Override
  public void finish() throws IOException {
    try {
      connection.commit();
      finished = true;
    } catch (SQLException e) {
      throw failed("", e);
    }
  }

  @Override
  public long bytes() {
    return bytes;
  }

  @Override
  public void close() {
    if (!finished) {
      undo();
    }
    Database.close(insert);
    Database.close(connection);
  }

  /** A lost connection undoes all by itself but a table that was made outside of transactions. */
  private void undo() {
    try {
      connection.rollback();
      if (created && exists()) {
        try (Statement statement = connection.createStatement()) {
          statement.execute("DROP TABLE " + sink.table());
        }
        connection.commit();
      }
    } catch (SQLException e) {
      // The failure that led here is the one to tell of.
    }
  }
}
