package dev.baton.operators.io.jdbc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.baton.engine.batch.Types;
import dev.baton.engine.testkit.Rows;
import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import org.apache.arrow.vector.types.pojo.Schema;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Against H2, in the memory of this process. */
class H2JdbcTest extends JdbcContract {
  private static final String URL = "jdbc:h2:mem:jdbc";
  private static Connection keepAlive;

  @BeforeAll
  static void open() throws SQLException {
    keepAlive = DriverManager.getConnection(URL);
  }

  @AfterAll
  static void close() throws SQLException {
    keepAlive.close();
  }

  @Override
  String url() {
    return URL;
  }

  @Test
  void nanosecondsAreKept() throws Exception {
    execute("CREATE TABLE t (n TIMESTAMP(9), i TINYINT)");
    execute("INSERT INTO t VALUES (TIMESTAMP '2000-01-01 00:00:00.123456789', -128)");
    Rows rows = read(new JdbcSource(URL, "t"));
    assertEquals(946_684_800_123_456_789L, rows.get(0, "N"));
    assertEquals((byte) -128, rows.get(0, "I"));
  }

  @Test
  void aTimeThatIsTooFarAwayIsNamed() throws Exception {
    execute("CREATE TABLE t (k INTEGER, n TIMESTAMP(9))");
    execute("INSERT INTO t VALUES (1, NULL), (2, TIMESTAMP '3000-01-01 00:00:00')");
    Exception e =
        assertThrows(Exception.class, () -> read(new JdbcSource(URL, "t").withOrder("k")));
    assertEquals(
        "source, batch 0: t, row 2, column 'N': 3000-01-01 00:00:00 does not fit the column's type; cast it"
            + " in a query",
        e.getMessage());
  }

  @Test
  void aMissingDriverAndATypeWithoutAFormAreNamed() {
    Schema schema = new Schema(java.util.List.of(Types.listField("l", Types.INT64)));
    assertEquals(
        "cannot write column 'l' of type List to a database; drop or cast it before",
        assertThrows(IOException.class, () -> new JdbcSink(URL, "t").open(schema)).getMessage());
    assertEquals(
        "cannot connect to jdbc:no:db: No suitable driver found for jdbc:no:db?password=x",
        assertThrows(IOException.class, () -> new JdbcSource("jdbc:no:db?password=x", "t").open())
            .getMessage());
  }

  @Test
  void messagesShowNoPasswords() {
    assertEquals("jdbc:h2:mem:x", Database.shown("jdbc:h2:mem:x;USER=me;PASSWORD=p"));
    assertEquals(
        "jdbc:postgresql://host/db", Database.shown("jdbc:postgresql://host/db?password=p"));
    assertEquals("jdbc:mysql://host/db", Database.shown("jdbc:mysql://me:p@host/db"));
    assertEquals("jdbc:oracle:thin:host:db", Database.shown("jdbc:oracle:thin:me/p@host:db"));
  }
}
