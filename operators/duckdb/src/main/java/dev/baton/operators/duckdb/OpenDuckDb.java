package dev.baton.operators.duckdb;

import dev.baton.engine.batch.Names;
import dev.baton.engine.operator.KernelContext;
import dev.baton.engine.source.Decoder;
import dev.baton.engine.source.OpenSource;
import dev.baton.engine.source.SourceException;
import dev.baton.engine.source.Split;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Properties;
import java.util.stream.IntStream;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.FieldType;
import org.apache.arrow.vector.types.pojo.Schema;
import org.duckdb.DuckDBConnection;

/** A query whose columns are known. DuckDB runs in this process until it is closed. */
final class OpenDuckDb implements OpenSource {
  /** A part of the rows; it only means something here. */
  record Partition(int number) implements Split {
    @Override
    public long bytes() {
      return 0;
    }
  }

  /** Of the memory limit of a run, as it has other needs too. */
  private static final int MEMORY_PART = 4;

  /** All that is left of an error in an answer that is streamed. */
  private static final String FORGOTTEN = "Invalid result set";

  private final DuckDbSource source;
  private final DuckDBConnection connection;
  private final Schema schema;

  /** Holds nothing, but takes as much from the memory of the run as DuckDB may; null for none. */
  private BufferAllocator counted;

  private OpenDuckDb(DuckDbSource source, DuckDBConnection connection, Schema schema) {
    this.source = source;
    this.connection = connection;
    this.schema = schema;
  }

  static OpenDuckDb open(DuckDbSource source) throws IOException {
    if (source.database() != null && !Files.isRegularFile(source.database())) {
      throw new SourceException("there is no file " + source.database());
    }
    try {
      Connection opened = DriverManager.getConnection(url(source), properties(source, true));
      DuckDBConnection connection = opened.unwrap(DuckDBConnection.class);
      try {
        return new OpenDuckDb(source, connection, schema(source, connection));
      } catch (Throwable e) {
        connection.close();
        throw e;
      }
    } catch (SQLException e) {
      throw failed(e);
    }
  }

  private static String url(DuckDbSource source) {
    return "jdbc:duckdb:" + (source.database() == null ? "" : source.database());
  }

  private static Properties properties(DuckDbSource source, boolean stream) {
    Properties properties = new Properties();
    if (source.database() != null) {
      properties.setProperty("access_mode", "READ_ONLY");
    }
    // The thread that asks does the work: so rows have one order, and there are as many as workers.
    properties.setProperty("threads", "1");
    properties.setProperty("memory_limit", kibibytes(source.memoryBytes()));
    properties.setProperty("autoinstall_known_extensions", "false");
    properties.setProperty("jdbc_stream_results", String.valueOf(stream));
    return properties;
  }

  private static String kibibytes(long bytes) {
    return bytes / 1024 + "KiB";
  }

  private static Schema schema(DuckDbSource source, DuckDBConnection connection)
      throws IOException {
    Schema found;
    try (BufferAllocator allocator = new RootAllocator();
        ArrowQuery query =
            ArrowQuery.run(
                connection, "SELECT * FROM (" + source.query() + ") LIMIT 0", 1, allocator)) {
      found = query.schema();
    } catch (SQLException e) {
      throw failed(e);
    }
    List<Field> fields = new ArrayList<>();
    List<String> wrong = new ArrayList<>();
    for (Field field : found.getFields()) {
      if (!isHeld(field)) {
        wrong.add("column '" + field.getName() + "' is " + field.getType());
      }
      fields.add(
          new Field(field.getName(), FieldType.nullable(field.getType()), field.getChildren()));
    }
    if (!wrong.isEmpty()) {
      throw new SourceException(
          "DuckDB gives types that Baton does not hold; cast them in the query:\n  "
              + String.join("\n  ", wrong));
    }
    List<String> names = fields.stream().map(Field::getName).toList();
    if (source.key() != null && !names.contains(source.key())) {
      throw new SourceException(
          "the key '"
              + source.key()
              + "' is no column of the query"
              + Names.hint(source.key(), names));
    }
    return new Schema(fields);
  }

