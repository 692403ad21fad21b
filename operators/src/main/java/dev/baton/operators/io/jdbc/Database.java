package dev.baton.operators.io.jdbc;

import dev.baton.engine.batch.Names;
import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;

/** What source and sink have in common. */
final class Database {
  private Database() {}

  /** A connection, without committing by itself. */
  static Connection connect(String url) throws IOException {
    try {
      Connection connection = DriverManager.getConnection(url);
      try {
        connection.setAutoCommit(false);
        return connection;
      } catch (SQLException e) {
        connection.close();
        throw e;
      }
    } catch (SQLException e) {
      throw new IOException("cannot connect to " + shown(url) + ": " + message(e), e);
    }
  }

  /** A URL without parameters and passwords. */
  static String shown(String url) {
    return url.replaceFirst("[?;].*", "").replaceFirst("(//|thin:)[^@]*@", "$1");
  }

  /** What went wrong; drivers put the cause of a failed batch behind the exception. */
  static String message(SQLException e) {
    SQLException last = e;
    while (last.getNextException() != null) {
      last = last.getNextException();
    }
    return String.valueOf(last.getMessage()).strip();
  }

  /** A name as it is written in SQL. */
  static String quoted(Connection connection, String name) throws SQLException {
    String quote = connection.getMetaData().getIdentifierQuoteString().strip();
    return quote + (quote.isEmpty() ? name : name.replace(quote, quote + quote)) + quote;
  }

  /** The name in {@code names} that is meant, in whatever case; null when there is none. */
  static String find(String name, List<String> names) {
    if (names.contains(name)) {
      return name;
    }
    List<String> like = names.stream().filter(n -> n.equalsIgnoreCase(name)).toList();
    return like.size() == 1 ? like.get(0) : null;
  }

  /** Says that there is no such column. */
  static String missing(String what, String name, List<String> names) {
    return what + " names a column '" + name + "' which is not there" + Names.hint(name, names);
  }

  /** Closes without a word: nothing depends on it. */
  static void close(AutoCloseable resource) {
    if (resource != null) {
      try {
        resource.close();
      } catch (Exception e) {
        // What was read stays read, and what was not committed is undone anyway.
      }
    }
  }
}
