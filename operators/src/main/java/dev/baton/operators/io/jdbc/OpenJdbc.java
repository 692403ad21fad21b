package dev.baton.operators.io.jdbc;

import dev.baton.engine.batch.Types;
import dev.baton.engine.operator.KernelContext;
import dev.baton.engine.source.Decoder;
import dev.baton.engine.source.OpenSource;
import dev.baton.engine.source.SourceException;
import dev.baton.engine.source.Split;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import org.apache.arrow.vector.types.pojo.Schema;

/**
 * A table whose columns are known.
 *
 * @param names of the columns as they are written in SQL
 * @param order what follows ORDER BY; empty for no order
 */
record OpenJdbc(
    JdbcSource source,
    List<JdbcColumn> columns,
    List<String> names,
    String order,
    List<JdbcSplit> all)
    implements OpenSource {
  static OpenJdbc open(JdbcSource source) throws IOException {
    try (Connection connection = Database.connect(source.url())) {
      List<JdbcColumn> columns = columns(source, connection);
      List<String> names = columns.stream().map(JdbcColumn::name).toList();
      List<String> quoted = new ArrayList<>();
      for (String name : names) {
        quoted.add(Database.quoted(connection, name));
      }
      List<String> order = new ArrayList<>();
      List<JdbcSplit> splits = List.of(new JdbcSplit(""));
      if (source.partitionBy() != null) {
        int key = position("partitionBy", source.partitionBy(), names);
        if (!columns.get(key).isWhole()) {
          throw new SourceException(
              "partitionBy: expected a column of integers but '"
                  + names.get(key)
                  + "' is "
                  + Types.name(columns.get(key).type()));
        }
        order.add(quoted.get(key));
        splits = ranges(source, connection, quoted.get(key));
      }
      for (String name : source.orderBy()) {
        order.add(quoted.get(position("orderBy", name, names)));
      }
      connection.rollback();
      return new OpenJdbc(source, columns, quoted, String.join(", ", order), splits);
    } catch (SQLException e) {
      throw failed(source, e);
    }
  }

  private static int position(String what, String name, List<String> names) throws SourceException {
    String found = Database.find(name, names);
    if (found == null) {
      throw new SourceException(Database.missing(what, name, names));
    }
    return names.indexOf(found);
  }

  private static List<JdbcColumn> columns(JdbcSource source, Connection connection)
      throws SQLException, SourceException {
    try (Statement statement = connection.createStatement();
        ResultSet none =
            statement.executeQuery("SELECT * FROM " + source.table() + " baton WHERE 1 = 0")) {
      ResultSetMetaData meta = none.getMetaData();
      List<JdbcColumn> columns = new ArrayList<>();
      Set<String> seen = new HashSet<>();
      for (int i = 1; i <= meta.getColumnCount(); i++) {
        JdbcColumn column = JdbcColumn.of(meta, i);
        if (!seen.add(column.name())) {
          throw new SourceException(
              source.table() + " has two columns '" + column.name() + "'; rename one in a query");
        }
        columns.add(column);
      }
      return columns;
    }
  }

  /** Ranges of about equal width that together hold all values, and what has none. */
  private static List<JdbcSplit> ranges(JdbcSource source, Connection connection, String key)
      throws SQLException {
    List<JdbcSplit> ranges = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet bounds =
            statement.executeQuery(
                "SELECT MIN(" + key + "), MAX(" + key + ") FROM " + source.table() + " baton")) {
      bounds.next();
      BigDecimal least = bounds.getBigDecimal(1);
      if (least != null) {
        BigInteger first = least.toBigIntegerExact();
        BigInteger end = bounds.getBigDecimal(2).toBigIntegerExact().add(BigInteger.ONE);
        BigInteger width = end.subtract(first);
        BigInteger from = first;
        for (long i = 1; i <= source.partitions(); i++) {
          BigInteger to =
              first.add(
                  width
                      .multiply(BigInteger.valueOf(i))
                      .divide(BigInteger.valueOf(source.partitions())));
          if (to.compareTo(from) > 0) {
            String last = to.subtract(BigInteger.ONE).toString();
            ranges.add(new JdbcSplit(key + " BETWEEN " + from + " AND " + last));
          }
          from = to;
        }
      }
    }
    ranges.add(new JdbcSplit(key + " IS NULL"));
    return List.copyOf(ranges);
  }

  static SourceException failed(JdbcSource source, SQLException e) {
    return new SourceException(
        String.format(
            "cannot read %s of %s: %s",
            source.table(), Database.shown(source.url()), Database.message(e)),
        e);
  }

  @Override
  public Schema schema() {
    return new Schema(columns.stream().map(JdbcColumn::field).toList());
  }

  @Override
  public long bytes() {
    return -1;
  }

  /** What the query for it answers now; asked only when somebody wants to know. */
  @Override
  public String version() {
    if (source.version() == null) {
      return "";
    }
    try (Connection connection = Database.connect(source.url());
        Statement statement = connection.createStatement();
        ResultSet answer = statement.executeQuery(source.version())) {
      if (!answer.next()) {
        throw new SourceException(
            "version: the query '" + source.version() + "' gives no row; it needs one");
      }
      List<String> values = new ArrayList<>();
      for (int i = 1; i <= answer.getMetaData().getColumnCount(); i++) {
        values.add(String.valueOf(answer.getString(i)));
      }
      return values.toString();
    } catch (SQLException e) {
      throw new UncheckedIOException(
          new SourceException(
              "version: the query '" + source.version() + "' fails: " + Database.message(e), e));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public Iterator<? extends Split> splits() {
    return all.iterator();
  }

  @Override
  public Decoder decoder(List<String> wanted, KernelContext context) {
    List<JdbcColumn> read = columns.stream().filter(c -> wanted.contains(c.name())).toList();
    List<String> names = new ArrayList<>();
    for (int i = 0; i < columns.size(); i++) {
      if (read.contains(columns.get(i))) {
        names.add(this.names.get(i));
      }
    }
    String select =
        "SELECT "
            + (names.isEmpty() ? "1" : String.join(", ", names))
            + " FROM "
            + source.table()
            + " baton";
    return new JdbcDecoder(source, read, select, order, context);
  }

  @Override
  public void close() {}
}