  private static boolean isHeld(Field field) {
    if (field.getDictionary() != null) {
      return false;
    }
    return switch (field.getType().getTypeID()) {
      case Bool, Int, FloatingPoint, Utf8, Binary, Decimal, Date, Time, Timestamp -> true;
      case List, FixedSizeList, Struct -> field.getChildren().stream().allMatch(OpenDuckDb::isHeld);
      default -> field.getType() instanceof ArrowType.FixedSizeBinary;
    };
  }

  /** The SQL of some columns of a partition. */
  String sql(List<String> columns, int partition) {
    // Without any, rows are only counted.
    String list =
        columns.isEmpty()
            ? "1"
            : String.join(", ", columns.stream().map(OpenDuckDb::name).toList());
    String where =
        source.key() == null
            ? ""
            : " WHERE hash("
                + name(source.key())
                + ") % "
                + source.partitions()
                + " = "
                + partition;
    return "SELECT " + list + " FROM (" + source.query() + ")" + where;
  }

  private static String name(String column) {
    return '"' + column.replace("\"", "\"\"") + '"';
  }

  /**
   * Says why a query failed on its way. DuckDB forgets that when it streams an answer, so the query
   * is run again to its end without its rows being kept.
   */
  SourceException failed(String sql, Exception e) {
    if (String.valueOf(e.getMessage()).contains(FORGOTTEN)) {
      try (Connection again = DriverManager.getConnection(url(source), properties(source, false));
          Statement statement = again.createStatement()) {
        statement.execute("EXPLAIN ANALYZE " + sql);
      } catch (SQLException reason) {
        return failed(reason);
      }
    }
    return new SourceException("DuckDB: " + e.getMessage(), e);
  }

  static SourceException failed(SQLException e) {
    return new SourceException("DuckDB: " + e.getMessage(), e);
  }

  @Override
  public Schema schema() {
    return schema;
  }

  @Override
  public void within(BufferAllocator memory) throws IOException {
    if (memory.getLimit() == Long.MAX_VALUE) {
      return;
    }
    long part = Math.max(DuckDbSource.LEAST_MEMORY, memory.getLimit() / MEMORY_PART);
    long most = Math.min(source.memoryBytes(), part);
    counted = memory.newChildAllocator("duckdb", most, most);
    try (Statement statement = connection.createStatement()) {
      statement.execute("SET memory_limit = '" + kibibytes(most) + "'");
    } catch (SQLException e) {
      throw failed(e);
    }
  }

  @Override
  public long bytes() {
    return -1;
  }

  /**
   * What the query gives, and by which DuckDB: its files are its own affair, so all rows are asked
   * for once, and a hash of them is kept.
   */
  @Override
  public String version() {
    String sql =
        "SELECT version(), count(*), sum(hash(rows_)::HUGEINT) FROM (" + source.query() + ") rows_";
    try (Statement statement = connection.createStatement();
        ResultSet answer = statement.executeQuery(sql)) {
      answer.next();
      return answer.getString(1)
          + ", "
          + answer.getLong(2)
          + " rows of hash "
          + answer.getString(3);
    } catch (SQLException e) {
      throw new UncheckedIOException(failed(sql, e));
    }
  }

  @Override
  public boolean splitsTravel() {
    return false;
  }

  @Override
  public Iterator<? extends Split> splits() {
    return IntStream.range(0, source.partitions()).mapToObj(Partition::new).iterator();
  }

  @Override
  public Decoder decoder(List<String> columns, KernelContext context) throws IOException {
    try {
      Connection own = connection.duplicate();
      return new DuckDbDecoder(
          this, own.unwrap(DuckDBConnection.class), columns, source.batchRows(), context);
    } catch (SQLException e) {
      throw failed(e);
    }
  }

  @Override
  public void close() throws IOException {
    if (counted != null) {
      counted.close();
    }
    try {
      connection.close();
    } catch (SQLException e) {
      throw failed(e);
    }
  }
}
