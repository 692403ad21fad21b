package dev.baton.operators.fetch;

import dev.baton.engine.request.Exchange;
import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLRecoverableException;
import java.sql.SQLTransientException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * A query asked again and again. Connections are opened when needed and used by one thread at a
 * time.
 */
final class JdbcExchange implements Exchange<JdbcLookup.Key, Object[]> {
  private record Prepared(Connection connection, PreparedStatement statement)
      implements AutoCloseable {
    @Override
    public void close() {
      try (connection) {
        statement.close();
      } catch (SQLException e) {
        // Nothing is written, so nothing can be lost.
      }
    }
  }

  private final String url;
  private final String query;
  private final List<AnswerColumn> outputs;
  private final Helpers helpers;
  private final Deque<Prepared> idle = new ArrayDeque<>();

  JdbcExchange(String url, String query, List<AnswerColumn> outputs, int connections) {
    this.url = url;
    this.query = query;
    this.outputs = outputs;
    this.helpers = new Helpers("baton-jdbc-lookup", connections, false);
  }

  /**
   * Asks and waits.
   *
   * @param timeout whole seconds, since drivers know no others
   */
  @Override
  public Object[] ask(JdbcLookup.Key key, Duration timeout) throws IOException {
    try {
      return ask(key, (int) Math.min(timeout.toSeconds(), Integer.MAX_VALUE));
    } catch (SQLTransientException | SQLRecoverableException e) {
      throw new IOException(e.getMessage(), e);
    } catch (SQLException e) {
      throw new IllegalStateException(e.getMessage(), e);
    }
  }

  private Object[] ask(JdbcLookup.Key key, int seconds) throws SQLException {
    Prepared prepared = take();
    boolean answered = false;
    try {
      PreparedStatement statement = prepared.statement();
      statement.setQueryTimeout(seconds);
      for (int i = 0; i < key.values().size(); i++) {
        statement.setObject(i + 1, key.values().get(i));
      }
      Object[] answer = first(statement);
      answered = true;
      return answer;
    } finally {
      if (answered) {
        give(prepared);
      } else {
        prepared.close(); // the next attempt gets a connection of its own
      }
    }
  }

  private Object[] first(PreparedStatement statement) throws SQLException {
    try (ResultSet result = statement.executeQuery()) {
      if (!result.next()) {
        return null;
      }
      Object[] answer = new Object[outputs.size()];
      for (int i = 0; i < answer.length; i++) {
        answer[i] = outputs.get(i).read(result, i + 1);
      }
      return answer;
    }
  }

  private Prepared take() throws SQLException {
    synchronized (idle) {
      if (!idle.isEmpty()) {
        return idle.pop();
      }
    }
    Connection connection = DriverManager.getConnection(url);
    try {
      PreparedStatement statement = connection.prepareStatement(query);
      statement.setMaxRows(1);
      return new Prepared(connection, statement);
    } catch (Throwable e) {
      connection.close();
      throw e;
    }
  }

  private void give(Prepared prepared) {
    synchronized (idle) {
      idle.push(prepared);
    }
  }

  @Override
  public CompletableFuture<Object[]> askLater(JdbcLookup.Key key, Duration timeout) {
    return helpers.call(() -> ask(key, timeout), timeout);
  }

  @Override
  public void close() {
    helpers.close();
    synchronized (idle) {
      idle.forEach(Prepared::close);
      idle.clear();
    }
  }
}
