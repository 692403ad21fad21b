package dev.baton.operators.io.jdbc;

import dev.baton.engine.batch.Batch;
import dev.baton.engine.operator.KernelContext;
import dev.baton.engine.source.Encoded;
import dev.baton.engine.source.Encoder;
import dev.baton.engine.source.OpenSink;
import dev.baton.engine.source.Sink;
import dev.baton.operators.io.TextBytes;
import dev.baton.operators.io.fields.FieldWriter;
import dev.baton.operators.io.fields.RowEncoder;
import java.io.IOException;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.vector.types.pojo.Schema;

/**
 * Rows of a table of a database, inserted in their order within one transaction: they are there
 * when the run has succeeded, and none of them when it has not. The JDBC driver must be on the
 * class path. Workers lay out the values; one connection inserts them in batches. (PostgreSQL is
 * several times faster with {@code reWriteBatchedInserts=true} in the URL.)
 *
 * <p>Columns are matched by name, in any case if there is no doubt; those that the table has
 * besides get their defaults. Values become what the database makes of a boolean, integer, float,
 * decimal, text, date, timestamp or binary value. Columns of other types, such as lists, are an
 * error when the sink is opened.
 *
 * @param url the JDBC URL; user and password go there, or where the driver looks for them
 * @param table the name of the table, as it is written in SQL
 * @param replace whether the rows that were there are deleted, in the same transaction
 * @param create whether the table is made if it is not there; it is dropped again when the run
 *     fails
 * @param batchRows rows sent to the database at once, at least 1
 */
public record JdbcSink(String url, String table, boolean replace, boolean create, int batchRows)
    implements Sink {
  public JdbcSink {
    Objects.requireNonNull(url, "url");
    Objects.requireNonNull(table, "table");
    if (batchRows < 1) {
      throw new IllegalArgumentException("batchRows must be at least 1 but was " + batchRows);
    }
  }

  /** Adds rows to a table that is there, 1,000 at a time. */
  public JdbcSink(String url, String table) {
    this(url, table, false, false, 1000);
  }

  public JdbcSink withReplace() {
    return new JdbcSink(url, table, true, create, batchRows);
  }

  public JdbcSink withCreate() {
    return new JdbcSink(url, table, replace, true, batchRows);
  }

  @Override
  public OpenSink open(Schema schema) throws IOException {
    return OpenJdbcSink.open(this, schema, Cell.of(schema));
  }

  @Override
  public Encoder encoder(Schema schema, KernelContext context) throws IOException {
    List<FieldWriter> writers = List.copyOf(CellWriter.of(schema));
    List<String> between = Collections.nCopies(writers.size() + 1, "");
    RowEncoder rows = new RowEncoder(writers, between, CellWriter.MISSING, context);
    return new Encoder() {
      @Override
      public Encoded encode(Batch batch) {
        return rows.encode(batch);
      }

      @Override
      public void close() {
        rows.close();
      }
    };
  }

  @Override
  public Encoded receive(ArrowBuf bytes) {
    return TextBytes.received(bytes);
  }
}
